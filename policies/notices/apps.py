from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """From an announced version to everybody whom it concerns."""

    name = "policies.notices"
    label = "notices"

    def ready(self) -> None:
        from policies.outbox.rounds import register_round
        from policies.versions.signals import version_announced

        from .actions import close_notices, send_out_notices
        from .receivers import on_version_announced

        version_announced.connect(on_version_announced)
        register_round(send_out_notices)
        register_round(close_notices)
