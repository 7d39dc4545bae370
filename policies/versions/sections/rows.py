"""The rows of `SectionChange` that tell readers of a language what became of a section."""

from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet

from ..models.versions import SectionChange, VersionText, Work


def counted(work: Work, *, language: str) -> QuerySet[Any]:
    """`SectionChange` rows with `of_version`, the key of the version, and `language`; the newest version first, and of one
    version the reader's language before the original's.

    A section changed when its original did, or its translation. Left out is what only seems new because a language is new,
    and what a corrected translation has replaced.
    """
    same = VersionText.objects.filter(version=OuterRef("text__version"), language=OuterRef("text__language"))
    rows = SectionChange.objects.filter(
        Q(text__language=work.source_language) | Q(text__language=language, text__redline__isnull=False),
        ~Exists(same.filter(sequence__gt=OuterRef("text__sequence"))),
        text__version__work=work,
    )
    found = rows.annotate(of_version=F("text__version"), language=F("text__language"))
    is_readers = ExpressionWrapper(Q(text__language=language), output_field=BooleanField())
    return found.order_by("-text__version__number", is_readers.desc(), "position")
