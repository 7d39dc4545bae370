"""What holds for the whole house."""

import ast
import re
import subprocess
import sys

import pytest
from django.urls import reverse
from django.utils.translation import override

from config import ROOT

SETTINGS = ROOT / "site" / "config" / "settings"


def test_site_stays_a_plain_folder():
    assert not (ROOT / "site" / "__init__.py").exists()


def test_every_variable_of_the_environment_is_documented():
    code = "".join(path.read_text() for path in SETTINGS.glob("*.py"))
    read = set(re.findall(r"env(?:\.\w+)?\(\s*\"([A-Z_]+)\"", code)) | {"PORT"}
    documented = set(re.findall(r"`([A-Z_]+)`", (ROOT / "docs" / "settings.md").read_text()))
    assert read <= documented, read - documented


def test_every_docs_page_is_listed():
    listed = (ROOT / "docs" / "README.md").read_text()
    for page in (ROOT / "docs").glob("*.md"):
        assert page.name == "README.md" or f"({page.name})" in listed


def test_every_public_function_says_what_cannot_be_seen():
    folders = [
        *ROOT.glob("policies/**/actions.py"),
        *ROOT.glob("policies/**/rules.py"),
        *(ROOT / "site/common").glob("*.py"),
    ]
    silent = [
        f"{path.relative_to(ROOT)}:{node.name}"
        for path in folders
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and not ast.get_docstring(node)
    ]
    assert silent == []


@pytest.mark.parametrize("missing", ["SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL", "DEFAULT_FROM_EMAIL"])
def test_production_refuses_to_start_without_what_it_needs_in_one_readable_line(missing):
    environment = {
        "PATH": "/usr/bin:/bin",
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "SECRET_KEY": "x" * 60,
        "ALLOWED_HOSTS": "kept.example",
        "SITE_URL": "https://kept.example",
        "DEFAULT_FROM_EMAIL": "privacy@kept.example",
    }
    del environment[missing]
    done = subprocess.run(
        [sys.executable, "manage.py", "check"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode != 0
    assert f"Set the {missing} environment variable" in done.stderr


def test_a_busy_port_is_a_clear_error():
    import os
    import socket

    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        environment = {
            **os.environ,
            "PORT": str(busy.getsockname()[1]),
            "DJANGO_SETTINGS_MODULE": "config.settings.development",
        }
        done = subprocess.run(
            [sys.executable, "manage.py", "serve"],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert "is busy" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.django_db
def test_public_pages_have_a_strict_policy_and_ask_no_third_party(client):
    from tests.factories import home, policy

    home()
    policy()
    for path in ("/", "/privacy/", "/choices/", "/updates/"):
        response = client.get(path)
        policy_header = response["Content-Security-Policy"]
        assert "default-src 'none'" in policy_header
        assert "unsafe" not in policy_header
        assert not re.search(r'(?:src|href)="(?:https?:)?//(?!testserver)', response.content.decode())
        assert "Set-Cookie" not in response or path in ("/choices/", "/updates/")


def test_addresses_are_as_agreed():
    with override("en"):
        assert (reverse("updates:subscribe"), reverse("choices:choices")) == ("/updates/", "/choices/")
    with override("ur"):
        assert reverse("updates:subscribe") == "/ur/updates/"


@pytest.mark.django_db
def test_what_nobody_knows_is_a_page_for_people_and_a_problem_for_programs(client):
    page = client.get("/no/such/page/")
    assert page.status_code == 404
    assert b"<h1" in page.content
    problem = client.get("/api/v1/no/such/thing")
    assert problem.status_code == 404
    assert problem["Content-Type"].startswith("application/problem+json")


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["offset=99999999999999999999", "search=%00"])
def test_what_no_database_can_answer_is_a_problem_not_a_crash(client, query):
    client.raise_request_exception = False
    response = client.get(f"/api/v3/pages/?{query}")
    assert response.status_code == 400
    assert response["Content-Type"].startswith("application/problem+json")


@pytest.mark.django_db
def test_a_form_that_is_too_large_gets_a_page_of_its_own(client):
    response = client.post("/ur/updates/", {"email": "a" * 3_000_000})
    assert response.status_code == 413
    assert b'lang="ur"' in response.content
