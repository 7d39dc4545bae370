"""The auditor reads letters; nobody writes them."""

import pytest
from django.urls import reverse

from policies.outbox.models import Letter
from tests.factories import root
from tests.people import auditor, editor, person, signed_in
from tests.policies.outbox.writing import letter_to

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter():
    root()
    return letter_to("sara@example.org")


def superuser():
    boss = person("boss")
    boss.is_superuser = True
    boss.save()
    return boss


def test_the_auditor_sees_letters_with_masked_addresses(letter):
    page = signed_in(auditor()).get(reverse("letters:index")).content.decode()
    assert "s…@example.org" in page
    assert "sara@example.org" not in page


def test_the_auditor_sees_what_became_of_a_letter(letter):
    Letter.objects.update(answer="450 4.2.0 busy")
    page = signed_in(auditor()).get(reverse("letters:inspect", args=[letter.pk])).content.decode()
    assert "450 4.2.0 busy" in page
    assert "sara@example.org" not in page


def test_an_editor_sees_none(letter):
    assert signed_in(editor()).get(reverse("letters:index")).status_code == 302


@pytest.mark.parametrize("name", ["add", "edit", "delete"])
def test_not_even_a_superuser_writes_or_deletes(letter, name):
    url = reverse(f"letters:{name}", args=[] if name == "add" else [letter.pk])
    browser = signed_in(superuser())
    assert browser.get(url).status_code == 302
    browser.post(url, {"state": "sent"})
    assert Letter.objects.get().state == "queued"


def test_a_superuser_is_offered_no_buttons_that_would_be_refused(letter):
    page = signed_in(superuser()).get(reverse("letters:index")).content.decode()
    assert "/letters/inspect/" in page
    assert "/letters/new/" not in page
    assert "/letters/edit/" not in page
