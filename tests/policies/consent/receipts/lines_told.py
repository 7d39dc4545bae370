"""Lines of every kind that a receipt can be of, made as people make them."""

from datetime import date, timedelta

import time_machine
from wagtail.models import Site

from common import clock
from policies.consent.actions import Act, expire_choices, record_choices
from policies.consent.knowing import known
from policies.consent.rules import Remembered
from policies.consent.wordings import wording_in_force
from policies.controller.models import Controller
from policies.ledger.actions import append
from policies.ledger.models import Entry, Kind, Method
from tests.factories import home
from tests.policies.consent.visitors import Visitor

KINDS = [
    "given",
    "given and refused",
    "refused by nobody known",
    "withdrawn",
    "renewed",
    "expired",
    "opt-out",
    "bare opt-out",
    "first release",
    "imported",
]


def line(kind, announce):
    """The newest line after somebody did something of this kind."""
    sara = Visitor()
    if kind == "given":
        sara.answers(all="yes")
    elif kind == "given and refused":
        sara.answers(performance="yes", targeting="no")
    elif kind == "refused by nobody known":
        sara.answers(all="no")
    elif kind == "withdrawn":
        sara.answers(all="yes").answers(all="no")
    elif kind == "renewed":
        sara.answers(performance="yes")
        announce(2)
        sara.answers(performance="yes")
    elif kind == "expired":
        sara.answers(all="yes")
        with time_machine.travel(clock.now() + timedelta(days=200)):
            expire_choices()
    else:
        _other(kind)
    return Entry.objects.order_by("-pk").first()


def _other(kind):
    wording = wording_in_force(language="en")
    if kind == "opt-out":
        choices = dict.fromkeys(known("en").asked, False)
        record_choices(remembered=Remembered(), act=Act(choices, wording, Method.FORM, kind=Kind.OPTED_OUT))
    elif kind == "bare opt-out":
        append(kind=Kind.OPTED_OUT, facts={"method": "form"})
    elif kind == "first release":
        facts = {"category": "targeting", "version": wording.content["version"], "wording": wording.sha256}
        append(kind=Kind.CONSENT_GIVEN, facts=facts | {"language": "en", "method": "form"})
    else:
        until = date(2027, 1, 31).isoformat()
        append(kind=Kind.CHOICES_IMPORTED, facts={"given": {"performance": until}, "method": "signed_import"})


def controller(**fields):
    """Who is responsible."""
    told = {
        "name": "Buy Inverter",
        "address": "12 Mall Road\nLahore",
        "email": "privacy@buyinverter.example",
        "authority": "Ministry of Information Technology",
        "authority_url": "https://authority.example/complain",
    }
    home()
    return Controller.objects.create(site=Site.objects.get(is_default_site=True), **told | fields)
