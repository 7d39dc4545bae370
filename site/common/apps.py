from django.apps import AppConfig


class CommonConfig(AppConfig):
    """No tables and no business words: what every part may use."""

    name = "common"
