from django.apps import AppConfig


class JurisdictionsConfig(AppConfig):
    """Laws and promises as dated data."""

    name = "policies.jurisdictions"
    label = "jurisdictions"

    def ready(self) -> None:
        from . import checks  # noqa: F401  registers the check
