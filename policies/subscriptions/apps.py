from django.apps import AppConfig


class SubscriptionsConfig(AppConfig):
    """Who asked to hear of changes, and how they stop it."""

    name = "policies.subscriptions"
    label = "subscriptions"

    def ready(self) -> None:
        from policies.outbox.rounds import every

        from .actions import purge_unconfirmed

        every(3600, purge_unconfirmed)
