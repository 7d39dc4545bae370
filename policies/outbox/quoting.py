from email.quoprimime import body_encode

SOFT_BREAK = "=\r\n"


def quoted_printable(text: str, *, whole: str) -> bytes:
    """Text in UTF-8 and quoted-printable (RFC 2045, section 6.7), CRLF after each line.

    Wherever `whole` stands, it gets an encoded line of its own and so is never cut by a soft line break: it can be
    replaced in the finished bytes by anything of up to 75 characters that needs no encoding.
    """
    lines = text.encode().splitlines() or [b""]
    return b"".join(_encoded(line, whole.encode()) + b"\r\n" for line in lines)


def _encoded(line: bytes, whole: bytes) -> bytes:
    pieces = [body_encode(piece.decode("latin-1"), eol="\r\n") for piece in line.split(whole)]
    return (SOFT_BREAK + whole.decode() + SOFT_BREAK).join(pieces).encode("ascii")
