from .facts import Facts, ProductFacts
from .pages import ProductIndexPage, ProductPage

__all__ = ["Facts", "ProductFacts", "ProductIndexPage", "ProductPage"]
