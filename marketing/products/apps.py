from django.apps import AppConfig


class ProductsConfig(AppConfig):
    """What the shop sells, with a history like a policy's."""

    name = "marketing.products"
    label = "products"
