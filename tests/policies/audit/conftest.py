from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from common import clock
from common.canonical import sha256
from policies.versions.models import Version, VersionText, Work
from tests import factories, people


@pytest.fixture
def auditor(db):
    """The auditor, signed in."""
    return people.signed_in(people.auditor())


@pytest.fixture
def editor(db):
    """An editor, signed in, who has no business here."""
    return people.signed_in(people.editor())


@pytest.fixture
def page(db):
    """A privacy policy whose first version is in force."""
    return factories.policy()


@pytest.fixture
def second(page):
    """Its second version, announced: written by the editor, published by the reviewer."""
    page.sections = factories.faster_reply()
    for name, value in factories.material().items():
        setattr(page, name, value)
    page.save_revision(user=people.editor()).publish(user=people.reviewer())
    return factories.newest(page)


@pytest.fixture
def first(second):
    return Version.objects.get(work=second.work, number=1)


@pytest.fixture
def many(db):
    """Sees to it that a document has so many versions, each written by somebody else."""
    work = Work.objects.create(key=uuid4(), kind="policy", slug="many", source_language="en")

    def _many(count):
        for number in range(work.versions.count() + 1, count + 1):
            _version(work, number)
        return work

    return _many


def _version(work, number):
    moment = clock.now() - timedelta(days=100 - number)
    who = people.person(f"writer{number}")
    content = {"title": "Many", "sections": []}
    version = Version.objects.create(
        work=work,
        number=number,
        permalink=clock.day_of(moment).isoformat(),
        change_class="material",
        announced_at=moment,
        effective_at=moment,
        approval="direct",
        written_by=who,
        published_by=who,
        sha256=sha256({"en": sha256(content)}),
    )
    VersionText.objects.create(
        version=version, language="en", title="Many", content=content, html={}, sha256=sha256(content)
    )


@pytest.fixture
def version_page(auditor):
    """What the auditor sees of a version."""

    def _version_page(version):
        return auditor.get(reverse("audit:version", args=[version.pk]))

    return _version_page
