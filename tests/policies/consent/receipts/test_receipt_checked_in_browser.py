"""Sara checks her receipt in her own browser, and so does somebody who would fool her."""

import base64
import json
import re
from random import Random

import pytest
from axe_playwright_python.sync_playwright import Axe
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.utils.translation import override

from common import clock
from common.canonical import canonical
from policies.consent.actions import Act, record_choices
from policies.consent.knowing import known
from policies.consent.links import receipt_url
from policies.consent.models import Purpose
from policies.consent.rules import Remembered
from policies.consent.wordings import wording_in_force
from policies.ledger import keys, notes, tree
from policies.ledger.models import Method
from policies.ledger.receipts import LARGEST, read_receipt, receipt
from policies.ledger.rules import leaf_hash
from policies.ledger.sealing import seal
from tests.factories import home
from tests.policies.consent.receipts.lines_told import controller
from tests.policies.ledger.growing import lines as grow

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGE = "/choices/verify/"
STEPS = ["receipt", "signature", "key", "words", "ledger", "checkpoint", "held"]


@pytest.fixture(autouse=True)
def own_keys(tmp_path, settings, live_server):
    settings.LEDGER_KEYS = str(tmp_path / "keys")
    settings.SITE_URL = live_server.url
    home()


@pytest.fixture
def mine(version):
    controller()
    wording = wording_in_force(language="en")
    choices = {code: code == "performance" for code in known("en").asked}
    return record_choices(remembered=Remembered(), act=Act(choices, wording, Method.FORM)).entry


def signed(entry):
    return receipt(entry, record={"dpv:hasRecordOfActivity": {"dpv:hasProcess": []}})


def file(name, words):
    return {"name": name, "mimeType": "text/plain", "buffer": words.encode()}


def check(page, jws, *, held="", keys_file="", path=PAGE):
    """Paste, press the button, read what it says: the verdict, and the outcome and the words of each step."""
    if not page.url.endswith(path):
        page.goto(path)
    page.locator("#receipt").evaluate("(field, words) => { field.value = words }", jws)
    page.set_input_files("#held", [file("held.txt", held)] if held else [])
    page.set_input_files("#keys", [file("keys.json", keys_file)] if keys_file else [])
    if keys_file or held:
        page.locator("#verify summary").evaluate("summary => summary.parentElement.open = true")
    page.locator("#verify-result").evaluate("place => place.replaceChildren()")
    page.locator("#verify button").click()
    return told(page)


def told(page):
    page.wait_for_selector("#verify-result h2")
    outcomes = page.locator(".step").evaluate_all("all => all.map((each) => each.className.match(/step--(\\w+)/)[1])")
    return page.locator("#verify-result h2").inner_text(), outcomes, page.locator("#verify-result").inner_text()


def test_a_fresh_receipt_is_ours_and_waits_for_its_seal(visitor, mine):
    verdict, outcomes, words = check(visitor, signed(mine))
    assert verdict == "This receipt is signed by us; not everything could be checked."
    assert outcomes == ["ok", "ok", "ok", "ok", "open", "open", "open"]
    assert "not sealed yet" in words
    assert "You agreed: performance" in words


def test_a_sealed_one_holds(visitor, mine):
    seal()
    verdict, outcomes, words = check(visitor, signed(mine))
    assert verdict == "This receipt holds."
    assert outcomes == [*["ok"] * 6, "open"]
    assert mine.leaf in words


def test_among_many_it_holds_too_and_fits_every_checkpoint_that_was_kept(visitor, mine):
    grow(5)
    early = seal().note
    grow(700)
    late = seal().note
    for held in (early, late):
        verdict, outcomes, _ = check(visitor, signed(mine), held=held)
        assert (verdict, outcomes) == ("This receipt holds.", ["ok"] * 7)


def test_a_checkpoint_from_before_it_is_not_compared(visitor, version):
    grow(3)
    early = seal().note
    [entry] = grow(1)
    seal()
    _, outcomes, words = check(visitor, signed(entry), held=early)
    assert outcomes[-1] == "open"
    assert "this line came later" in words


def note_over(size, root):
    return notes.signed(notes.checkpoint_text(notes.Head(keys.origin(), size, root, clock.now())), keys.current())


def test_a_ledger_that_was_rewritten_or_cut_is_found_by_what_she_kept(visitor, mine):
    seal()
    _, outcomes, words = check(visitor, signed(mine), held=note_over(1, b"\1" * 32))
    assert outcomes[-1] == "failed"
    assert "the ledger was rewritten" in words
    verdict, outcomes, words = check(visitor, signed(mine), held=note_over(9, b"\1" * 32))
    assert "some were cut off" in words
    assert verdict.startswith("Do not rely on this receipt")
    _, outcomes, _ = check(visitor, signed(mine), held="It is a note.\n\n— nobody AAAA\n")
    assert outcomes[-1] == "failed"


def test_the_link_on_her_receipt_checks_it_at_once(visitor, mine):
    seal()
    visitor.goto(receipt_url(mine))
    visitor.locator("a[href*='#receipt=']").click()
    verdict, _, words = told(visitor)
    assert verdict == "This receipt holds."
    assert "You agreed: Statistics" in words
    assert "You refused: Advertising" in words


def test_a_saved_file_can_be_chosen(visitor, mine):
    seal()
    visitor.goto(PAGE)
    visitor.set_input_files("[name=file]", [file("mine.jws", signed(mine) + "\n")])
    visitor.wait_for_function("document.getElementById('receipt').value")
    visitor.locator("#verify button").click()
    assert told(visitor)[0] == "This receipt holds."


def test_keys_that_she_saved_are_used_and_the_sites_are_not_asked(visitor, mine):
    asked = []
    visitor.on("request", lambda request: asked.append(request.url))
    verdict, _, _ = check(visitor, signed(mine), keys_file=json.dumps(keys.document()))
    assert verdict.startswith("This receipt is signed by us")
    assert not [url for url in asked if url.endswith("keys.json")]


# Who would fool her.


def encoded(known):
    return base64.urlsafe_b64encode(known).rstrip(b"=").decode()


def forged(payload, *, key=None, **header):
    header = {"alg": "EdDSA", "kid": keys.current().kid, "typ": "kept-receipt+jwt"} | header
    parts = f"{encoded(json.dumps(header).encode())}.{encoded(canonical(payload))}"
    return f"{parts}.{encoded((key or keys.current().private).sign(parts.encode()))}"


def edited(payload, **facts):
    entry = payload["entry"] | {"facts": payload["entry"]["facts"] | facts}
    return payload | {"entry": entry}


FORGERIES = {
    "a letter of the payload": (
        lambda jws, said: jws[:200] + ("A" if jws[200] != "A" else "B") + jws[201:],
        "signature",
    ),
    "a letter of the signature": (
        lambda jws, said: jws[:-9] + ("A" if jws[-9] != "A" else "B") + jws[-8:],
        "signature",
    ),
    "the last letter, in bits that mean nothing": (lambda jws, said: jws[:-1] + chr(ord(jws[-1]) + 1), "receipt"),
    "cut off": (lambda jws, said: jws[:-18], "signature"),
    "without a signature": (lambda jws, said: jws.rpartition(".")[0] + ".", "signature"),
    "alg none": (lambda jws, said: forged(said, alg="none"), "receipt"),
    "alg HS256": (lambda jws, said: forged(said, alg="HS256"), "receipt"),
    "a key of its own in the header": (lambda jws, said: forged(said, jwk={"kty": "OKP"}), "receipt"),
    "another type": (lambda jws, said: forged(said, typ="JWT"), "receipt"),
    "an unknown key": (lambda jws, said: forged(said, kid="unknown"), "signature"),
    "somebody else's key under our name": (
        lambda jws, said: forged(said, key=Ed25519PrivateKey.generate()),
        "signature",
    ),
    "other words, signed by us": (lambda jws, said: forged(edited(said, regime="none")), "words"),
    "another leaf, signed by us": (lambda jws, said: forged(said | {"leaf": "0" * 64}), "words"),
    "another ledger": (lambda jws, said: forged(said | {"origin": "other.example/ledger"}), "key"),
    "a day before the key": (lambda jws, said: forged(said | {"iat": 1_000_000_000}), "key"),
    "a payload that is a list": (lambda jws, said: forged([said]), "key"),
    "facts that are none": (lambda jws, said: forged(said | {"entry": {"facts": None}}), "key"),
    "a field too many": (lambda jws, said: forged(said | {"entry": said["entry"] | {"more": 1}}), "words"),
}


def test_whatever_is_changed_is_found_at_its_step(visitor, mine):
    seal()
    jws = signed(mine)
    said = read_receipt(jws)
    for name, (forge, step) in FORGERIES.items():
        other = forge(jws, said)
        assert other != jws, name
        verdict, outcomes, _ = check(visitor, other)
        at = STEPS.index(step)
        assert outcomes == ["ok"] * at + ["failed"] + ["open"] * (len(STEPS) - at - 1), name
        assert verdict.startswith("Do not rely"), name


def test_a_hundred_random_letters_are_found(visitor, mine):
    jws, chance = signed(mine), Random(7515)
    for _ in range(100):
        place = chance.randrange(len(jws))
        letter = chance.choice("".join(sorted({*"ABCDEFGHabcdefgh0123456789-_.é"} - {jws[place]})))
        other = jws[:place] + letter + jws[place + 1 :]
        assert "failed" in check(visitor, other)[1], (place, letter)


GARBAGE = [
    ("", "It is none"),
    ("x", "It is none"),
    ("a.b.c", "It is none"),
    ("..", "It is none"),
    ("é.ü.😀", "It is none"),
    ("<img src=x onerror=alert(1)>", "It is none"),
    ("A" * 1_000_000, "far too long"),
    (f"{'A' * LARGEST}.A.A", "far too long"),
    ("eyJhbGciOiJub25lIn0.e30.", "forged, or not ours"),
    ("W10.W10.W10", "It is none"),
    ("bnVsbA.bnVsbA.bnVsbA", "It is none"),
]


def test_garbage_gets_a_clear_answer(visitor, version):
    keys.current()
    for words, said in GARBAGE:
        assert said in check(visitor, words)[2], words[:40]


def test_a_file_of_a_megabyte_is_not_even_read(visitor, version):
    visitor.goto(PAGE)
    visitor.set_input_files("[name=file]", [file("mine.jws", "A" * 1_000_000)])
    assert "far too long" in told(visitor)[2]
    assert visitor.input_value("#receipt") == ""


NO_KEYS = ["x", "[]", "{}", '{"origin": "x", "keys": [1]}', '{"origin": "x", "keys": [{"kty": "OKP"}]}', "A" * 100_000]


def test_a_key_file_that_is_none_is_said_to_be_none(visitor, mine):
    for words in NO_KEYS:
        assert "The file of keys is none, or damaged." in check(visitor, signed(mine), keys_file=words)[2]


def test_markup_in_a_receipt_is_text(visitor, mine):
    said = read_receipt(signed(mine))
    title = {"@value": "<img src=x onerror='document.title=1'>"}
    process = [{"dct:identifier": "performance", "dpv:hasPurpose": {"dct:title": title}}]
    said["record"] = {"dpv:hasRecordOfActivity": {"dpv:hasProcess": process}}
    assert "<img src=x" in check(visitor, forged(said))[2]
    assert visitor.locator("#verify-result img").count() == 0


# A site that lies.


def answering(page, **changes):
    """The site's proof with something changed on the way."""

    def answer(route):
        said = route.fetch().json()
        for name, change in changes.items():
            said[name] = change(said[name]) if callable(change) else change
        route.fulfill(json=said)

    page.route("**/inclusion*", answer)


LIES = [
    ({"index": 1}, "checkpoint"),
    ({"index": -1}, "ledger"),
    ({"index": 1e300}, "ledger"),
    ({"index": "0"}, "ledger"),
    ({"size": 0}, "ledger"),
    ({"size": 1 << 40}, "ledger"),
    ({"proof": lambda proof: proof[:-1]}, "ledger"),
    ({"proof": lambda proof: [*proof, "0" * 64]}, "ledger"),
    ({"proof": lambda proof: ["0" * 64, *proof[1:]]}, "checkpoint"),
    ({"proof": lambda proof: [1, 2, 3]}, "ledger"),
    ({"proof": None}, "ledger"),
    ({"leaf": "0" * 64}, "ledger"),
    ({"checkpoint": None}, "checkpoint"),
    ({"checkpoint": "words"}, "checkpoint"),
    ({"checkpoint": lambda note: note.replace("\n7\n", "\n8\n")}, "checkpoint"),
    ({"checkpoint": lambda note: re.sub(r"sealed \d{4}", "sealed 2020", note)}, "checkpoint"),
]


def test_a_wrong_proof_convinces_nobody(visitor, mine):
    grow(6)
    seal()
    visitor.goto(PAGE)
    for changes, step in LIES:
        visitor.unroute_all()
        answering(visitor, **changes)
        verdict, outcomes, _ = check(visitor, signed(mine))
        assert outcomes[STEPS.index(step)] == "failed", changes
        assert verdict.startswith("Do not rely")


def test_a_checkpoint_of_somebody_elses_key_convinces_nobody(visitor, mine, tmp_path, settings):
    seal()
    own, settings.LEDGER_KEYS = settings.LEDGER_KEYS, str(tmp_path / "theirs")
    theirs = note_over(1, bytes.fromhex(mine.leaf))
    settings.LEDGER_KEYS = own
    visitor.goto(PAGE)
    answering(visitor, checkpoint=theirs)
    assert check(visitor, signed(mine))[1][STEPS.index("checkpoint")] == "failed"


def test_a_line_that_should_have_been_sealed_long_ago_is_missed(visitor, mine):
    said = read_receipt(signed(mine))
    entry = said["entry"] | {"happened_at": "2026-01-01T00:00:00.000000+00:00"}
    leaf = leaf_hash(**{**entry, "happened_at": clock.now().fromisoformat(entry["happened_at"])})
    _, outcomes, words = check(visitor, forged(said | {"entry": entry, "leaf": leaf}))
    assert outcomes[STEPS.index("ledger")] == "failed"
    assert "should be sealed by now" in words


def test_without_an_answer_of_the_site_it_says_so(visitor, mine):
    seal()
    for lost, expected in (
        ("**/inclusion*", "This receipt is signed by us; not everything could be checked."),
        ("**/keys.json", "This receipt could not be checked."),
    ):
        visitor.goto(PAGE)
        visitor.route(lost, lambda route: route.abort())
        verdict, _, words = check(visitor, signed(mine))
        assert "The site did not answer" in words
        assert verdict == expected


# The parts, against the site's own.


def evaluate(page, words, argument):
    page.goto(PAGE)
    return page.evaluate(
        f"async (given) => {{ const it = await import('/static/js/verify-receipt.js'); {words} }}", argument
    )


LETTERS = 'aZ09 "\\/\b\f\n\r\t\x00\x1f\x7f  ée\u0301رازداری\u200c😀\ue000\ud7ff\uffff' + "ﬁÅ가"


def any_value(chance, depth=0):
    kind = chance.randrange(9 if depth < 4 else 6)
    if kind < 2:
        return "".join(chance.choices(LETTERS, k=chance.randrange(8)))
    if kind < 4:
        return chance.choice([0, -1, chance.randrange(-(2**53) + 1, 2**53), chance.randrange(1000)])
    if kind < 6:
        return chance.choice([None, True, False, 0.5, -1.25e-7, 1e-6, 123.456, 5e-324, chance.random()])
    if kind == 6:
        return [any_value(chance, depth + 1) for _ in range(chance.randrange(5))]
    names = {"".join(chance.choices(LETTERS, k=chance.randrange(4))) for _ in range(chance.randrange(6))}
    return {name: any_value(chance, depth + 1) for name in names}


def test_its_canonical_json_is_that_of_the_site(visitor, version):
    chance, values, expected = Random(8785), [], []
    while len(values) < 5_000:
        value = any_value(chance)
        try:
            expected.append(canonical(value).decode())
        except ValueError:
            continue  # two names that are one in normal form have no canonical form here either
        values.append(json.dumps(value))
    found = evaluate(visitor, "return given.map((text) => it.canonical(JSON.parse(text)));", values)
    assert found == expected


def test_what_has_no_canonical_form_has_none_there(visitor, version):
    refused = "try { return it.canonical(JSON.parse(given)) } catch (wrong) { return wrong instanceof it.Refused }"
    for words in ('{"\\u00e9": 1, "e\\u0301": 2}', '"\\ud800"', str(2**53), str(-(2**53)), "1e999"):
        assert evaluate(visitor, refused, words) is True, words


def test_its_proofs_are_those_of_rfc_9162(visitor, version):
    leaves = [tree.leaf(bytes([number])) for number in range(70)]

    def node(coordinate):
        level, index = coordinate
        return tree.root(leaves[index << level : (index + 1) << level])

    given = []
    for size in range(1, 71):
        for index in {0, size // 2, size - 1}:
            proof = [each.hex() for each in tree.inclusion_proof(index, size, node)]
            given.append([leaves[index].hex(), index, size, proof, tree.root(leaves[:size]).hex()])
    found = evaluate(visitor, "return Promise.all(given.map((each) => it.rootOfInclusion(...each)));", given)
    assert found == [each[-1] for each in given]


def test_places_beyond_32_bits_are_reckoned_right(visitor, version):
    chance = Random(9162)
    given, expected = [], []
    for _ in range(40):
        size = chance.randrange(2**33, 2**52)
        index = chance.randrange(size)
        proof = [chance.randbytes(32) for _ in tree.inclusion_spans(index, size)]
        root = tree.root_of_inclusion(leaf_hash=b"\7" * 32, index=index, size=size, proof=proof)
        given.append(["07" * 32, index, size, [each.hex() for each in proof]])
        expected.append(root.hex())
    found = evaluate(visitor, "return Promise.all(given.map((each) => it.rootOfInclusion(...each)));", given)
    assert found == expected


# The page itself.


def test_nothing_is_sent_but_the_asking_for_keys_and_proof(visitor, mine, live_server):
    seal()
    visitor.goto(PAGE)
    asked = []
    visitor.on("request", lambda request: asked.append((request.method, request.url.removeprefix(live_server.url))))
    check(visitor, signed(mine))
    asked = [each for each in asked if "favicon" not in each[1]]  # the browser fetches it whenever it likes
    assert asked == [("GET", "/.well-known/kept/keys.json"), ("GET", f"/api/v1/ledger/entries/{mine.leaf}/inclusion")]


def test_its_script_is_all_that_runs(visitor, mine):
    complaints = []
    visitor.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    visitor.on("pageerror", lambda error: complaints.append(str(error)))
    seal()
    check(visitor, signed(mine))
    assert complaints == []


def test_without_javascript_it_says_what_to_do(chromium, live_server, version):
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(PAGE)
    words = page.locator("main").inner_text()
    assert "it needs JavaScript" in words
    assert "python verify_ledger.py --receipt receipt.jws --keys keys.json" in words
    assert not page.locator("#verify").is_visible()
    context.close()


@pytest.mark.parametrize(
    "old",
    [
        "crypto.subtle.importKey = () => Promise.reject(new DOMException('x', 'NotSupportedError'))",
        "Object.defineProperty(Crypto.prototype, 'subtle', { value: undefined })",
    ],
)
def test_a_browser_without_ed25519_says_so(visitor, mine, old):
    visitor.add_init_script(old)
    verdict, _, words = check(visitor, signed(mine))
    assert verdict == "This receipt could not be checked."
    assert "Your browser cannot check signatures of this kind" in words
    assert "python verify_ledger.py" in visitor.locator("main").inner_text()


SCREENS = [
    {"viewport": {"width": 320, "height": 700}, "color_scheme": "dark"},
    {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"},
]


@pytest.mark.parametrize("language", ["en", "ur"])
@pytest.mark.parametrize("screen", SCREENS, ids=["dark", "light"])
def test_nobody_is_shut_out(chromium, live_server, mine, language, screen):
    seal()
    Purpose.objects.filter(code="performance").update(recipients="Stats Ltd")
    with override(language):
        paths = [receipt_url(mine), "/choices/receipts/forged/", PAGE]
    prefix = "" if language == "en" else "/ur"
    context = chromium.new_context(base_url=live_server.url, **screen)
    page = context.new_page()
    for path in paths:
        page.goto(path if path.startswith(prefix) else prefix + path)
        assert faults(page) == [], path
    for jws in (signed(mine), signed(mine)[:-5], "x"):
        check(page, jws, path=prefix + PAGE)
        assert faults(page) == []
    context.close()


def faults(page):
    found = [
        (each["id"], [node["html"][:120] for node in each["nodes"]]) for each in Axe().run(page).response["violations"]
    ]
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return [*found, *(["scrolls sideways"] if wide else [])]
