from django.apps import AppConfig


class HomeConfig(AppConfig):
    """The front door: home page, standard pages, and the place where a change is announced."""

    name = "home"
