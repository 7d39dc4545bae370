"""Addresses of this app that stand in letters."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override


def choices_link(*, language: str) -> str:
    """The page where consent is given and taken back, absolute."""
    with override(language):
        return settings.SITE_URL + reverse("choices:choices")
