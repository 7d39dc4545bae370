from django.apps import AppConfig


class ProductsConfig(AppConfig):
    """What the shop sells, with a history like a policy's."""

    name = "marketing.products"
    label = "products"

    def ready(self) -> None:
        from policies.versions.signals import version_announced

        from .receivers import on_version_announced

        version_announced.connect(on_version_announced)
