from django.apps import AppConfig


class OutboxConfig(AppConfig):
    """Letters waiting; the only code that talks to the mail server."""

    name = "policies.outbox"
    label = "outbox"

    def ready(self) -> None:
        from common.health import register_check

        from . import checks  # noqa: F401  importing registers them
        from .health import letters_leave

        register_check("letters", letters_leave)
