"""One POST to a checked address: no second look-up, no redirect, no proxy, and never longer than it may take."""

import io
import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException

from .guarding import NotAllowed, Target, addresses_of, target_of

TIMEOUT = 10.0
"""Seconds for everything: look-up, connection, TLS, request and the head of the answer."""
LONGEST_HEAD = 64 * 1024
"""Bytes of an answer that are read at most. Its body is not read at all: nothing in it matters."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a POST: a code, or a problem in a few words."""

    code: int | None
    seconds: float
    problem: str = ""
    retry_after: int = 0

    @property
    def is_success(self) -> bool:
        """Whether the receiver has it. A redirect is no success: it would lead where nobody looked."""
        return self.code is not None and 200 <= self.code < 300


def post(url: str, body: bytes, headers: Mapping[str, str], *, timeout: float = TIMEOUT) -> Answer:
    """Send it; whatever happens is an answer, never an exception of the network."""
    began = time.monotonic()
    try:
        code, retry_after = _post(target_of(url), body, headers, deadline=began + timeout)
    except (NotAllowed, OSError, HTTPException, UnicodeError) as failure:
        return Answer(None, time.monotonic() - began, problem=_words(failure))
    return Answer(code, time.monotonic() - began, retry_after=retry_after)


def _post(target: Target, body: bytes, headers: Mapping[str, str], *, deadline: float) -> tuple[int, int]:
    connection = _Connection(target, deadline=deadline)
    try:
        connection.request("POST", target.path, body, {"Host": target.host_header, "Connection": "close", **headers})
        response = connection.getresponse()
        wait = response.headers.get("Retry-After", "")
        return response.status, int(wait) if wait.isascii() and wait.isdigit() and len(wait) < 9 else 0
    finally:
        connection.close()


class _Connection(HTTPConnection):
    """HTTP over a socket that leads to a checked address and knows when to stop."""

    def __init__(self, target: Target, *, deadline: float) -> None:
        super().__init__(target.host, target.port)
        self.target, self.deadline = target, deadline

    def connect(self) -> None:
        raw = _connected(addresses_of(self.target), self.target.port, self.deadline)
        try:
            self.sock = _Hurried(self._secured(raw) if self.target.is_secure else raw, self.deadline)
        except BaseException:
            raw.close()
            raise

    def _secured(self, raw: socket.socket) -> ssl.SSLSocket:
        """The certificate has to be that of the name, whatever address the name stands for."""
        raw.settimeout(_left(self.deadline))
        return ssl.create_default_context().wrap_socket(raw, server_hostname=self.target.host)


def _connected(addresses: list[str], port: int, deadline: float) -> socket.socket:
    refused: OSError = OSError("no address")
    for address in addresses:
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        raw = socket.socket(family, socket.SOCK_STREAM)
        try:
            raw.settimeout(_left(deadline))
            raw.connect((address, port))
        except OSError as error:
            raw.close()
            refused = error
        else:
            return raw
    raise refused


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError("it took too long")
    return left


class _Hurried:
    """A socket for `HTTPConnection` of which every operation ends at the deadline, however slowly bytes drip."""

    def __init__(self, sock: socket.socket, deadline: float) -> None:
        self.sock, self.deadline = sock, deadline

    def sendall(self, content: bytes) -> None:
        self.sock.settimeout(_left(self.deadline))
        self.sock.sendall(content)

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Head(self.sock, self.deadline))

    def close(self) -> None:
        self.sock.close()


class _Head(io.RawIOBase):
    """The beginning of an answer."""

    def __init__(self, sock: socket.socket, deadline: float) -> None:
        self.sock, self.deadline, self.seen = sock, deadline, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # the buffer that BufferedReader gives
        if self.seen >= LONGEST_HEAD:
            raise HTTPException("the head of the answer is too long")
        self.sock.settimeout(_left(self.deadline))
        count = self.sock.recv_into(buffer)
        self.seen += count
        return count


def _words(failure: Exception) -> str:
    """For the list of tries; what a certificate or a stranger's server says is cut short."""
    if isinstance(failure, TimeoutError):
        return "timed out"
    return f"{type(failure).__name__}: {failure}"[:200]
