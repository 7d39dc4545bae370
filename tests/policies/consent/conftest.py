from datetime import timedelta
from uuid import uuid4

import pytest

from common import clock
from policies.versions.models import Version, Work
from tests.policies.consent.visitors import Visitor


@pytest.fixture
def policy(db):
    return Work.objects.create(key=uuid4(), kind="policy", slug="privacy", source_language="en")


@pytest.fixture
def announce(policy):
    """Makes a version of the privacy policy that takes effect so many days from now."""

    def _announce(number, *, days=0, renews=()):
        moment = clock.now() + timedelta(days=days)
        return Version.objects.create(
            work=policy,
            number=number,
            permalink=clock.day_of(moment).isoformat() + (f"-{number}" if number > 1 else ""),
            change_class="material",
            renews=list(renews),
            announced_at=moment,
            effective_at=moment,
            approval="direct",
            sha256=f"{number:064x}",
        )

    return _announce


@pytest.fixture
def version(announce):
    return announce(1, days=-1)


@pytest.fixture
def sara(version):
    return Visitor()
