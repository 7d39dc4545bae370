"""Facts are recorded in the transaction that announces the version which has them."""

from typing import Any

from policies.versions.models import Version, Work

from .actions import record_facts


def on_version_announced(sender: Any, version: Version, **kwargs: Any) -> None:
    """Policies have no facts."""
    if version.work.kind == Work.Kind.PRODUCT:
        record_facts(version=version)
