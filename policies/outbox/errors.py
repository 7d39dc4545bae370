class TransportError(Exception):
    """A letter was not accepted, or nobody knows. Its flags say what to do next; its text is the server's answer.

    permanent: never try again. recipient_refused: it is the address that is wrong, not the letter.
    outcome_unknown: the connection was lost after the whole letter had been handed over.
    """

    def __init__(
        self, answer: str, *, permanent: bool = False, recipient_refused: bool = False, outcome_unknown: bool = False
    ) -> None:
        super().__init__(answer)
        self.permanent = permanent
        self.recipient_refused = recipient_refused
        self.outcome_unknown = outcome_unknown


class ServerDown(Exception):
    """The mail server takes nothing at all from us just now: no letter's fault, so pause and penalise nobody."""
