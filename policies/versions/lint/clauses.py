"""How clauses that are no valid consent are worded, in English and in Urdu; the most telling kind first."""

import re

_AGREES = r"(?:consent\w*|agree(?:s|d|ing|ment)?|accept(?:s|ed|ing|ance)?)"
_AGREES_UR = "(?:رضامند|راضی|متفق|اتفاق|قبول|منظور|تسلیم)"
_USING = (
    r"(?:us(?:e|ing)|visit(?:ing)?|access(?:ing)?|brows(?:e|ing)|enter(?:ing)?|interact(?:ing)?|stay(?:ing)?|"
    r"scroll(?:ing)?)"
)
_MEANS = (
    r"(?:constitut\w+|mean(?:s|ing)?|signif\w+|indicat\w+|impl(?:y|ies)|confirm\w*|amounts? to|represent\w*|counts? as|"
    r"(?:is|are|be) (?:deemed|considered|taken|treated|regarded|understood)|acknowledg\w+)"
)
_PLACE = r"(?:(?:web ?)?sites?|services?|pages?|platform|app|shop|store|products?)"

_PATTERNS = {
    "passive-acceptance": (
        rf"\b(?:continu\w+|further|ongoing|subsequent) (?:to )?(?:your )?{_USING}\b.*\b(?:{_MEANS}|you(?:'re| are"
        rf"| will)?)\b.*\b{_AGREES}\b",
        rf"\bif you (?:continue|keep|go on)(?: to| on| with)? (?:{_USING}|order|shop|buy|us)\w*\b"
        rf".*\byou (?:\w+ ){{0,3}}{_AGREES}\b",
        rf"(?:استعمال|دورہ|خدمات)[^۔]*جاری رکھ[^۔]*{_AGREES_UR}",
    ),
    "consent-by-use": (
        rf"\bby (?:\w+ ){{0,2}}{_USING}\b(?:(?!\bwe\b)[^|])*\byou (?:\w+ ){{0,4}}{_AGREES}\b",
        rf"\byou (?:\w+ ){{0,2}}{_AGREES}\b.*\bby (?:\w+ ){{0,2}}{_USING} (?:\w+ ){{0,3}}{_PLACE}\b",
        rf"\b(?:your )?{_USING} (?:of|our|the|this)\b.*\b{_MEANS}\b.*\b{_AGREES}\b",
        rf"(?:استعمال|دورہ|وزٹ|رسائی)[^۔]*(?:کر ?کے|کرتے ہوئے|کرتے ہی|کرنے سے|کا مطلب|کرنے پر)[^۔]*{_AGREES_UR}",
    ),
    "deemed": (
        rf"\b(?:deemed|presumed|assumed|considered|taken) to (?:have |be )?(?:\w+ ){{0,2}}{_AGREES}\b",
        rf"\b(?:deemed|implied|tacit|presumed) {_AGREES}\b",
        rf"\bwe (?:will |shall )?(?:assume|presume|take it|understand) (?:that )?you(?:'re| are"
        rf"| have)? (?:\w+ ){{0,2}}{_AGREES}\b",
        rf"\bunless you (?:tell|inform|notify|object|opt out|say)\b.*\b(?:you|your) (?:\w+ ){{0,2}}{_AGREES}\b",
        rf"\bsilence\b.*\b{_MEANS}\b.*\b{_AGREES}\b",
        rf"{_AGREES_UR}[^۔]*(?:سمجھا جائے گا|سمجھے جائیں گے|سمجھی جائے گی|تصور کی[ا]? جائے|مانا جائے گا|متصور)",
        rf"(?:سمجھا جائے گا|تصور کی[ا]? جائے گ[ای]) کہ[^۔]*{_AGREES_UR}",
    ),
    "bundled-consent": (
        rf"\bby (?:providing|submitting|giving|sharing|registering|ordering|creating|signing|purchasing|buying"
        r"|contacting)\b.*"
        rf"\byou (?:\w+ ){{0,4}}{_AGREES} (?:to|with) (?:\w+ ){{0,6}}(?:polic(?:y|ies)|notice|statement|practices"
        r"|processing|use|collection)\b",
        rf"\byou must {_AGREES} (?:to )?(?:this|our|the) (?:privacy )?(?:policy|notice|statement)\b",
        rf"(?:فراہم|جمع|رجسٹر|آرڈر)[^۔]*(?:کر ?کے|کرنے سے|کرانے سے|کروانے سے|ہونے سے)[^۔]*پالیسی[^۔]*{_AGREES_UR}",
    ),
    "take-it-or-leave-it": (
        r"\bif you (?:do not|don't|cannot|can't|disagree|are not|aren't)\b.*\b(?:(?:do not|don't|should not"
        r"|must not|may not|cease to|stop) "
        r"(?:\w+ ){0,2}(?:use|using|visit|visiting|access|accessing|provide|browse)|refrain from|discontinue"
        r"|leave (?:the|our|this)|"
        r"(?:cannot|can't) use)\b",
        r"\b(?:only|sole) (?:\w+ )?(?:remedy|option|choice|recourse) is to (?:stop|leave|cease|discontinue|not)\b",
        r"اگر آپ[^۔]*(?:متفق|راضی|اتفاق|قبول|منظور|رضامند)[^۔]*ن[ہ][^۔]*(?:استعمال (?:ہرگز )?ن[ہ]|استعمال بند"
        r"|چھوڑ دیں|استعمال ترک)",
    ),
    "browser-as-choice": (
        r"\bcookies?\b.*\b(?:through|via|in|using|with|by (?:\w+ )?(?:changing|adjusting|modifying|using|setting)"
        r"|from) (?:\w+ ){0,5}"
        r"browser(?:'s)?\b",
        r"\bbrowser(?:'s)? (?:settings?|preferences|controls?|options?)\b.*\bcookies?\b",
        r"\b(?:set|configure|adjust) your browser to (?:refuse|reject|block|decline|disable)\b",
        r"براؤزر[^۔]*(?:سیٹنگ|ترتیبات|ترجیحات)[^۔]*کوکی|کوکی[^۔]*براؤزر[^۔]*(?:سیٹنگ|ترتیبات|ترجیحات)",
    ),
    "check-back": (
        r"\b(?:check|review|visit|revisit|consult|read|look at|monitor)\b.*\b(?:page|policy|notice|statement|site"
        r"|here|terms)\b.*"
        r"\b(?:regularly|periodically|frequently|often|occasionally|from time to time|for (?:any )?(?:changes"
        r"|updates))\b",
        r"\b(?:regularly|periodically|frequently) (?:check|review|visit|consult|read|monitor)\b",
        r"\b(?:check back|your responsibility to (?:check|review|read|stay|monitor|keep))\b",
        r"(?:صفح|پالیسی)[^۔]*(?:باقاعدگی|وقتاً فوقتاً|گاہے بگاہے|بار بار)[^۔]*(?:دیکھ|پڑھ|جائزہ|چیک|ملاحظہ)",
        r"(?:باقاعدگی|وقتاً فوقتاً|گاہے بگاہے)[^۔]*(?:صفح|پالیسی)[^۔]*(?:دیکھ|پڑھ|جائزہ|چیک|ملاحظہ)",
    ),
}


def _compiled(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """What one cell of a table says does not bear on the next."""
    within_a_cell = "|".join(patterns).replace(".*", "[^|]*").replace("[^۔]", "[^۔|]")
    return re.compile(within_a_cell, re.IGNORECASE)


CLAUSES = {code: _compiled(patterns) for code, patterns in _PATTERNS.items()}
