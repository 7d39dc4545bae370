"""What can be told of a line from its letters and punctuation alone."""

import re

LONGEST_HEADING = 90
MOST_WORDS_IN_A_HEADING = 12
MOST_WORDS_IN_A_PLAIN_HEADING = 8
"""A heading in sentence case looks like a sentence without its full stop, so it has to be shorter to be believed."""

SENTENCE_ENDS = ".!?:;…。！？؟۔।"
NOT_AT_THE_END_OF_A_HEADING = ".!:;,…。！۔।،؛"
SMALL_WORDS = re.compile(
    r"an?|and|any|as|at|but|by|for|from|if|in|into|is|its?|of|off|on|onto|or|our|over|per|such|that|the|their|them|"
    r"this|to|up|via|vs|we|what|when|where|which|who|will|with|within|without|you|your",
    re.IGNORECASE,
)
NOTE = re.compile(
    r"(please )?(note|important|warning|caution|remember|example|for example|tip|nb|n\.b\.)", re.IGNORECASE
)
NOT_A_HEADING = re.compile(r"(for )?(examples?|including|this includes|these include|such as)", re.IGNORECASE)
DATED = re.compile(r"(last |date |first )?(updated|modified|revised|effective|version|published)\b", re.IGNORECASE)
QUESTION = re.compile(r"(what|how|who|why|when|where|which|do|does|can|is|are|may|will)\b", re.IGNORECASE)
LABEL = re.compile(r"(?P<label>[^:.!?;,]{1,60}?)\s?:\s+(?P<text>\S.*)", re.DOTALL)
MOST_WORDS_IN_A_LABEL = 7
FEWEST_CAPITALS = 5
"""Fewer letters are an abbreviation: "GDPR" in capitals is no style."""
ADDRESS = re.compile(r"@|https?://|www\.|\+?\d[\d -]{6,}")


def words(text: str) -> list[str]:
    return [word for word in (piece.strip("()[]{}\"'“”‘’,:;.!?&/-–—*") for piece in text.split()) if word]


def is_title_case(text: str) -> bool:
    """Every word but the small ones is capitalised; scripts without capitals never are in title case."""
    all_words = words(text)
    if not all_words or not (all_words[0][0].isupper() or all_words[0][0].isdigit()):
        return False
    big = [word for word in all_words if not SMALL_WORDS.fullmatch(word)]
    return all(not word[0].islower() for word in big) and any(word[0].isupper() for word in all_words)


def is_all_caps(text: str) -> bool:
    return text.isupper() and sum(map(str.isalpha, text)) >= FEWEST_CAPITALS


def ends_a_sentence(text: str) -> bool:
    return text.rstrip(")]\"'”’»")[-1:] in tuple(SENTENCE_ENDS)


def could_be_heading(text: str) -> bool:
    """Short, no punctuation at its end, nothing of a sentence, date, label or address in it."""
    if len(text) > LONGEST_HEADING or len(words(text)) > MOST_WORDS_IN_A_HEADING or not words(text):
        return False
    if text[-1] in NOT_AT_THE_END_OF_A_HEADING or re.search(r"[.!?:;]\s", text) or "|" in text or "\t" in text:
        return False
    if ADDRESS.search(text) or DATED.match(text) or text[0].islower() or not any(map(str.isalpha, text)):
        return False
    return _has_a_headings_wording(text)


def _has_a_headings_wording(text: str) -> bool:
    if text[-1] in "?؟？":
        return is_title_case(text) or bool(QUESTION.match(text)) or text[-1] != "?"
    return is_title_case(text) or len(words(text)) <= MOST_WORDS_IN_A_PLAIN_HEADING


def could_be_colon_heading(text: str) -> bool:
    """ "Cookie Control:" names what follows; "Cookies help us:" is a sentence that runs on."""
    name = text[:-1].rstrip()
    if not text.endswith(":") or NOTE.fullmatch(name) or NOT_A_HEADING.fullmatch(name):
        return False
    return is_title_case(name) and could_be_heading(name) and len(words(name)) <= MOST_WORDS_IN_A_PLAIN_HEADING


def label_of(text: str) -> tuple[str, str] | None:
    """The label and its text in "Transaction Records: Kept for 7 years"; a note is not a label."""
    found = LABEL.fullmatch(text)
    if not found or NOTE.fullmatch(found["label"]) or found["label"][0].islower():
        return None
    is_short = len(words(found["label"])) <= MOST_WORDS_IN_A_LABEL
    return (found["label"], found["text"]) if is_short else None


def is_sure_label(label: str) -> bool:
    """In title case a label needs no neighbour to be believed."""
    return is_title_case(label)
