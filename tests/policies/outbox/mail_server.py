"""A real mail server for tests that keeps a journal and can be told to refuse, to hang up, and to go away."""

import asyncio
import socket
from collections import defaultdict
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller

CUT = "cut"
"""An answer that is none: the connection ends."""
STALL = "stall"
"""An answer that comes too late."""
STALLED_FOR = 0.5


@dataclass
class Received:
    """A letter that was accepted."""

    recipient: str
    data: bytes

    @property
    def message(self) -> EmailMessage:
        return message_from_bytes(self.data, policy=policy.default)  # type: ignore[return-value]  # by this policy


class MailServer:
    """Answers each step with 250, except where a test has put other answers; each is given once."""

    def __init__(self, *, pipelining: bool = True) -> None:
        self.pipelining = pipelining
        self.letters: list[Received] = []
        self.connections = 0
        self.seen: list[str] = []  # what was handed over, even if the connection was cut then
        self._answers: dict[tuple[str, str], list[str]] = defaultdict(list)
        self.port = free_port()
        self._is_running = False

    def will_answer(self, step: str, *answers: str, to: str = "") -> None:
        """The next answers at MAIL, RCPT or BODY, to one recipient or to the next."""
        self._answers[step, to] += answers

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def start(self) -> None:
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()
        self._is_running = True

    def stop(self) -> None:
        if self._is_running:
            self._controller.stop()
        self._is_running = False

    @property
    def recipients(self) -> list[str]:
        return [letter.recipient for letter in self.letters]

    async def handle_EHLO(self, server: Any, session: Any, envelope: Any, hostname: str, answers: list[str]) -> Any:
        session.host_name = hostname
        self.connections += 1
        return [*answers[:-1], "250-PIPELINING", answers[-1]] if self.pipelining else answers

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        envelope.mail_from = address
        return await self._answer(server, "MAIL", address)

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        answer = await self._answer(server, "RCPT", address)
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        [recipient] = envelope.rcpt_tos
        self.seen.append(recipient)
        answer = await self._answer(server, "BODY", recipient)
        if answer.startswith("250"):
            self.letters.append(Received(recipient, envelope.original_content))
        return answer

    async def _answer(self, server: Any, step: str, address: str) -> str:
        waiting = self._answers[step, address] or self._answers[step, ""]
        answer = waiting.pop(0) if waiting else "250 ok"
        if answer == CUT:
            server.transport.abort()
        if answer == STALL:
            await asyncio.sleep(STALLED_FOR)
        return answer


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as sock:
        return int(sock.getsockname()[1])
