from django.utils.translation import gettext as _

from ..inline import Stretch, stretches, web_address
from .lines import Lines, underlined


class Notes:
    """Reads inline HTML as words, and collects where its links lead: `our choices [1]`."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.numbers: dict[str, int] = {}

    def read(self, html: str) -> str:
        return "".join(map(self._words, stretches(html)))

    def _words(self, stretch: Stretch) -> str:
        href = web_address(stretch.href, self.address)
        if not href or not stretch.words.strip() or says_where_it_leads(stretch.words, href):
            return stretch.words
        number = self.numbers.setdefault(href, len(self.numbers) + 1)
        bare = stretch.words.rstrip()
        return f"{bare} [{number}]{stretch.words[len(bare) :]}"

    def written(self, lines: Lines) -> list[str]:
        """The notes with their heading, in the active language."""
        if not self.numbers:
            return []
        heading = underlined(lines.wrapped(_("Links")), "-")
        return [*heading, "", *(f"[{number}] {href}" for href, number in self.numbers.items())]


def says_where_it_leads(words: str, href: str) -> bool:
    """Whether the words of a link are its address already."""
    return words.strip() == href.removeprefix("mailto:").removeprefix("tel:")
