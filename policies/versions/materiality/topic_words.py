"""The words of each topic, in English and in Urdu: in headings, and in sentences under headings that tell nothing.

The importer keeps words of its own (`importing/plain_text/topics.py`). They answer another question, where a section of an
unmarked English text begins, and must not change with what is only suggested here.
"""

_FACTS = r"(?:(?:your|the|personal|customer|user) )*(?:information|data|details|records)"
_COLLECT = r"(?:collect|gather|hold|know|receive|store)"

HEADINGS: dict[str, tuple[str, ...]] = {
    "changes": (r"\b(?:changes?|updates?|amendments?|revisions?) (?:to|of|in)\b", "تبدیلی", "ترامیم", "ترمیم"),
    "children": (r"\b(?:child(?:ren)?|minors?|under 1[368])\b", "بچے", "بچوں", "نابالغ"),
    "transfers": (r"\b(?:transfers?|abroad|overseas|cross-border|outside)\b", "منتقلی", "بیرون ملک"),
    "legal_basis": (r"\b(?:legal|lawful) (?:bas[ie]s|grounds?)\b", "قانونی بنیاد"),
    "retention": (
        rf"\b(?:retention|how long|storage period|retain|(?:keep|store) {_FACTS})\b",
        "کتنی مدت|کب تک|کتنا عرصہ|محفوظ رکھنے کی مدت",
    ),
    "security": (rf"\b(?:secur\w+|protect\w*|safeguard\w*|keeping {_FACTS})\b", "حفاظت|سکیورٹی|سیکیورٹی|تحفظ"),
    "complaints": (r"\b(?:complain\w*|disputes?|grievances?|supervisory authorit\w+)\b", "شکایات|شکایت|تنازعات"),
    "cookies": (r"\b(?:cookies?|tracking|trackers?|pixels?)\b", "کوکی"),
    "sharing": (
        r"\b(?:shar(?:e|es|ed|ing)|disclos\w+|recipients?|third part(?:y|ies)|service providers?)\b",
        r"\b(?:who (?:else )?(?:receives|sees|gets)|pass(?:ing)? on|sell|selling)\b",
        "بانٹ|اشتراک|شیئر|وصول کنندگان|تیسرے فریق",
    ),
    "rights": (r"\b(?:rights?|your choices|what you can (?:do|ask))\b", r"حقوق|\bحق\b|آپ کے (?:اختیار|انتخاب)"),
    "consent": (r"\b(?:consent|agreement|acceptance)\b", "رضامندی|اجازت"),
    "purposes": (
        rf"\b(?:how (?:and why )?(?:do )?we (?:may )?(?:use|process)|us(?:e of|ing) {_FACTS}|purposes?)\b",
        r"\b(?:why we (?:use|need|collect|process)|what we (?:use|do with))\b",
        "کیسے استعمال|کیوں استعمال|مقاصد|مقصد|معلومات کا استعمال",
    ),
    "data": (
        rf"\b(?:{_FACTS} (?:that )?we (?:may )?{_COLLECT}|what (?:\w+ )*we {_COLLECT}|data collected)\b",
        rf"\b(?:collection of|collecting|gathering|(?:types|categories|kinds) of {_FACTS})\b",
        "جمع کر|اکٹھ[یا]|کون سی معلومات|کون سا ڈیٹا",
    ),
    "controller": (
        r"\b(?:who we are|controllers?|who is responsible|about us|data fiduciary)\b",
        "ہم کون ہیں|ذمہ دار کون|کنٹرولر|ہمارے بارے",
    ),
    "contact": (r"\b(?:contact\w*|reach us|get in touch|questions|who to ask)\b", "رابطہ|رابطے|سوالات"),
    "links": (
        r"\b(?:third[- ]party (?:web ?)?(?:sites?|links?)|(?:other|external) (?:(?:web ?)?sites?|links?))\b",
        "دوسری ویب|بیرونی ویب",
    ),
}

WORDING: dict[str, tuple[str, ...]] = {
    "data": (r"\bwe (?:also |may |automatically )*(?:collect|gather|record|receive)\b", "(?:جمع|اکٹھا) کرتے"),
    "purposes": (r"\bwe (?:also |may |will )*(?:use|process)\b.*\b(?:to|for)\b", "کے لیے استعمال کر"),
    "sharing": (
        r"\b(?:we|be) (?:also |may |will |never )*(?:share|disclose|sell|pass on|shared|disclosed|sold)\b",
        "بانٹتے|شیئر کر|فراہم کرتے ہیں",
    ),
    "retention": (r"\b(?:kept|retain\w*|stored|keep (?:it|them|your|the)) (?:\w+ )*for\b", "تک (?:محفوظ )?رکھ"),
    "rights": (
        r"\byou (?:can|may|have the right to) (?:also )?(?:ask|request|object|withdraw|access|correct|delete|complain)\b",
        "آپ [^۔]*(?:درخواست|اعتراض|واپس لے)",
    ),
    "cookies": (r"\bcookies?\b", "کوکی"),
    "contact": (r"[\w.+-]+@[\w-]+\.\w", r"\b(?:write to|call|reach) us\b", "ہمیں لکھیں|رابطہ کریں"),
}
