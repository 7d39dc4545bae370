"""What other parts ask: the answer is in the cookie, without a look at the database."""

from django.test import RequestFactory

from policies.consent.remembering import choices_of, may


def _request_of(visitor):
    request = RequestFactory().get("/")
    request.COOKIES = {name: morsel.value for name, morsel in visitor.browser.cookies.items()}
    return request


def test_silence_is_no_yes(sara, django_assert_num_queries):
    request = _request_of(sara)
    with django_assert_num_queries(0):
        assert choices_of(request) == {"performance": None, "functional": None, "targeting": None}
        assert not may(request, "performance")


def test_only_what_was_granted_is_allowed(sara, django_assert_num_queries):
    sara.answers(performance="yes", targeting="no")
    request = _request_of(sara)
    with django_assert_num_queries(0):
        assert choices_of(request) == {"performance": True, "functional": None, "targeting": False}
        assert may(request, "performance")
        assert not may(request, "targeting")


def test_what_was_withdrawn_is_not_allowed(sara):
    sara.answers(all="yes")
    sara.answers(all="no")
    assert not may(_request_of(sara), "targeting")


def test_the_essential_is_always_allowed_and_the_unknown_never(sara):
    sara.answers(all="yes")
    assert may(_request_of(sara), "essential")
    assert not may(_request_of(sara), "mining")


def test_the_browsers_own_signal_outweighs_a_yes_and_is_shown(sara):
    sara.answers(targeting="yes", performance="yes")
    request = _request_of(sara)
    request.META["HTTP_SEC_GPC"] = "1"
    assert not may(request, "targeting")
    assert may(request, "performance")
    page = sara.browser.get("/choices/", headers={"Sec-GPC": "1"}).content.decode()
    assert "Your browser sends Global Privacy Control." in page
    assert "Global Privacy Control" not in sara.browser.get("/choices/", headers={"Sec-GPC": "0"}).content.decode()
