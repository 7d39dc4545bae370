from django.apps import AppConfig


class LimitsConfig(AppConfig):
    """How often a network may do something, counted by all workers together and without keeping an address."""

    name = "policies.limits"
    label = "limits"
