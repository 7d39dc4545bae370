from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The auditors' reading room: reads everything, writes nothing."""

    name = "policies.audit"
    label = "audit"
