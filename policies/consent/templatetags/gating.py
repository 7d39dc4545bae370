"""What waits for consent, and what the browser needs to know about it, in pages."""

import logging
from typing import Any

from django import template
from django.conf import settings
from django.db import DatabaseError
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join, json_script
from django.utils.safestring import SafeString, mark_safe

from ..deciding import current_language
from ..gating import TAGS, declare, everywhere, facts, waiting
from ..knowing import Known, known
from ..models import Wording
from ..wordings import wording_in_force

logger = logging.getLogger(__name__)
register = template.Library()


@register.simple_tag(takes_context=True)
def what_waits(context: dict[str, Any]) -> SafeString:
    """The facts about consent, the script that reads them, and on pages of the site the services that are everywhere.

    Pages about one person, such as choices, receipts and letters' links, load nothing of others: their addresses are secrets.
    """
    try:
        now = known(current_language())
    except DatabaseError:
        # A page that says so must not fail for the same reason.
        logger.exception("What waits for consent cannot be told")
        return mark_safe("")
    script = format_html('<script src="{}" type="module"></script>', static("js/consent.js"))
    return script + json_script(facts(now), "consent-facts") + _everywhere(context, now)


def _everywhere(context: dict[str, Any], now: Known) -> SafeString:
    services = everywhere(now) if "page" in context else []
    if services:
        declare(context.get("request"))
    return format_html_join(
        "\n",
        '<script type="text/plain" data-consent="{}" data-service="{}" data-form="{}" data-src="{}"{}></script>',
        (
            (
                service.purpose,
                service.code,
                TAGS[service.form],
                service.address,
                format_html(' data-integrity="{}"', service.integrity) if service.integrity else "",
            )
            for service in services
        ),
    )


@register.inclusion_tag("choices/service.html", takes_context=True)
def waiting_service(context: dict[str, Any], code: str) -> dict[str, Any]:
    """A service in its place: what it is, what happens when it is loaded, and the ways to it. Nothing, where it is gone."""
    now = known(current_language())
    service, request = waiting(now).get(code), context.get("request")
    if service is None:
        return {"service": None}
    declare(request)
    wording = wording_in_force(language=now.language, kind=Wording.Kind.BANNER)
    return {
        "service": service,
        "tag": TAGS[service.form],
        "purpose": now.purposes[service.purpose],
        "is_switched_off_by_signal": service.purpose in now.switched_off_by_signal,
        "wording": wording,
        "path": request.path if request else f"/{'' if now.language == settings.LANGUAGE_CODE else now.language + '/'}",
    }
