"""Who is responsible, as the site's settings say: the one thing that the lint reads from the database."""

from policies.controller.models import Controller

from .text import ControllerFacts


def controller_facts(_language: str = "") -> ControllerFacts | None:
    """Those of the default site; the settings are the same in every language."""
    return Controller.objects.order_by("-site__is_default_site", "pk").first()
