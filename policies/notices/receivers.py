from typing import Any

from policies.versions.models import Version, Work
from policies.versions.states import Approval, ChangeClass

from .models import Notice


def on_version_announced(sender: Any, version: Version, **kwargs: Any) -> None:
    """Every announced change of a policy that is more than editorial has a notice, made in the same transaction.

    A first version changes nothing for anybody, and an imported one was announced elsewhere.
    """
    is_change = version.work.kind == Work.Kind.POLICY and version.number > 1 and version.approval != Approval.IMPORT
    if is_change and version.change_class != ChangeClass.EDITORIAL:
        Notice.objects.create(version=version)
