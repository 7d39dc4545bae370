"""A visitor's answer, given as visitors give it: by clicks on the real form."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from ..remembering import SHOWN_IN, read
from .tab import Tab

if TYPE_CHECKING:
    from playwright.sync_api import Locator

SAVED_WITHIN = 30_000
"""Milliseconds; a machine that is busy is slow, and without the answer nothing can be said."""
FORM = "form#choices"
ALL, NONE = "button[name=all][value=yes]", "button[name=all][value=no]"
SAVE = "button[type=submit]:not([name])"


class CannotChoose(RuntimeError):
    """The form did not do what a visitor wants of it, so nothing can be said of the state."""


def answer(tab: Tab, *, asked: Collection[str]) -> None:
    """Bring a tab into its state. What was seen on the way there is not the state's. Raises CannotChoose."""
    state = tab.state
    _click(tab, asked, state.granted)
    said = _said(tab)
    # Where the signal speaks against it, the form need not take the yes.
    if not said or (said["yes"] != state.granted and not state.signal):
        raise CannotChoose(_("The choices of the state %(state)s could not be saved.") % {"state": state.name})
    tab.becomes(state)


def withdraw(tab: Tab) -> None:
    """Take everything back, so that nobody is left behind who agreed. Raises CannotChoose."""
    _click(tab, (), frozenset())
    said = _said(tab)
    if not said or said["yes"]:
        raise CannotChoose(_("A consent could not be taken back."))


def _click(tab: Tab, asked: Collection[str], granted: frozenset[str]) -> None:
    from playwright.sync_api import Error

    path = reverse("choices:choices")
    tab.open(path)
    tab.settle(0)
    form = tab.page.locator(FORM).first
    try:
        with tab.page.expect_response(lambda answer: answer.request.method == "POST", timeout=SAVED_WITHIN):
            _fill_in(form, asked, granted)
    except Error as trouble:
        raise CannotChoose(
            _("The form of choices at %(url)s is not there, or does not answer.") % {"url": tab.site + path}
        ) from trouble
    tab.settle(100)


def _fill_in(form: "Locator", asked: Collection[str], granted: frozenset[str]) -> None:
    if not granted:
        return form.locator(NONE).first.click(timeout=SAVED_WITHIN)
    if granted == frozenset(asked):
        return form.locator(ALL).first.click(timeout=SAVED_WITHIN)
    for code in asked:
        value = "yes" if code in granted else "no"
        form.locator(f'input[name="choice-{code}"][value={value}]').check(force=True, timeout=SAVED_WITHIN)
    return form.locator(SAVE).first.click(timeout=SAVED_WITHIN)


def _said(tab: Tab) -> dict[str, frozenset[str]]:
    """What the readable cookie says was chosen."""
    values = [cookie["value"] for cookie in tab.context.cookies() if cookie["name"] == SHOWN_IN]
    if not values:
        return {}
    answers = read(values[0]).answers
    return {"yes": frozenset(code for code, answer in answers.items() if answer.granted)}
