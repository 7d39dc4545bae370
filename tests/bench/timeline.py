"""A policy with 1,000 versions: the timeline without bodies, and "in force on a day" by index.

Each figure is a ratio to the same question asked of a policy with ten versions, in the same run and database: what grows with
the number of versions is seen, what a busy machine adds is not.
"""

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import Any
from uuid import uuid4

ROOT = Path(__file__).resolve().parents[2]
MANY, FEW = 1_000, 10
BODY = (
    "We keep what you gave us for as long as the law says, and then we erase it. " * 300
)  # about 22 kB, as the example's


DAY = (date.today() - timedelta(days=5)).isoformat()


def main() -> dict[str, Any]:
    """Make both policies, ask, print, write the figures."""
    with tempfile.TemporaryDirectory(prefix="kept-bench-") as folder:
        _set_up(Path(folder))
        figures = _measured()
    for name, value in figures.items():
        print(f"{name:<58} {value}")
    out = ROOT / "var" / "bench"
    out.mkdir(parents=True, exist_ok=True)
    (out / "timeline.json").write_text(json.dumps(figures, indent=2))
    return figures


def _set_up(folder: Path) -> None:
    sys.path[:0] = [str(ROOT / "site"), str(ROOT)]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.settings")
    os.environ["DATABASE_URL"] = os.environ.get("BENCH_DATABASE_URL", f"sqlite:///{folder / 'bench.sqlite3'}")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def _measured() -> dict[str, Any]:
    from django.test import Client
    from django.test.utils import override_settings

    slugs = {FEW: _policy("few", FEW), MANY: _policy("many", MANY)}
    static = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    storages = {"default": {"BACKEND": "django.core.files.storage.InMemoryStorage"}, "staticfiles": static}
    with override_settings(ALLOWED_HOSTS=["testserver"], STORAGES=storages):
        client = Client()
        few, many = (_asked(lambda slug=slugs[size]: client.get(f"/{slug}/versions/")) for size in (FEW, MANY))
        first, last = (_asked(lambda slug=slugs[size]: client.get(f"/{slug}/as-of/{DAY}/")) for size in (FEW, MANY))
    day_few, day_many = (_asked(lambda slug=slugs[size]: _in_force(slug)) for size in (FEW, MANY))
    return {
        "versions in the long timeline": MANY,
        "queries of a timeline, 10 versions and 1,000": f"{few['queries']} and {many['queries']}",
        "bytes read from the bodies": many["bodies"],
        "time of a timeline page, 1,000 to 10 versions": round(many["time"] / few["time"], 2),
        "time of as-of, 1,000 to 10 versions": round(last["time"] / first["time"], 2),
        "time of in force on a day, 1,000 to 10 versions": round(day_many["time"] / day_few["time"], 2),
        "in force on a day: how the database finds it": _plan(slugs[MANY]),
    }


def _policy(slug: str, size: int) -> str:
    """A page with so many versions, a day apart, written as rows: only reading is measured."""
    from common import clock
    from policies.versions.models import Version, VersionText, Work
    from tests import factories

    page = factories.draft(factories.RETENTION, slug=slug, title=slug)
    type(page).objects.filter(pk=page.pk).update(live=True)
    work = Work.objects.create(key=page.translation_key, kind="policy", slug=slug, source_language="en")
    start = clock.now() - timedelta(days=size + 1)
    versions = [_version(Version, work, start, number) for number in range(1, size + 1)]
    Version.objects.bulk_create(versions, batch_size=200)
    content = {"title": slug, "sections": [_section()]}
    html = {"s": f"<p>{BODY}</p>"}
    hashes = dict.fromkeys(("sha256", "html_sha256", "source_sha256"), "0" * 64)
    texts = [
        VersionText(
            version=each, language="en", title=slug, summary="A day later.", content=content, html=html, **hashes
        )
        for each in versions
    ]
    VersionText.objects.bulk_create(texts, batch_size=100)
    return slug


def _version(model: Any, work: Any, start: Any, number: int) -> Any:
    moment = start + timedelta(days=number)
    return model(
        work=work,
        number=number,
        permalink=moment.date().isoformat(),
        change_class="clarifying",
        announced_at=moment,
        effective_at=moment,
        approval="import",
        sha256=uuid4().hex * 2,
    )


def _section() -> dict[str, Any]:
    block = {"type": "paragraph", "html": BODY}
    return {"id": "s", "anchor": "s", "heading": "Section", "regimes": [], "blocks": [block]}


def _in_force(slug: str) -> Any:
    from common import clock
    from policies.versions.models import Version

    return Version.objects.in_force_at(clock.now() - timedelta(days=5)).filter(work__slug=slug).first()


def _plan(slug: str) -> str:
    from common import clock
    from policies.versions.models import Version, Work

    work = Work.objects.get(slug=slug)
    question = Version.objects.in_force_at(clock.now()).filter(work=work)[:1]
    plan = question.explain()
    return "by index" if "version_work_effective" in plan else plan


def _asked(question: Callable[[], Any]) -> dict[str, Any]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    answer = question()
    assert getattr(answer, "status_code", 200) in (200, 302), answer
    with CaptureQueriesContext(connection) as asked:
        question()
    queries = list(asked.captured_queries)  # the next request empties the log
    columns = ('"versions_versiontext"."content"', '"versions_versiontext"."html"')
    bodies = sum(any(column in each["sql"] for column in columns) for each in queries)
    seconds = []
    for _ in range(15):
        started = time.process_time()
        question()
        seconds.append(time.process_time() - started)
    return {"queries": len(queries), "bodies": f"{bodies} queries", "time": median(seconds)}
