"""The site's addresses, and the same policy as Wagtail itself would serve it."""

from django.http import HttpRequest
from django.template import engines
from django.template.response import TemplateResponse
from django.urls import path
from wagtail.models import Site

from config.urls import urlpatterns as site_urlpatterns

PLAIN = """{% extends "base.html" %}{% load wagtailcore_tags %}{% block content %}<h1>{{ page.title }}</h1>
{{ page.introduction|richtext }}{% for section in page.sections %}<section id="{{ section.id }}">
<h2>{{ section.value.heading }}</h2>
{% for block in section.value.body %}{% include_block block %}{% endfor %}</section>{% endfor %}{% endblock %}"""


def plain(request: HttpRequest, slug: str) -> TemplateResponse:
    """Routed, loaded and rendered from the page row."""
    root = Site.find_for_request(request).root_page.localized.specific
    page = root.route(request, [slug]).page
    return TemplateResponse(request, engines["django"].from_string(PLAIN), page.get_context(request))


urlpatterns = [path("plain/<slug:slug>/", plain), *site_urlpatterns]
