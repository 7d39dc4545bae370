"""Whether what people choose is on record."""

from common.health import register_check

from .waiting import choices_are_recorded


def register_checks() -> None:
    """From `AppConfig.ready`."""
    register_check("choices", choices_are_recorded)
