from django.apps import AppConfig

SEAL_EVERY = 30
"""Seconds: a proof is promised within the minute."""


class AuditConfig(AppConfig):
    """The auditors' reading room: reads everything, writes nothing."""

    name = "policies.audit"
    label = "audit"

    def ready(self) -> None:
        # Here, because the ledger and the outbox, whose worker seals it, must not know each other.
        from common.health import register_check
        from policies.ledger.health import lines_are_sealed
        from policies.ledger.sealing import seal
        from policies.outbox.rounds import every

        every(SEAL_EVERY, seal)
        register_check("ledger", lines_are_sealed)
