"""Serving: finished bytes beside a static file of the same size and a plain Wagtail page of the same text.

All targets are asked in turn of one server process, in rounds, so that a busy machine hits them alike. `cap` is requests per
second of processor time of the server, which does not depend on how fast the asking side is; ratios of caps are the figure.
"""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 5
TICKS = os.sysconf("SC_CLK_TCK")


def main() -> dict[str, Any]:
    """Start the site on its example, ask, print the table, write the figures."""
    with tempfile.TemporaryDirectory(prefix="kept-bench-") as folder:
        environment = _environment(Path(folder))
        for command in (["migrate", "-v0"], ["load_example"], ["collectstatic", "--noinput", "-v0"]):
            subprocess.run(
                [sys.executable, "manage.py", *command],
                cwd=ROOT,
                env=environment,
                check=True,
                stdout=subprocess.DEVNULL,
            )
        figures = _measure(Path(folder), environment)
    _print(figures)
    out = ROOT / "var" / "bench"
    out.mkdir(parents=True, exist_ok=True)
    (out / "pages.json").write_text(json.dumps(figures, indent=2))
    return figures


def _environment(folder: Path) -> dict[str, str]:
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
        "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}",
        "DATABASE_URL": os.environ.get("BENCH_DATABASE_URL", f"sqlite:///{folder / 'bench.sqlite3'}"),
        "STATIC_ROOT": str(folder / "static"),
        "EMAIL_URL": f"file://{folder / 'mail'}",
    }


def _measure(folder: Path, environment: dict[str, str]) -> dict[str, Any]:
    port = _free_port()
    server = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--workers", "1"]
    server += ["--blocking-threads", "1", "--log-level", "warning", "--no-access-log", "config.wsgi:application"]
    version = _coming_permalink(environment)
    page = _fetch_size(environment)
    (folder / "static" / "same-size.html").write_bytes(page)
    process = subprocess.Popen(server, cwd=ROOT / "site", env=environment, start_new_session=True)
    try:
        _await(port)
        return _rounds(port, process.pid, _targets(version))
    finally:
        process.terminate()
        process.wait(10)


def _targets(version: str) -> dict[str, tuple[str, dict[str, str], int]]:
    """Name -> path, headers, requests in a round."""
    cookie = {"Cookie": "_ga=1; kept_choices=x"}
    return {
        "static file of the same size (whitenoise)": ("/static/same-size.html", {}, 10_000),
        "policy page": ("/privacy/", cookie, 10_000),
        "policy page, gzip": ("/privacy/", {"Accept-Encoding": "gzip"}, 10_000),
        "policy page, 304": ("/privacy/", {"If-None-Match": "ETAG"}, 10_000),
        "version page": (f"/privacy/versions/{version}/", {}, 10_000),
        "comparison": (f"/privacy/compare/2026-03-01...{version}/", {}, 10_000),
        "API twin of the policy": ("/api/v1/policies/privacy", {}, 10_000),
        "API twin of a version": (f"/api/v1/policies/privacy/versions/{version}", {}, 10_000),
        "plain Wagtail page of the same text": ("/plain/privacy/", {}, 25),
    }


def _rounds(port: int, pid: int, targets: dict[str, Any]) -> dict[str, Any]:
    samples: dict[str, list[tuple[float, float]]] = {name: [] for name in targets}
    for number in range(ROUNDS + 1):
        for name, (path, headers, count) in targets.items():
            with Connection(port) as connection:
                headers = {key: connection.etag(path) if value == "ETAG" else value for key, value in headers.items()}
                expected = 304 if "If-None-Match" in headers else 200
                cpu, wall = _processor_seconds(pid), time.perf_counter()
                connection.ask(path, headers, count if number else max(20, count // 20), expected)
                wall, cpu = time.perf_counter() - wall, _processor_seconds(pid) - cpu
                if number:
                    samples[name].append((count / max(cpu, 1 / TICKS), count / wall))
    peer = median(cap for cap, _ in samples["static file of the same size (whitenoise)"])
    plain = median(cap for cap, _ in samples["plain Wagtail page of the same text"])
    return {
        name: {
            "cap": round(median(cap for cap, _ in found)),
            "per_second": round(median(rate for _, rate in found)),
            "of_whitenoise": round(median(cap for cap, _ in found) / peer, 2),
            "of_plain_wagtail": round(median(cap for cap, _ in found) / plain, 1),
        }
        for name, found in samples.items()
    }


class Connection:
    """A kept connection that asks as fast as one thread of Python can: several requests under way at once."""

    UNDER_WAY = 16

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = b""

    def __enter__(self) -> "Connection":
        return self

    def __exit__(self, *_: Any) -> None:
        self.socket.close()

    def etag(self, path: str) -> str:
        """What to send to be answered 304."""
        self.socket.sendall(_request(path, {}))
        return self._answer()[1]["etag"]

    def ask(self, path: str, headers: dict[str, str], count: int, expected: int) -> None:
        """Ask so many times, and insist on the status."""
        request = _request(path, headers)
        under_way = min(self.UNDER_WAY, count)
        self.socket.sendall(request * under_way)
        for number in range(count):
            status, _ = self._answer()
            if status != expected:
                raise RuntimeError(f"{path} answered {status}")
            if number + under_way < count:
                self.socket.sendall(request)

    def _answer(self) -> tuple[int, dict[str, str]]:
        while b"\r\n\r\n" not in self.buffer:
            self._receive()
        head, _, rest = self.buffer.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
        status = int(first.split()[1])
        length = 0 if status == 304 else int(headers["content-length"])
        self.buffer = rest
        while len(self.buffer) < length:
            self._receive()
        self.buffer = self.buffer[length:]
        return status, headers

    def _receive(self) -> None:
        piece = self.socket.recv(1 << 18)
        if not piece:
            raise RuntimeError("The server hung up")
        self.buffer += piece


def _request(path: str, headers: dict[str, str]) -> bytes:
    lines = [f"GET {path} HTTP/1.1", "Host: localhost", *(f"{name}: {value}" for name, value in headers.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def _processor_seconds(pid: int) -> float:
    """User and system time of the server and its workers so far."""
    total = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, _, rest = stat.read_text().rpartition(")")
        except OSError:
            continue
        fields = rest.split()
        if int(name.split()[0]) == pid or int(fields[1]) == pid:
            total += int(fields[11]) + int(fields[12])
    return total / TICKS


def _coming_permalink(environment: dict[str, str]) -> str:
    code = "from policies.versions.models import Version; "
    code += "print(Version.objects.filter(work__slug='privacy').first().permalink)"
    return _shell(environment, code).decode().split()[-1]


def _fetch_size(environment: dict[str, str]) -> bytes:
    code = "import sys; from django.test import Client; "
    code += "sys.stdout.buffer.write(Client(HTTP_HOST='localhost').get('/privacy/').content)"
    return _shell(environment, code)


def _shell(environment: dict[str, str], code: str) -> bytes:
    command = [sys.executable, "-c", f"import django; django.setup(); {code}"]
    return subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True).stdout


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _await(port: int) -> None:
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("The server did not start")


def _print(figures: dict[str, Any]) -> None:
    print(f"{'':<44}{'cap/s':>9}{'wall/s':>9}{'x whitenoise':>14}{'x plain Wagtail':>17}")
    for name, row in figures.items():
        print(f"{name:<44}{row['cap']:>9}{row['per_second']:>9}{row['of_whitenoise']:>14}{row['of_plain_wagtail']:>17}")


if __name__ == "__main__":
    main()
