from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """What matters, appended and never edited."""

    name = "policies.ledger"
    label = "ledger"

    def ready(self) -> None:
        from . import checks  # noqa: F401  importing registers it
