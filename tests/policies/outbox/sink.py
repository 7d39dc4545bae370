"""A mail server that takes everything, as fast as Python can: `python sink.py PORT_FILE [JOURNAL] [--slow SECONDS]`.

aiosmtpd answers about a thousand letters a second, which would measure aiosmtpd. With a journal it writes the recipient
and the Message-ID of each letter down before it answers: what is not in the journal was never accepted.
"""

import os
import socket
import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from threading import Thread

END = b"\r\n.\r\n"
GREETING = b"220 sink ESMTP\r\n"
WELCOME = b"250-sink\r\n250-PIPELINING\r\n250 8BITMIME\r\n"
ANSWERS = {b"MAIL": b"250 ok\r\n", b"RCPT": b"250 ok\r\n", b"DATA": b"354 go on\r\n", b"RSET": b"250 ok\r\n"}


class Conversation:
    """One connection."""

    def __init__(self, sock: socket.socket, journal: int | None, slow: float) -> None:
        self.sock, self.journal, self.slow = sock, journal, slow
        self.buffer, self.recipient = b"", b""

    def run(self) -> None:
        sock = self.sock
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            sock.sendall(GREETING)
            while (line := self.until(b"\r\n")) is not None:
                if not self.answer(line):
                    break
        except OSError:
            pass
        sock.close()

    def until(self, mark: bytes) -> bytes | None:
        """Everything before a mark; None if the other side is gone."""
        while (at := self.buffer.find(mark)) < 0:
            more = self.sock.recv(65536)
            if not more:
                return None
            self.buffer += more
        found, self.buffer = self.buffer[:at], self.buffer[at + len(mark) :]
        return found

    def answer(self, line: bytes) -> bool:
        verb = line[:4].upper()
        if verb in (b"EHLO", b"HELO"):
            self.sock.sendall(WELCOME)
        elif verb == b"QUIT":
            self.sock.sendall(b"221 bye\r\n")
            return False
        else:
            if verb == b"RCPT":
                self.recipient = line[9:-1]
            self.sock.sendall(ANSWERS[verb])
            if verb == b"DATA":
                return self.take()
        return True

    def take(self) -> bool:
        letter = self.until(END)
        if letter is None:
            return False
        time.sleep(self.slow)
        if self.journal is not None:
            os.write(self.journal, self.recipient + b"\t" + _message_id(letter) + b"\n")
        self.sock.sendall(b"250 taken\r\n")
        return True


def _message_id(letter: bytes) -> bytes:
    start = letter.index(b"Message-ID: ") + 12
    return letter[start : letter.index(b"\r\n", start)]


def main() -> None:
    parser = ArgumentParser()
    parser.add_argument("port_file", type=Path)
    parser.add_argument("journal", type=Path, nargs="?")
    parser.add_argument("--slow", type=float, default=0.0)
    options = parser.parse_args()
    journal = os.open(options.journal, os.O_CREAT | os.O_APPEND | os.O_WRONLY) if options.journal else None
    listening = socket.create_server(("127.0.0.1", 0))
    options.port_file.write_text(str(listening.getsockname()[1]))
    while True:
        sock, _ = listening.accept()
        Thread(target=Conversation(sock, journal, options.slow).run, daemon=True).start()


if __name__ == "__main__":
    sys.exit(main())
