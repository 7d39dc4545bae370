"""People who choose, and what was entered about them."""

import re
from html import unescape

from django.test import Client

from policies.consent.rules import told_by
from policies.ledger.models import Entry

PLAIN = {"all", "wording", "key", "next", "only-open", "withdraw"}
"""Fields of the form that are no answer to one purpose."""


class Visitor:
    """Somebody with a browser of their own, who reads a page and answers what it asked."""

    def __init__(self, path="/choices/"):
        self.browser = Client(headers={"Origin": "http://testserver"})
        self.path = path
        self.page = None

    def opens_the_page(self):
        self.page = self.browser.get(self.path)
        return self

    def sends(self, **fields):
        """What is on the page in front of them, with `performance="yes"` and the like."""
        answers = {name if name in PLAIN else f"choice-{name}": value for name, value in fields.items()}
        return self.browser.post(self.path, {"wording": self.wording, **answers})

    def answers(self, **fields):
        answer = self.opens_the_page().sends(**fields)
        assert answer.status_code == 303, answer.content.decode()
        return self.opens_the_page()

    @property
    def text(self):
        return unescape(self.page.content.decode())

    @property
    def wording(self):
        return re.search(r'name="wording"\s+value="([0-9a-f]{64})"', self.text)[1]

    @property
    def cookie(self):
        return self.browser.cookies["kept_choices"].value

    @property
    def ticked(self):
        """The answers that the page shows as chosen."""
        inputs = re.findall(r"<input[^>]*\bchecked\b[^>]*>", self.text)
        return {re.search(r'name="choice-(\w+)"', each)[1]: re.search(r'value="(\w+)"', each)[1] for each in inputs}


def ledger():
    """What was entered about consent, in order."""
    return list(Entry.objects.filter(kind__startswith="consent.").order_by("pk"))


def told():
    """The same, in few words: what became of a purpose, and under which version."""
    return [
        (str(state), purpose, entry.facts["version"]["number"])
        for entry in ledger()
        for purpose, (state, _until) in told_by(entry.kind, entry.facts, on=entry.happened_at.date()).items()
    ]
