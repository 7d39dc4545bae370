"""What a privacy policy has to say and does not. Facts in the site's settings count, as the site shows them on every page."""

import re
from collections.abc import Iterator

from ..materiality import Topic
from .finding import Finding
from .text import Text

_CORE = frozenset({Topic.DATA, Topic.PURPOSES, Topic.SHARING, Topic.RETENTION, Topic.RIGHTS})
_ENOUGH = 2
"""So many of these topics make a text a privacy policy, whatever its title."""

_PRIVACY = re.compile(r"\bprivacy\b|\bdata protection\b|رازداری|پرائیویسی", re.IGNORECASE)

_SAYS = {
    "controller": r"\bcontroller\b|\bresponsible for (?:\w+ ){0,4}(?:data|information|processing)\b|\b(?:operated"
    r"|run|owned) by\b|data fiduciary"
    r"|کنٹرولر|(?:ڈیٹا|معلومات)[^۔]*(?:کا|کے|کی) ذمہ دار|زیر ?انتظام",
    "address": r"\b(?:postal|registered|mailing|business|office) address\b\W+(?!for|of your)\w|\bP\.? ?O\.? Box\b"
    r"|\bregistered office\b"
    r"|\b\d{1,5}[A-Za-z]?[,/ -]+(?:[A-Z][\w.'-]+ ){1,4}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Square|Boulevard|Drive"
    r"|Way|Block|Market|Bazaar)\b"
    r"|\b(?:Street|Road|Block|Sector|Phase|Plot|House|Office|Suite|Floor|Building|Plaza)\b[^.\n]{0,40}\b\d{4,6}\b"
    r"|\b(?:Plot|House|Office|Suite|Shop)(?: No\.?)? ?\d+[\w/-]*,? [A-Z]|ڈاک کا پتہ|دفتر کا پتہ|دفتر نمبر"
    r"|مکان نمبر|پلاٹ نمبر",
    "contact": r"[\w.+-]+@[\w-]+\.\w|\+?\d[\d ()/-]{6,}\d|\b(?:contact|request) form\b|رابطہ فارم",
    "basis": r"\b(?:legal|lawful) (?:bas[ie]s|grounds?)\b|\blegitimate interests?\b|\b(?:performance of"
    r"|necessary for) (?:a|the|our|your) contract\b"
    r"|\b(?:Article|Art\.?) 6\b|قانونی بنیاد|جائز مفاد|آرٹیکل 6",
    "complaint": r"\b(?:supervisory|data protection|privacy|regulatory|competent) (?:\w+ )?(?:authorit\w+"
    r"|regulators?|commission\w*|agenc\w+|office)\b"
    r"|\b(?:complain\w*|complaint)\b.*\b(?:authorit\w+|regulators?|commission\w*|ombudsman)\b"
    r"|(?:نگران|مجاز|ریگولیٹری|نگراں) (?:ادار|اتھارٹی)|اتھارٹی[^۔]*شکایت|ادار[ہے][^۔]*شکایت|شکایت[^۔]*(?:ادار|اتھارٹی)",
    "authority": r"\b(?:ICO|CNIL|AEPD|EDPB|CPPA|BfDI|NCCIA|DPC|Garante|Information Commissioner|Attorney General"
    r"|European Data Protection Board)\b"
    r"|\b(?:[A-Z][\w'-]+ (?:for |of |the )*){1,5}(?:Authority|Commission(?:er)?|Agency|Regulator|Ombudsman)\b"
    r"|\bCommissioner for [A-Z]"
    r"|\bDatenschutzbeauftragte|اٹارنی جنرل|انفارمیشن کمشنر",
    "retention": r"\b(?:retention|retain\w*|how long|(?:kept|stored|keep|store)\b.*\b(?:for|until|as long as))\b"
    r"|مدت|عرص[ہے]|تک رکھ",
    "consent": r"\b(?:your|with|explicit|give|ask for) (?:\w+ )?consent\b|آپ کی (?:\w+ )?رضامندی|رضامندی سے",
    "withdrawal": r"\b(?:withdraw\w*|revok\w*|tak(?:e|ing) (?:\w+ ){0,4}back|unsubscrib\w*|opt(?:ing)?[ -]out)\b"
    r"|واپس لے|منسوخ|ان سبسکرائب",
    "california": r"\b(?:California\w*|CCPA|CPRA)\b|کیلیفورنیا",
    "signal": r"\bGlobal Privacy Control\b|\bGPC\b|\bopt-out (?:preference )?signals?\b",
    "date": r"\b(?:19|20)\d\d\b",
}
_CASE_MATTERS = frozenset({"address", "authority", "signal"})
_SAID = {
    name: re.compile(pattern, re.NOFLAG if name in _CASE_MATTERS else re.IGNORECASE) for name, pattern in _SAYS.items()
}


def look(text: Text) -> Iterator[Finding]:
    if is_privacy_policy(text):
        yield from map(text.found, _missing(text))


def is_privacy_policy(text: Text) -> bool:
    """Terms of sale and a list of cookies need not say all this."""
    return bool(_PRIVACY.search(text.document["title"])) or len(text.topics & _CORE) >= _ENOUGH


def _missing(text: Text) -> Iterator[str]:
    known = _settings(text)
    says = known | {name for name in _SAID.keys() - known if _SAID[name].search(text.wording)}
    if "controller" not in says:
        yield "no-controller"
    if "address" not in says:
        yield "no-postal-address"
    if "contact" not in says:
        yield "no-contact"
    if "basis" not in says:
        yield "no-legal-basis"
    if "complaint" not in says and not _SAID["authority"].search(text.wording):
        yield "no-complaint"
    elif "authority" not in says:
        yield "no-authority"
    yield from _left_unsaid(text, says)


def _left_unsaid(text: Text, says: set[str]) -> Iterator[str]:
    if "retention" not in says:
        yield "no-retention"
    if "consent" in says and "withdrawal" not in says:
        yield "no-withdrawal"
    if "california" in says and "signal" not in says:
        yield "no-gpc"
    if not says & {"controller", "date"} and text.effective_on is None:
        yield "no-date"


def _settings(text: Text) -> set[str]:
    known = text.controller
    if known is None:
        return set()
    facts = {
        "controller": known.name,
        "address": known.address,
        "contact": known.email or known.phone,
        "authority": known.authority,
    }
    return {name for name, value in facts.items() if value.strip()}
