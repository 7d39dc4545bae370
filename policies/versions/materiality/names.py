"""Names of companies and addresses of websites in a sentence, by their shape."""

import re

from .letters import straight

_SUFFIX = r"(?:Ltd|Limited|Inc|LLC|LLP|GmbH|AG|SA|SARL|BV|Oy|AB|PLC|Corp|Co|Pvt|Pte|KG|SE)\b\.?"
_WORD = r"[A-ZÀ-Þ][\w&'’-]*"
_RUN = re.compile(rf"\b{_WORD}(?:[ ](?:(?:of|and|&|\(Pvt\.?\))[ ])?(?:{_WORD}|{_SUFFIX}))*")
_DOMAIN = re.compile(r"\b(?:[a-z0-9-]+\.)+(?:com|org|net|io|pk|eu|uk|de|fr|us|app|dev|ai|co)\b", re.IGNORECASE)
_COMPANY = re.compile(rf"(?:^|[\s)]){_SUFFIX}$")
_SHAPED_LIKE_A_NAME = re.compile(r"^(?:[A-Z0-9&]{2,}|\w*[a-z][A-Z]\w*|[A-Z]\w*\d\w*)$")
_OPENS = re.compile(r"(?:^|[:|(.\"]\s*|[-–—]\s+)$")
_NOT_OWN = """
i we you our your the this that these if in on at by for from with when as a an and or but no not it they all some to of
january february march april may june july august september october november december
monday tuesday wednesday thursday friday saturday sunday privacy policy cookie cookies notice choices terms article section
gdpr ccpa cpra lgpd pdpa ico uk eu eea us usa ip url faq https http ssl tls pci dss pdf html sms gps mr mrs ms dr e-mail email
english urdu european europe union california global control gpc data protection id ids ok
"""
_NO_NAMES = frozenset(_NOT_OWN.split())


def names_in(text: str) -> list[str]:
    """Capitalised runs that do not merely open a sentence, companies by their suffix, and domains."""
    wording = straight(text)
    found = [match[0] for match in _DOMAIN.finditer(wording)]
    for run in _RUN.finditer(wording):
        name = _without_common(run[0], opens=bool(_OPENS.search(wording[: run.start()])))
        if name:
            found.append(name)
    return list(dict.fromkeys(found))


def _without_common(run: str, *, opens: bool) -> str:
    """The run without the words that are no names; the first word of a sentence has its capital for free."""
    words = run.split()
    if opens and not _COMPANY.search(run) and words and not _SHAPED_LIKE_A_NAME.match(words[0]):
        second = words[1:] and words[1][:1].isupper() and words[1].casefold() not in _NO_NAMES
        words = words if second else words[1:]
    while words and words[0].casefold() in _NO_NAMES:
        words = words[1:]
    while words and (words[-1].casefold() in _NO_NAMES or words[-1] in ("and", "of", "&")):
        words = words[:-1]
    return " ".join(words).rstrip(".,'")
