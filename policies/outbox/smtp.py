import smtplib
import socket
import ssl
from contextlib import suppress
from enum import Enum, auto

from django.core.mail.utils import DNS_NAME

from .errors import ServerDown, TransportError
from .transports import Parcel

ANSWER_WITHIN = 10.0
"""Seconds for each answer of the server; a stalled one holds up one letter, not the site."""

Answer = tuple[int, bytes]
LOST = (smtplib.SMTPException, OSError)


class Step(Enum):
    """What was said to the server last; a refusal means something else at each."""

    MAIL = auto()
    RCPT = auto()
    DATA = auto()
    BODY = auto()


class SmtpTransport:
    """One SMTP connection, kept open from letter to letter, pipelined where the server allows it (RFC 2920)."""

    def __init__(self, *, host: str, port: int, tls: str = "smtp", user: str = "", password: str = "") -> None:
        self.host, self.port, self.tls, self.user, self.password = host, port, tls, user, password
        self._smtp: smtplib.SMTP | None = None
        self._is_cut = False

    @property
    def is_open(self) -> bool:
        """Whether the next letter can go without connecting first; the server may have hung up meanwhile."""
        return self._smtp is not None and self._smtp.sock is not None

    def open(self) -> None:
        """Connect, encrypt and log in, as configured."""
        if self._is_cut:
            raise ServerDown("stopping")
        try:
            self._smtp = self._connected()
        except LOST as error:
            raise ServerDown(f"{self.host}:{self.port}: {error}") from error

    def _connected(self) -> smtplib.SMTP:
        # The name is given, because smtplib would ask the DNS for it each time.
        where, encrypted = (self.host, self.port, str(DNS_NAME)), ssl.create_default_context
        if self.tls == "smtps":
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(*where, timeout=ANSWER_WITHIN, context=encrypted())
        else:
            smtp = smtplib.SMTP(*where, timeout=ANSWER_WITHIN)
        if self.tls == "smtp+tls":
            smtp.starttls(context=encrypted())
        smtp.ehlo_or_helo_if_needed()
        if self.user:
            smtp.login(self.user, self.password)
        return smtp

    def send(self, parcel: Parcel) -> str:
        """Hand a letter over and return the answer.

        Servers hang up on connections that were idle or have carried enough, so a connection that is gone before the
        letter itself was handed over gets one successor.
        """
        for _ in range(2):
            if not self.is_open:
                self.open()
            try:
                self._offer(parcel)
            except LOST as error:
                self._drop()
                if isinstance(error.__context__, TimeoutError):
                    raise TransportError(f"no answer within {ANSWER_WITHIN:.0f} s") from error
                lost: Exception = error
            else:
                return self._hand_over(parcel.data)
        raise ServerDown(f"the server hung up twice: {lost}") from lost

    def _offer(self, parcel: Parcel) -> None:
        """Sender, recipient, and the wish to go on."""
        commands = (f"MAIL FROM:<{parcel.sender}>", f"RCPT TO:<{parcel.recipient}>", "DATA")
        answers = self._answers(commands)
        for step, (code, text) in zip(Step, answers, strict=False):
            if code >= 400:
                self._reset(is_in_body=answers[-1][0] == 354)
                raise _refusal(step, code, text)

    def _answers(self, commands: tuple[str, ...]) -> list[Answer]:
        smtp, answers = self._open_smtp, []
        at_once = smtp.has_extn("pipelining")
        if at_once:
            smtp.send("".join(f"{command}\r\n" for command in commands))
        for command in commands:
            answers.append(smtp.getreply() if at_once else smtp.docmd(command))
            if answers[-1][0] >= 400 and not at_once:
                break
        return answers

    def _hand_over(self, data: bytes) -> str:
        smtp = self._open_smtp
        try:
            # A line that begins with a dot gets a second one, a single dot ends the letter (RFC 5321, section 4.5.2).
            smtp.send(data.replace(b"\r\n.", b"\r\n..") + b".\r\n")
            code, text = smtp.getreply()
        except LOST as error:
            self._drop()
            raise TransportError(f"lost after the letter was handed over: {error}", outcome_unknown=True) from error
        if code >= 400:
            self._reset(is_in_body=False)
            raise _refusal(Step.BODY, code, text)
        return _readable(code, text)

    @property
    def _open_smtp(self) -> smtplib.SMTP:
        if self._smtp is None:
            raise smtplib.SMTPServerDisconnected("not connected")
        return self._smtp

    def _reset(self, *, is_in_body: bool) -> None:
        """Forget the refused letter. A server that waits for a body in spite of the refusal must not get one."""
        if is_in_body:
            self._drop()
            return
        try:
            self._open_smtp.rset()
        except LOST:
            self._drop()

    def _drop(self) -> None:
        if self._smtp is not None:
            self._smtp.close()
        self._smtp = None

    def close(self) -> None:
        """Say goodbye, if connected."""
        if self.is_open:
            with suppress(*LOST):
                self._open_smtp.quit()
        self._drop()

    def cut(self) -> None:
        """Whoever waits for an answer sees the connection end; meant for a signal handler."""
        self._is_cut = True
        sock = self._smtp.sock if self._smtp else None
        if sock is not None:
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)


def _refusal(step: Step, code: int, text: bytes) -> Exception:
    """What a refusal means.

    Before the recipient is named, and with 421, the server refuses us and not the letter. 5.7 is a matter of policy
    (RFC 3463): the address may well exist.
    """
    answer = _readable(code, text)
    if step is Step.MAIL or code == 421:
        return ServerDown(answer)
    is_about_address = not text.startswith(b"5.7") if step is Step.RCPT else text.startswith((b"5.1.", b"5.2."))
    permanent = code >= 500
    return TransportError(answer, permanent=permanent, recipient_refused=permanent and is_about_address)


def _readable(code: int, text: bytes) -> str:
    return f"{code} {text.decode(errors='replace')}"[:500]
