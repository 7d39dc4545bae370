from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """From an announced version, or an act on one, to everybody whom it concerns."""

    name = "policies.notices"
    label = "notices"

    def ready(self) -> None:
        from common.health import register_check
        from policies.outbox.rounds import register_round
        from policies.versions.acting.foreseen import register_foresight
        from policies.versions.signals import version_acted, version_announced

        from .actions import close_notices, send_out_notices
        from .foreseeing import foresee
        from .health import notices_are_finished
        from .receivers import on_version_acted, on_version_announced
        from .webhooks.signals import connect

        version_announced.connect(on_version_announced)
        version_acted.connect(on_version_acted)
        register_round(send_out_notices)
        register_round(close_notices)
        register_foresight(foresee)
        register_check("notices", notices_are_finished)
        connect()
