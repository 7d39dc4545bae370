from typing import Any

from policies.versions.models import Act, Version, Work
from policies.versions.rules import tells_people
from policies.versions.states import ActKind

from .actions import stop_telling
from .models import Notice, NoticeKind


def on_version_announced(sender: Any, version: Version, **kwargs: Any) -> None:
    """Every announcement that tells people has a notice, made in the same transaction.

    A postponement is one notice: that of the cancellation, if nobody has been told of it, gives way to it.
    """
    if version.replaces:
        Notice.objects.filter(version=version.replaces, kind=NoticeKind.CANCELLED, mailing=None).delete()
    if tells_people(version):
        kind = NoticeKind.POSTPONED if version.replaces else NoticeKind.ANNOUNCED
        Notice.objects.create(version=version, kind=kind)


def on_version_acted(sender: Any, act: Act, **kwargs: Any) -> None:
    """Every act on a policy has a notice of its own; what is cancelled is told to nobody else."""
    if act.version.work.kind != Work.Kind.POLICY:
        return
    if act.kind == ActKind.CANCELLED:
        stop_telling(act.version)
    Notice.objects.create(version=act.version, act=act, kind=NoticeKind(act.kind))
