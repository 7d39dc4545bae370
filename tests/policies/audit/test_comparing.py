"""Redlines between any two versions."""

import pytest
from django.urls import reverse

from policies.versions.models import VersionText
from tests import factories


@pytest.fixture
def compare(auditor, second):
    def _compare(older, newer, language="en"):
        address = reverse("audit:compare", args=[second.work.pk])
        return auditor.get(address, {"older": older, "newer": newer, "language": language})

    return _compare


def test_any_two_versions_are_compared(compare, page):
    factories.publish(page, sections=factories.faster_reply(24), **factories.material())
    answer = compare(1, 3)
    assert 'class="redline"' in answer.text
    assert "<ins" in answer.text
    figures = [(figure["old"], figure["new"]) for figure in answer.context["redline"]["figures"]]
    assert figures == [("72 hours", "24 hours")]


def test_backwards_too(compare):
    figures = compare(2, 1).context["redline"]["figures"]
    assert [(figure["old"], figure["new"]) for figure in figures] == [("48 hours", "72 hours")]


def test_a_version_says_the_same_as_itself(compare):
    assert "These two say the same." in compare(2, 2).text


def test_a_version_that_is_not_there_is_refused_beside_its_field(compare):
    answer = compare(1, 77, "xx")
    assert answer.status_code == 200
    assert set(answer.context["form"].errors) == {"newer", "language"}
    assert "redline" not in answer.context


def test_where_a_translation_is_missing_the_originals_are_compared(compare, second):
    text = second.texts.get()
    VersionText.objects.create(
        version=second, language="ur", title="u", content=text.content, html=text.html, sha256="u", added_late=True
    )
    answer = compare(1, 2, "ur")
    assert "not in the language asked for" in answer.text
    assert answer.context["new"].language == "en"


def test_the_form_offers_the_version_and_the_one_before_it(version_page, second, first):
    assert version_page(second).context["form"].initial == {"older": 1, "newer": 2, "language": "en"}
    assert version_page(first).context["form"].initial["older"] == 1
