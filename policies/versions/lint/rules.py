"""Every rule of the lint in one table: why it is there, where that is written, and what to write instead.

Laws and guidelines are as of November 2026, mostly from other people's accounts of them; a lawyer should look at the paragraphs
before anybody relies on one.
"""

from django.utils.translation import gettext_lazy as _

from .finding import Rule, Severity

_CONSENT = "GDPR Art. 4(11), 7, recital 32; EDPB Guidelines 05/2020, paras 75–86; Planet49, C-673/17"
_TOLD = "GDPR Art. 13"
_ASKED_ANEW = _(
    "We tell you before a change takes effect. If it needs your consent, we ask you; until you answer, your present "
    "choices stay as they are."
)

_ALL = (
    # Clauses that are no valid consent
    Rule(
        "consent-by-use",
        Severity.INVALID,
        _("Using a website is no clear affirmative act, so it is no consent."),
        _CONSENT,
        _(
            "We ask for consent only where we need it, separately for each purpose, and you give it by a deliberate act."
        ),
        is_clause=True,
    ),
    Rule(
        "passive-acceptance",
        Severity.INVALID,
        _("Silence and continued use accept nothing: neither consent nor a new text."),
        _CONSENT,
        _ASKED_ANEW,
        is_clause=True,
    ),
    Rule(
        "deemed",
        Severity.INVALID,
        _("Consent cannot be assumed; the person gives it, and you have to be able to prove it."),
        "GDPR Art. 7(1), recital 32; EDPB Guidelines 05/2020, paras 75–86, 104–108",
        _("We count only what you have told us. Silence is a no."),
        is_clause=True,
    ),
    Rule(
        "bundled-consent",
        Severity.INVALID,
        _("Agreeing to a whole policy, or along with something else, is neither specific nor freely given."),
        "GDPR Art. 7(2), 7(4); EDPB Guidelines 05/2020, paras 13–17, 42–45, 81",
        _("This policy informs you; you need not agree to it. Where a use needs consent, we ask for it separately."),
        is_clause=True,
    ),
    Rule(
        "take-it-or-leave-it",
        Severity.INVALID,
        _("Consent is not free where the only way to refuse is to stay away."),
        "GDPR Art. 7(4), recitals 42–43; EDPB Guidelines 05/2020, paras 13–14, 38–41",
        _("You can use our website whatever you choose, and change your choice at any time."),
        is_clause=True,
    ),
    Rule(
        "browser-as-choice",
        Severity.INVALID,
        _("The settings of a browser are no choice for each purpose, and most people never made one there."),
        "ePrivacy Directive Art. 5(3); GDPR recital 32; EDPB Guidelines 05/2020, para 89",
        _("We set cookies that are not essential only after you allow them, and you can change your mind at any time."),
        is_clause=True,
    ),
    Rule(
        "check-back",
        Severity.DOUBTFUL,
        _("Whoever changes the rules has to tell people; telling them to come back and look is not enough."),
        "WP260 rev.01, para 29; FTC, 13 February 2024",
        _("We tell you about every material change before it takes effect."),
        is_clause=True,
    ),
    # Changes
    Rule(
        "change-without-notice",
        Severity.INVALID,
        _("A material change has to be told well before it takes effect, so that people can object or leave."),
        "WP260 rev.01, paras 29–31; GDPR Art. 13(3); Colorado 4 CCR 904-3, Rule 6.04; FTC, 13 February 2024",
        _ASKED_ANEW,
        is_clause=True,
    ),
    # What every privacy policy has to say
    Rule(
        "no-controller",
        Severity.MISSING,
        _("The text does not say who is responsible, and the site's settings do not either."),
        f"{_TOLD}(1)(a)",
        _("Name the company or person that is responsible, in the site's settings or in the text."),
    ),
    Rule(
        "no-postal-address",
        Severity.MISSING,
        _("There is no postal address of those who are responsible."),
        f"{_TOLD}(1)(a); WP260 rev.01, annex; ISO/IEC TS 27560:2023, party address",
        _("Give the postal address, in the site's settings or in the text."),
    ),
    Rule(
        "no-contact",
        Severity.MISSING,
        _("There is no e-mail address, telephone number or form to reach those who are responsible."),
        f"{_TOLD}(1)(a)–(b); 11 CCR § 7020",
        _("Give an e-mail address for privacy matters, in the site's settings or in the text."),
    ),
    Rule(
        "no-legal-basis",
        Severity.MISSING,
        _("No use of data has its legal basis beside it."),
        f"{_TOLD}(1)(c)–(d), Art. 6(1)",
        _("Name the legal basis of each use: consent, contract, legal obligation or legitimate interest."),
    ),
    Rule(
        "no-complaint",
        Severity.MISSING,
        _("The text does not say that people can complain to an authority."),
        f"{_TOLD}(2)(d), Art. 77",
        _("You can complain to a data protection authority at any time, without asking us first."),
        is_clause=True,
    ),
    Rule(
        "no-authority",
        Severity.DOUBTFUL,
        _("The right to complain is mentioned, but no authority is named; people would have to find it themselves."),
        f"{_TOLD}(2)(d), Art. 77; WP260 rev.01, annex",
        _("Name the authority and give its address, in the site's settings or in the text."),
    ),
    Rule(
        "no-retention",
        Severity.MISSING,
        _("The text does not say how long data is kept."),
        f"{_TOLD}(2)(a)",
        _("Say for each kind of data how long it is kept, or what decides it."),
    ),
    Rule(
        "no-withdrawal",
        Severity.MISSING,
        _("Consent is mentioned, but not that it can be taken back."),
        f"{_TOLD}(2)(c), Art. 7(3)",
        _("You can take back your consent at any time, as easily as you gave it."),
        is_clause=True,
    ),
    Rule(
        "no-gpc",
        Severity.ADVICE,
        _("The text speaks to California, but does not say what happens when a browser sends an opt-out signal."),
        "11 CCR § 7025(c), § 7011(e)",
        _("If your browser sends the Global Privacy Control signal, we treat it as your opt-out."),
        is_clause=True,
    ),
    Rule(
        "no-date",
        Severity.MISSING,
        _("The text says neither who is responsible nor since when it holds."),
        "GDPR Art. 12(1); Colorado 4 CCR 904-3, Rule 6.04; 11 CCR § 7011(e)",
        _("Fill in who is responsible in the site's settings; the site itself then shows the date of every version."),
    ),
    # Promises
    Rule(
        "longer-than-law",
        Severity.INVALID,
        _("%(name)s allows %(limit)s; the text promises %(promise)s."),
        "",
        _("Promise %(limit)s or less."),
    ),
    Rule(
        "sometimes-longer-than-law",
        Severity.DOUBTFUL,
        _("%(name)s allows %(limit)s, which can be shorter than the %(promise)s that the text promises."),
        "",
        _("Promise %(days)s or less."),
    ),
    Rule(
        "promise-not-kept",
        Severity.DOUBTFUL,
        _("The text promises %(promise)s; in the past it took %(measured)s."),
        "FTC Act § 5; GDPR Art. 5(1)(a), 12(3)",
        _("Work faster, or promise what you can keep within the law."),
    ),
    Rule(
        "promise-too-modest",
        Severity.ADVICE,
        _("The text promises %(promise)s; in the past it took only %(measured)s."),
        "GDPR Art. 12(3): without undue delay",
        _("You could promise a shorter time."),
    ),
    Rule(
        "vague-deadline",
        Severity.DOUBTFUL,
        _("People cannot tell by when they will have an answer, and the law sets a time for every request."),
        "GDPR Art. 12(3); 11 CCR § 7021(b)",
        _("We answer every request within 28 days at most."),
        is_clause=True,
    ),
    Rule(
        "plain-number",
        Severity.ADVICE,
        _("This number is plain text: the site does not know that it is a promise and cannot keep count."),
        "Kept: promises",
        _("Replace the sentence by a promise block with the same number."),
    ),
    Rule(
        "vague-retention",
        Severity.DOUBTFUL,
        _("“As long as necessary” tells nobody how long; a period or what decides it has to be named."),
        f"{_TOLD}(2)(a), Art. 5(1)(e); WP260 rev.01, annex",
        _("Kept for … years after …, then erased."),
        is_clause=True,
    ),
    # Left over
    Rule(
        "placeholder",
        Severity.INVALID,
        _("Somebody meant to fill this in."),
        "GDPR Art. 12(1)",
        _("Write what belongs here, or take it out."),
    ),
    Rule(
        "dead-link",
        Severity.DOUBTFUL,
        _("This link leads nowhere."),
        "GDPR Art. 12(1)–(2); WCAG 2.2, 2.4.4",
        _("Let the link lead somewhere, or take it out."),
    ),
    Rule(
        "same-heading",
        Severity.ADVICE,
        _("Two sections have the same heading, so that people cannot tell them apart in the list of contents."),
        "WCAG 2.2, 2.4.6",
        _("Give each section a heading of its own."),
    ),
    Rule(
        "empty-section",
        Severity.DOUBTFUL,
        _("There is nothing under this heading."),
        "GDPR Art. 12(1)",
        _("Write what belongs here, or take the heading out."),
    ),
    Rule(
        "written-date",
        Severity.DOUBTFUL,
        _("The site shows the date of every version; this one was written by hand and will be wrong."),
        "Colorado 4 CCR 904-3, Rule 6.04; WP260 rev.01, para 31",
        _("Take the date out of the text."),
    ),
)

RULES: dict[str, Rule] = {rule.code: rule for rule in _ALL}
"""By code. Those on promises get their words and sources filled in."""
