from django.apps import AppConfig


class ControllerConfig(AppConfig):
    """Who is responsible, and how to reach them."""

    name = "policies.controller"
    label = "controller"
