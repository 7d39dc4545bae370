"""Who may enter, and that nothing can be changed there."""

import pytest
from django.urls import reverse

from policies.audit.urls import urlpatterns

LISTS = [pattern.name for pattern in urlpatterns if pattern.name not in ("version", "compare", "self_audit")]


def _addresses(version):
    lists = [reverse(f"audit:{name}") for name in LISTS]
    exports = [f"{address}?export={form}" for address in lists for form in ("csv", "xlsx")]
    one = [reverse("audit:version", args=[version.pk]), reverse("audit:compare", args=[version.work.pk])]
    return [*lists, *exports, *one]


def test_the_auditor_may_read_everything(auditor, second):
    assert {auditor.get(address).status_code for address in _addresses(second)} == {200}


def test_an_editor_is_refused_everywhere(editor, second):
    for address in _addresses(second):
        answer = editor.get(address)
        assert (answer.status_code, answer.headers["Location"]) == (302, reverse("wagtailadmin_home"))


def test_a_visitor_is_asked_to_sign_in(client, second):
    for address in _addresses(second):
        assert client.get(address).headers["Location"].startswith("/admin/login/")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_sent(auditor, second, method):
    assert {getattr(auditor, method)(address).status_code for address in _addresses(second)} == {405}


def test_the_menu_is_shown_to_the_auditor_alone(auditor, editor):
    address = reverse("audit:ledger")
    assert address in auditor.get(reverse("wagtailadmin_home")).text
    assert address not in editor.get(reverse("wagtailadmin_home")).text
