"""Everything in one terminal: the site, one worker, and a database that is ready. For a real site, see docs/operating.md."""

import os
import signal
import socket
import subprocess
import sys
import time
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config import ROOT

STOP_WITHIN = 8  # seconds that a process may take to finish what it is doing
READY_WITHIN = 60  # seconds


class Command(BaseCommand):
    help = "Set up the database and the example, then run the web server and a worker until Ctrl-C."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--no-example", action="store_true", help="start with an empty site")

    def handle(self, **options: Any) -> None:
        port = _port()
        _refuse_busy(port)
        self._step("Database", lambda: call_command("migrate", verbosity=0))
        self._step("Static files", lambda: call_command("collectstatic", interactive=False, clear=True, verbosity=0))
        if options["no_example"]:
            self._step("Roles", lambda: call_command("setup_roles"))
        else:
            self._step("Example", lambda: call_command("load_example"))
        self._run(port)

    def _step(self, name: str, act: Any) -> None:
        began = time.monotonic()
        self.stdout.write(f"{name} …")
        self.stdout.flush()
        act()
        self.stdout.write(f"{name} ready ({time.monotonic() - began:.1f} s)")

    def _run(self, port: int) -> None:
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"]}
        manage = str(ROOT / "manage.py")
        processes = {
            "web": subprocess.Popen(_web(port), env=environment, start_new_session=True),
            "worker": subprocess.Popen([sys.executable, manage, "deliver", "--watch"], start_new_session=True),
        }
        try:
            _await_answer(port, processes["web"])
            self.stdout.write(self.style.SUCCESS(f"\nOpen http://localhost:{port}/ · stop with Ctrl-C"))
            self.stdout.write(f"Letters go to {settings.EMAIL_URL.split('@')[-1]}")
            self.stdout.flush()
            signal.signal(signal.SIGTERM, _interrupt)
            self._wait(processes)
        except KeyboardInterrupt:
            self.stdout.write("\nStopping …")
        finally:
            _stop(processes.values())

    def _wait(self, processes: dict[str, Any]) -> None:
        """Until somebody stops us; a process that ends by itself is an error worth saying."""
        while True:
            for name, process in processes.items():
                if process.poll() is not None:
                    raise CommandError(f"The {name} process ended by itself with exit code {process.returncode}.")
            time.sleep(0.5)


def _port() -> int:
    words = os.environ.get("PORT", "8000")
    if not words.isdigit() or not 0 < int(words) < 65536:
        raise CommandError(f"PORT is “{words}”, which is no port; try PORT=8001.")
    return int(words)


def _refuse_busy(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise CommandError(f"Port {port} is busy. Stop what uses it, or say another: make run PORT=8001") from error


def _web(port: int) -> list[str]:
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--working-dir", str(ROOT / "site"),
        "--host", "127.0.0.1", "--port", str(port), "--workers", "1", "--blocking-threads", "4",
        "--log-level", "warning", "--no-access-log", "config.wsgi:application",
    ]  # fmt: skip


def _await_answer(port: int, web: Any) -> None:
    give_up_at = time.monotonic() + READY_WITHIN
    while time.monotonic() < give_up_at and web.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise CommandError("The web server did not start; what it said stands above.")


def _interrupt(*_: Any) -> None:
    raise KeyboardInterrupt


def _stop(processes: Any) -> None:
    for process in processes:
        if process.poll() is None:
            process.terminate()
    give_up_at = time.monotonic() + STOP_WITHIN
    for process in processes:
        try:
            process.wait(max(0.1, give_up_at - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
