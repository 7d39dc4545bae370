from typing import Any

from policies.versions.models import Version
from policies.versions.states import Approval, ChangeClass

from .models import Notice


def on_version_announced(sender: Any, version: Version, **kwargs: Any) -> None:
    """Every announced change of a policy that is more than editorial has a notice, made in the same transaction.

    A first version changes nothing for anybody, and an imported one was announced elsewhere.
    """
    is_policy = version.work.kind == version.work.Kind.POLICY
    if is_policy and version.number > 1 and version.approval != Approval.IMPORT:
        if version.change_class != ChangeClass.EDITORIAL:
            Notice.objects.create(version=version)
