from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate

WAITING_EVERY = 5
OFTEN_ENOUGH = 600
"""Seconds."""


class ConsentConfig(AppConfig):
    """What people are asked, what they answered, and on which wording."""

    name = "policies.consent"
    label = "consent"

    def ready(self) -> None:
        from common.health import register_check
        from policies.limits.actions import purge_windows
        from policies.outbox.rounds import every
        from policies.versions.generation import register_growing
        from policies.versions.renewing import register_purposes

        from .actions import expire_choices
        from .auditing.health import pages_were_audited
        from .health import register_checks
        from .knowing import asked_choices
        from .models import Category, Purpose, Service
        from .serving import enter_served
        from .waiting import record_waiting

        for model in (Category, Purpose, Service):
            register_growing(model.history.model)
        register_purposes(asked_choices)
        register_checks()
        every(WAITING_EVERY, record_waiting)
        for work in (expire_choices, enter_served, purge_windows):
            every(OFTEN_ENOUGH, work)
        register_check("consent_audit", pages_were_audited)
        post_migrate.connect(_make_standard, sender=self)


def _make_standard(**kwargs: Any) -> None:
    from .standard import make_standard

    make_standard()
