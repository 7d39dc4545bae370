"""Which law a heading names. Only wording that leaves no doubt counts: a wrong regime hides a section from people."""

import re

REGIMES = {
    "ccpa": re.compile(r"\b(california|californian|ccpa|cpra)\b", re.IGNORECASE),
    "gdpr": re.compile(r"\b(european|europe|(?<!uk )gdpr|eea|eu)\b", re.IGNORECASE),
    "uk-gdpr": re.compile(r"\b(uk gdpr|united kingdom|uk)\b", re.IGNORECASE),
}

CONCERNS_EVERYBODY = re.compile(r"\b(transfers?|transferred|outside|cross-border)\b", re.IGNORECASE)
""""Transfers outside the EEA" names a place data goes to, not the people the section is for."""


def regimes_of(heading: str) -> list[str]:
    if CONCERNS_EVERYBODY.search(heading):
        return []
    return [regime for regime, wording in REGIMES.items() if wording.search(heading)]
