"""A PostgreSQL server of one's own, thrown away afterwards: for what must measure it, or stop it."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

OWNER = "postgres"
"""Who runs the server where we are root, which PostgreSQL refuses to be."""


class Cluster:
    """A cluster in a folder, on a free port of this machine, as durable as PostgreSQL is by default."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]

    @property
    def url(self) -> str:
        return f"postgres://{OWNER}@127.0.0.1:{self.port}/postgres"

    def make(self) -> None:
        _run(f"initdb -D {self.folder}/data -U {OWNER} -A trust -E UTF8 --locale=C.UTF-8")

    def start(self) -> None:
        told = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1 -c max_connections=200"
        _run(f"pg_ctl -D {self.folder}/data -w -l {self.folder}/log -o '{told}' start")

    def stop(self) -> None:
        _run(f"pg_ctl -D {self.folder}/data -m immediate stop")


def programs() -> Path | None:
    """The folder of the newest server that is installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


@contextmanager
def own_cluster() -> Iterator[Cluster]:
    """A running cluster of our own."""
    with tempfile.TemporaryDirectory(prefix="kept-postgresql-", dir="/tmp", ignore_cleanup_errors=True) as name:
        cluster = Cluster(Path(name))
        Path(name).chmod(0o777)
        cluster.make()
        cluster.start()
        try:
            yield cluster
        finally:
            subprocess.run(_command(f"pg_ctl -D {name}/data -m immediate stop"), capture_output=True, check=False)


def _run(words: str) -> None:
    # Output goes to a file: a server would hold a pipe open for as long as it lives.
    with tempfile.TemporaryFile() as said:
        done = subprocess.run(_command(words), stdout=said, stderr=said, check=False, cwd="/tmp")
        said.seek(0)
        assert done.returncode == 0, said.read().decode()


def _command(words: str) -> list[str]:
    line = f"{programs()}/{words}"
    return ["su", OWNER, "-s", "/bin/sh", "-c", line] if os.getuid() == 0 else ["sh", "-c", line]
