from django.apps import AppConfig
from django.db.models.signals import pre_delete, pre_save


class VersionsConfig(AppConfig):
    """Policies whose versions are frozen, dated and compared."""

    name = "policies.versions"
    label = "versions"

    def ready(self) -> None:
        from wagtail.signals import page_published

        from common.health import register_check
        from policies.outbox.rounds import every

        from .acting.keeping import keep_policies_live, policies_are_reachable
        from .models import VersionedPage
        from .receivers import keep_pages_with_versions, on_page_published
        from .schedule import publish_due, reconcile

        for page_type in VersionedPage.__subclasses__():
            page_published.connect(on_page_published, sender=page_type)
            pre_delete.connect(keep_pages_with_versions, sender=page_type)
        pre_save.connect(keep_policies_live)
        register_check("policies", policies_are_reachable)
        every(30, publish_due)
        every(300, reconcile)
