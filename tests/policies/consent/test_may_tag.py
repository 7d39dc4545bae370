"""May I? In a template."""

from django.template import Context, Template
from django.test import RequestFactory

TEMPLATE = Template(
    '{% load may %}{% may "performance" as allowed %}{% if allowed %}yes{% else %}no{% endif %}: {{ allowed.because }}'
)


def shown(visitor=None):
    request = RequestFactory().get("/")
    if visitor:
        request.COOKIES = {name: morsel.value for name, morsel in visitor.browser.cookies.items()}
    return TEMPLATE.render(Context({"request": request}))


def test_a_page_for_one_visitor_asks_before_it_shows(sara):
    assert shown(sara) == "no: undecided"
    sara.answers(performance="yes")
    assert shown(sara) == "yes: given"


def test_without_a_request_nobody_has_agreed(db):
    assert TEMPLATE.render(Context({})) == "no: undecided"
