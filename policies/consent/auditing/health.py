"""Whether the self-audit is as it should be: what `gpc.json` promises rests on it."""

from datetime import timedelta

from django.conf import settings

from common import clock

from ..models import SelfAudit

MAX_AGE = timedelta(days=35)


def newest_audit() -> SelfAudit | None:
    """The last one."""
    return SelfAudit.objects.order_by("-audited_at", "-pk").first()


def is_too_old(audit: SelfAudit) -> bool:
    """Whether it says nothing about today any more."""
    max_age = getattr(settings, "GPC_AUDIT_MAX_AGE", MAX_AGE)
    return audit.audited_at < clock.now() - max_age


def pages_were_audited() -> str:
    """The last self-audit passed, and not too long ago. Where none was ever made, nothing was promised either:
    `gpc.json` says no until the first."""
    audit = newest_audit()
    if audit is None:
        return ""
    if not audit.passed:
        return (
            f"The self-audit of {audit.audited_at:%Y-%m-%d} found {len(audit.findings)} things: see Audit in the admin."
        )
    if is_too_old(audit):
        return f"The last self-audit is of {audit.audited_at:%Y-%m-%d}: run consent_audit again."
    return ""
