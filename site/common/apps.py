from django.apps import AppConfig


class CommonConfig(AppConfig):
    """No tables and no business words: what every part may use."""

    name = "common"

    def ready(self) -> None:
        from .health import database_answers, register_check

        register_check("database", database_answers)
