from .audits import SelfAudit
from .choices import Choice
from .imported import ImportedPerson
from .purposes import Category, Kind, LegalBasis, Purpose, Service, Signal
from .wordings import Served, Wording

__all__ = [
    "Category",
    "Choice",
    "ImportedPerson",
    "Kind",
    "LegalBasis",
    "Purpose",
    "SelfAudit",
    "Served",
    "Service",
    "Signal",
    "Wording",
]
