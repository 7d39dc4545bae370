from django.apps import AppConfig


class OutboxConfig(AppConfig):
    """Letters waiting; the only code that talks to the mail server."""

    name = "policies.outbox"
    label = "outbox"

    def ready(self) -> None:
        from . import checks  # noqa: F401  importing registers them
