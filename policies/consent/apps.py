from django.apps import AppConfig


class ConsentConfig(AppConfig):
    """What people are asked, what they answered, and on which wording."""

    name = "policies.consent"
    label = "consent"
