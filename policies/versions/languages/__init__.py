"""Translations: which text each of them translates, and what readers and translators see where one is old or missing."""

from .answering import version_translated
from .carrying import carried_translations
from .mixed import Mixed, in_languages, mixed_view
from .ready import ready_translations
from .translated import is_translation

__all__ = [
    "Mixed",
    "carried_translations",
    "in_languages",
    "is_translation",
    "mixed_view",
    "ready_translations",
    "version_translated",
]
