from datetime import timedelta
from uuid import uuid4

import pytest

from common import clock
from policies.versions.models import Version, Work


@pytest.fixture
def policy_in_force(db):
    """A privacy policy that is asked about."""
    moment = clock.now() - timedelta(days=1)
    return Version.objects.create(
        work=Work.objects.create(key=uuid4(), kind="policy", slug="privacy", source_language="en"),
        number=1,
        permalink=clock.day_of(moment).isoformat(),
        change_class="material",
        announced_at=moment,
        effective_at=moment,
        approval="direct",
        sha256="1" * 64,
    )
