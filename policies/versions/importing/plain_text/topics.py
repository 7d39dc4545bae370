"""The topics policies are made of, and the headings that divide each.

A text without markup has no levels, yet policies resemble one another: "How We Share Information" opens a section in
all of them, and "Service Providers" divides that section. A heading of the first kind starts anew; one of the second
kind belongs to the section it is found in, if that section is about its topic.
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Topic:
    name: str
    opens: re.Pattern[str]
    divides: re.Pattern[str] | None = None


def _topic(name: str, opens: str, divides: str = "") -> Topic:
    return Topic(name, _words(opens), _words(divides) if divides else None)


def _words(alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{alternatives})\b", re.IGNORECASE)


FACTS = r"(?:(?:your|the|personal|customer|user|other) )*(?:information|data|details|records)"

TOPICS = (
    _topic("california", r"california\w*|ccpa|cpra"),
    _topic("uk", r"united kingdom|uk"),
    _topic("europe", r"european?|gdpr|eea"),
    _topic("another place", r"nevada|virginia|colorado|brazil|lgpd|canad\w+|pipeda|australian?"),
    _topic(
        "children",
        r"child(?:ren)?(?:['’]s?)?|minors?|under (?:1[368]|thirteen|sixteen|eighteen)|young \w+|kids|teenagers",
    ),
    _topic(
        "transfers",
        r"(?:international|cross-border|overseas|global) (?:\w+ )*(?:transfers?|processing)|transfers? (?:of \w+ )*"
        r"(?:abroad|overseas|outside)|across borders|abroad|overseas|outside (?:of )?(?:your|the) (?:country|eea|uk)",
        r"adequacy|standard contractual clauses|safeguards|where .* stored",
    ),
    _topic(
        "retention",
        rf"retention|how long|storage periods?|(?:retain|keep|store)(?:ing)? {FACTS}",
        r"retention periods|deletion schedules?|archiv\w+|backups?|inactive accounts",
    ),
    _topic(
        "changes", r"(?:changes?|updates?|amendments?|revisions?|modifications?) (?:to|of|in)|how we (?:change|update)"
    ),
    _topic("complaints", r"complain\w*|disputes?|grievances?|supervisory authorit\w+|governing law|arbitration"),
    _topic(
        "rights",
        r"your (?:\w+ )*(?:rights|choices|controls?)|(?:privacy|data|data subject|subject) rights|rights (?:you|and)|"
        r"what you can (?:do|ask)|choices you have|exercising your",
        r"access\w*|correct\w*|rectif\w+|updat\w+|delet\w+|eras\w+|forgotten|remov\w+|opt(?:ing)?[ -]?(?:out|in)|"
        r"object\w*|restrict\w*|limit\w*|portab\w+|move|moving|withdraw\w*|automated|exercis\w+|unsubscrib\w+|copy|copies|"
        r"identity|verif\w+|do not (?:sell|track)|marketing|authori[sz]ed agents?|how to ask",
    ),
    _topic(
        "links",
        r"third[- ]party (?:web ?sites?|sites?|links?|services and links)|links? to|"
        r"external (?:sites?|links?|websites?)|other (?:web)?sites",
    ),
    _topic(
        "security",
        rf"security|how (?:do )?we (?:protect|secure|safeguard|look after)|(?:protecting|safeguarding|keeping) {FACTS}|"
        r"keep(?:ing)? (?:it|them|\w+ \w+) (?:safe|secure)|data protection measures",
        r"technical|organi[sz]ational|physical|administrative|safeguards?|encrypt\w+|access controls?|payments?|"
        r"limit(?:s|ations?)|breach\w*|incidents?|passwords?|audits?|staff|your (?:role|part)|backups?",
    ),
    _topic(
        "sharing",
        rf"sharing|shar(?:e|es) {FACTS}|disclos\w+|who (?:else )?(?:we )?(?:share|receives?|sees?|gets?)|recipients?|"
        rf"when we share|how (?:do )?we share|whom? we (?:share|tell)|passing on",
        r"(?:service )?providers?|suppliers?|vendors?|partners?|processors?|affiliates?|group companies|legal \w+|"
        r"law enforcement|authorities|courts?|business transfers?|mergers?|sales? of|acquisition|consent|advis[eo]rs|"
        r"couriers?|advertis\w+|public|aggregated?|third part(?:y|ies)|what we never",
    ),
    _topic(
        "use",
        rf"how (?:and why )?(?:do )?(?:we|our \w+) (?:may )?(?:use|process)|use of {FACTS}|"
        rf"why we (?:use|need|collect|process)|(?:purposes?|uses) of|what we (?:use|do with)|"
        rf"using {FACTS}|(?:legal|lawful) bas[ie]s",
        r"orders?|fulfil\w*|communicat\w+|improv\w+|legal (?:compliance|obligations?)|compliance|complying|marketing|"
        r"personali[sz]\w+|fraud|safety|analytics|research|support|services?|provid\w+|deliver\w*|payments?|accounts?|"
        r"purposes?|automated decisions?|profiling|interests?|contracts?",
    ),
    _topic(
        "collection",
        r"(?:information|data|details) (?:that )?(?:we|our \w+) (?:may )?(?:collect|gather|hold|receive|store|keep)|"
        rf"what (?:\w+ )*we (?:\w+ )?(?:collect|gather|hold|know)|collection of|(?:collecting|gathering) {FACTS}|"
        rf"(?:types|categories|kinds) of {FACTS}|how (?:do )?we (?:collect|gather|get|obtain)|data collected",
        r"you (?:directly )?(?:provide|give|share|send|submit|tell|choose)|automatic\w*|sources?|others|"
        r"other people|devices?|usage|logs?|log files|location|payment|contact|account|sensitive|special categor\w+|"
        r"provided by|about you|third part(?:y|ies)|visits?|technical",
    ),
    _topic(
        "cookies",
        r"cookies?|tracking technologies|similar technologies",
        r"cookies?|essential|necessary|performance|functional|analytics?|targeting|advertising|control\w*|managing|pixels?|"
        r"local storage|consent|do not track",
    ),
    _topic(
        "contact",
        r"contact\w*(?: (?:us|information|details|our|the))|how to reach us|questions|get in touch|who to ask",
    ),
    _topic(
        "about", r"about (?:us|this)|who we are|introduction|scope|definitions|overview|controllers?|our \w+ officers?"
    ),
    _topic("values", r"our (?:\w+ )*(?:commitments?|promises?|approach|philosophy|principles|values)"),
    _topic("consent", r"^(?:your )?consent$|consent to (?:this|our)|agreement|acceptance"),
    _topic("closing", r"final|closing|conclusion|in (?:short|summary)|summary|thoughts"),
)

IN_BRACKETS = re.compile(r"\([^)]*\)")
OPENS_WITH_A_PREPOSITION = re.compile(r"(?:with|without|by|for|from|in|to|through|when|if)\b", re.IGNORECASE)


def topic_of(heading: str) -> Topic | None:
    """The topic a heading opens. What stands in brackets qualifies it, and "With Your Consent" continues a list."""
    wording = IN_BRACKETS.sub(" ", heading).strip()
    if OPENS_WITH_A_PREPOSITION.match(wording):
        return None
    return next((topic for topic in TOPICS if topic.opens.search(wording)), None)


def divides(topic: Topic | None, heading: str) -> bool:
    return bool(topic and topic.divides and topic.divides.search(IN_BRACKETS.sub(" ", heading)))
