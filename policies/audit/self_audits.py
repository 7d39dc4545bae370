"""What a self-audit found, for people."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from policies.consent.auditing.health import is_too_old
from policies.consent.auditing.words import because_words, finding_words, kind_words, pages_words, state_words
from policies.consent.models import SelfAudit


@dataclass(frozen=True, slots=True)
class AuditRow:
    """A self-audit with everything in words."""

    audit: SelfAudit

    @property
    def label(self) -> str:
        """Passed, or not."""
        return _("Passed") if self.audit.passed else _("Something was there that should not have been")

    @property
    def is_too_old(self) -> bool:
        """Whether it counts for today no more."""
        return is_too_old(self.audit)

    @property
    def number_of_states(self) -> int:
        return len(self.audit.states)

    @property
    def number_of_findings(self) -> int:
        return len(self.audit.findings)

    @property
    def states(self) -> list[str]:
        """What its visitors did."""
        return [state_words(name) for name in self.audit.states]

    @property
    def states_in_words(self) -> str:
        return "; ".join(self.states)

    @property
    def findings_in_words(self) -> str:
        return "\n".join(finding_words(finding) for finding in self.audit.findings)

    @property
    def findings(self) -> Iterator[dict[str, Any]]:
        """Each with the address of the page where it was."""
        for finding in self.audit.findings:
            yield {
                "state": state_words(finding["state"]),
                "kind": kind_words(finding["kind"]),
                "name": finding["name"],
                "because": because_words(finding),
                "pages": pages_words(finding),
                "url": settings.SITE_URL + finding["page"],
            }
