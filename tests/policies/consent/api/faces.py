"""Another face of the site: a program that asks people and sends on what they answered."""

from uuid import uuid4

from django.test import Client

CHOICES = "/api/v1/choices"


class Face:
    """Somewhere else than on this site; it keeps the token of the person in front of it."""

    def __init__(self, token="", **headers):
        self.client = Client(headers=headers)
        self.token = token
        self.answer = None

    @property
    def wording(self):
        return self.client.get(f"{CHOICES}/wording").json()["sha256"]

    def sends(self, choices, *, key=None, headers=None, path="", **body):
        named = {"Idempotency-Key": key or str(uuid4())} | ({"Kept-Choices": self.token} if self.token else {})
        self.answer = self.client.post(
            f"{CHOICES}{path}", choices | body, content_type="application/json", headers=named | (headers or {})
        )
        if self.answer.status_code in (200, 201):
            self.token = self.answer.json()["token"]
        return self.answer

    def chooses(self, key=None, headers=None, **choices):
        return self.sends({"wording": self.wording, "choices": choices}, key=key, headers=headers)

    def takes_back(self, *purposes):
        return self.sends({"purposes": list(purposes) or None}, path="/withdraw")

    def may(self, purpose, headers=None, **query):
        named = ({"Kept-Choices": self.token} if self.token else {}) | (headers or {})
        return self.client.get(f"{CHOICES}/check", {"purpose": purpose, **query}, headers=named)
