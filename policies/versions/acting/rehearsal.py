"""An act, carried out and undone: what is shown is what would be, by the code that would do it."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from common import clock

from ..models.versions import Version
from ..modes import rehearsing
from .deeds import Deed
from .foreseen import foreseen
from .forms import WordsForm

FOR_EXAMPLE = timedelta(days=30)
"""How much later a version is in the preview, before a day is chosen."""


def rehearse(deed: Deed, version: Version, form: WordsForm, *, by: Any) -> Any:
    """Who would be told, and what they would see; see `foreseen` for its shape."""
    with rehearsing():
        return foreseen(deed.act(version, form, by))


def example_of(deed: Deed, version: Version) -> WordsForm:
    """A filled-in form for the first look, before anybody has written a word."""
    values = {f"words_{code}": _place_for_words(code) for code, _name in settings.LANGUAGES}
    later = max(version.effective_on, clock.today()) + FOR_EXAMPLE
    form = deed.form({**values, "until": later.isoformat(), "anchor": ""}, version=version)
    form.is_valid()
    return form


def _place_for_words(code: str) -> str:
    with override(code):
        return _("[ Your words stand here. ]")
