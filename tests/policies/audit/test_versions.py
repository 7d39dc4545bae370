"""The auditor reads versions."""

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import factories, people
from tests.editing import announce


def test_the_auditor_sees_versions_with_their_hashes_and_people(auditor, second, first):
    answer = auditor.get(reverse("audit:versions"))
    assert first.sha256 in answer.text
    assert second.sha256 in answer.text
    assert "Written: editor" in answer.text
    assert "Not in force yet" in answer.text


def test_a_link_leads_to_what_the_public_reads(auditor, second):
    answer = auditor.get(reverse("audit:versions"))
    assert f'href="/privacy/versions/{second.permalink}/"' in answer.text


def test_who_left_is_remembered_by_number(auditor, second):
    number = User.objects.get(username="editor").pk
    User.objects.filter(pk=number).delete()
    assert f"former staff #{number}" in auditor.get(reverse("audit:versions")).text
    assert f"former staff #{number}" in auditor.get(reverse("audit:version", args=[second.pk])).text


def test_what_nobody_decided_is_said(auditor, page):
    factories.publish(page, sections=factories.faster_reply())
    assert (
        "filled in: kind of change, what makes it material, summary en" in auditor.get(reverse("audit:versions")).text
    )


def test_one_document_or_one_kind_of_change_can_be_picked(auditor, second, first, many):
    many(1)
    of_one = auditor.get(reverse("audit:versions"), {"work": second.work.pk})
    assert [row.version for row in of_one.context["object_list"]] == [second, first]
    editorial = auditor.get(reverse("audit:versions"), {"change_class": "editorial"})
    assert not editorial.context["object_list"]


def _queries(client, url):
    client.get(url)  # what is cached for good should not count
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_thirty_versions_cost_as_many_queries_as_three(auditor, many):
    many(3)
    few = _queries(auditor, reverse("audit:versions"))
    many(30)
    assert _queries(auditor, reverse("audit:versions")) == few
    assert len(auditor.get(reverse("audit:versions")).context["object_list"]) == 30


def test_approval_is_told_with_its_moment(auditor, page):
    people.reviewer()
    page.sections = factories.faster_reply()
    revision = page.save_revision(user=people.editor())
    state = page.get_workflow().start(page, people.editor())
    state.current_task_state.approve(user=people.reviewer())
    announce(people.signed_in(people.reviewer()), page)
    version = factories.newest(page)
    deeds = auditor.get(reverse("audit:version", args=[version.pk])).context["row"].deeds
    assert deeds.written.by == "editor"
    assert deeds.written.at == revision.created_at
    assert deeds.approved.by == "reviewer"
    assert deeds.approved.at <= version.announced_at


@pytest.mark.parametrize("user", ["reviewer", "officer"])
def test_reviewers_and_officers_may_read_versions_but_not_the_ledger(user, second):
    client = people.signed_in(getattr(people, user)())
    assert client.get(reverse("audit:versions")).status_code == 200
    assert client.get(reverse("audit:ledger")).status_code == 302
