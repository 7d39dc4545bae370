from django.apps import AppConfig
from django.db.models.signals import pre_delete


class VersionsConfig(AppConfig):
    """Policies whose versions are frozen, dated and compared."""

    name = "policies.versions"
    label = "versions"

    def ready(self) -> None:
        from wagtail.signals import page_published

        from policies.outbox.rounds import every

        from .models import VersionedPage
        from .receivers import keep_pages_with_versions, on_page_published
        from .schedule import publish_due, reconcile

        for page_type in VersionedPage.__subclasses__():
            page_published.connect(on_page_published, sender=page_type)
            pre_delete.connect(keep_pages_with_versions, sender=page_type)
        every(30, publish_due)
        every(300, reconcile)
