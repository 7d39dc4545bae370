"""What a file says about its text beside the text itself: who published it, where it stands, since when."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from policies.controller.models import Controller

from ..addresses import version_url
from ..models.versions import VersionText


@dataclass(frozen=True, slots=True)
class Imprint:
    """Plain facts, so that a file is made without asking the database; `address` is permanent and ends with a slash."""

    address: str
    publisher: str = ""
    contact: tuple[str, ...] = ()

    @property
    def json_address(self) -> str:
        """Where the data lies whose SHA-256 is the fingerprint."""
        return f"{self.address.rstrip('/')}.json"


def imprint_of(text: VersionText) -> Imprint:
    """The address of a text, and the controller as named today."""
    address = version_url(text.version, language=text.language)
    controller = Controller.objects.order_by("-site__is_default_site", "pk").first()
    if controller is None:
        return Imprint(address=address)
    postal = " ".join(controller.address.split())
    contact = tuple(filter(None, [postal, controller.email, controller.phone]))
    return Imprint(address=address, publisher=controller.name, contact=contact)


def facts(text: VersionText) -> list[tuple[str, str]]:
    """Names and values of what never changes about a text, in the active language."""
    version = text.version
    found = [
        (_("Version"), version.permalink),
        (_("Announced"), _day(version.announced_at)),
        (_("Effective date"), _day(version.effective_at)),
        (_("Language"), get_language_info(text.language)["name_local"]),
    ]
    return [*found, (_("Translation of"), _day(text.added_at))] if text.added_late else found


def is_right_to_left(text: VersionText) -> bool:
    return bool(get_language_info(text.language)["bidi"])


def _day(moment: datetime) -> str:
    return date_format(localtime(moment), "DATE_FORMAT")
