"""The people of the stories."""

from django.contrib.auth.models import Group, User
from django.test import Client

from home.roles import AUDITORS, EDITORS, OFFICERS, REVIEWERS, set_up_roles

PASSWORD = "a-long-password-for-tests"


def person(name: str, group: str | None = None) -> User:
    """Somebody of the staff, with the rights of a group; nobody twice."""
    user = User.objects.filter(username=name).first()
    if user is None:
        user = User.objects.create_user(name, f"{name}@example.com", PASSWORD)
    if group:
        set_up_roles()
        user.groups.add(Group.objects.get(name=group))
    return user


def editor() -> User:
    return person("editor", EDITORS)


def reviewer() -> User:
    return person("reviewer", REVIEWERS)


def officer() -> User:
    return person("officer", OFFICERS)


def auditor() -> User:
    return person("auditor", AUDITORS)


def signed_in(user: User) -> Client:
    """A browser in which somebody has signed in."""
    client = Client()
    client.force_login(user)
    return client
