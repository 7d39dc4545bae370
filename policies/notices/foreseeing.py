"""What staff see before an act: who gets which letter, counted and rendered by the code that will do it."""

from dataclasses import dataclass, field

from django.conf import settings

from policies.versions.models import Version

from .foresight.rehearsal import Preview, Told, preview_of, told_of
from .models import Notice


@dataclass(frozen=True, slots=True)
class Foreseen:
    """Who is told, and what they will see."""

    told: list[Told] = field(default_factory=list)
    previews: list[Preview] = field(default_factory=list)

    @property
    def people(self) -> int:
        """Everybody who gets a letter."""
        return sum(line.people for line in self.told)


def foresee(version: Version) -> Foreseen:
    """The letters and the notice that the newest thing that happened to a version brings about."""
    notice = Notice.objects.filter(version=version).select_related("act", "version__work").order_by("-pk").first()
    if notice is None:
        return Foreseen()
    return Foreseen(told_of(notice), [preview_of(notice, code) for code, _ in settings.LANGUAGES])
