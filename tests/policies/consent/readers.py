"""People who meet the banner on a page that they came to read."""

import re

from tests.policies.consent.visitors import Visitor


class Reader(Visitor):
    """Somebody who reads a page, and may press a button of its banner."""

    def __init__(self, path="/privacy/"):
        super().__init__(path)

    @property
    def banner(self):
        """The banner as it was sent; empty where there is none."""
        found = re.search(r'<section id="consent-banner".*?</section>', self.page.content.decode(), re.DOTALL)
        return found[0] if found else ""

    @property
    def fields(self):
        return dict(re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', self.banner))

    def presses(self, answer):
        """Reject (no) or accept (yes) all of it."""
        return self.browser.post("/choices/", self.fields | {"all": answer})

    @property
    def state(self):
        """What the stylesheet of this visitor says."""
        return self.browser.get("/choices/state.css").content.decode()
