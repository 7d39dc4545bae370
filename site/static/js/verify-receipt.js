// Checks a receipt in the visitor's own browser: WebCrypto, and no code of anybody else. What is exported is pure and tested
// against the site's own; what follows at the end is the page /choices/verify/. docs/receipts.md says what each step proves.

const TYPE = "kept-receipt+jwt";
const WORDS = ["uid", "kind", "subject", "happened_at", "facts"];
const SEALED_WITHIN = 10 * 60 * 1000; // milliseconds; usually it takes a minute
const MOST_SIGNATURES = 64;

/** Something is not as it should be; `code` names the sentence that says so. */
export class Refused extends Error {
  constructor(code, values = {}) {
    super(code);
    this.code = code;
    this.values = values;
  }
}

// --- canonical JSON (RFC 8785, after Unicode NFC): strings, numbers, booleans, null, lists and objects

export function canonical(value) {
  if (typeof value === "string") return written(value);
  if (typeof value === "number") return numeral(value);
  if (value === null || typeof value === "boolean") return String(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  const named = new Map(Object.keys(value).map((name) => [name.normalize("NFC"), value[name]]));
  if (named.size < Object.keys(value).length) throw new Refused("wrong_leaf"); // two names became one
  // Without a function, `sort` compares UTF-16 code units, which is the order of RFC 8785.
  const members = [...named.keys()].sort().map((name) => `${written(name)}:${canonical(named.get(name))}`);
  return `{${members.join(",")}}`;
}

function written(text) {
  if (/\p{Surrogate}/u.test(text)) throw new Refused("wrong_leaf"); // half a letter has no UTF-8
  return JSON.stringify(text.normalize("NFC"));
}

function numeral(value) {
  const fits = Number.isInteger(value) ? Number.isSafeInteger(value) : Number.isFinite(value);
  if (!fits) throw new Refused("wrong_leaf");
  return JSON.stringify(value);
}

// --- bytes

const utf8 = (text) => new TextEncoder().encode(text);

async function sha256(...parts) {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const all = new Uint8Array(length);
  parts.reduce((at, part) => (all.set(part, at), at + part.length), 0);
  return new Uint8Array(await crypto.subtle.digest("SHA-256", all));
}

const hexadecimal = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

function bytesOfHash(text) {
  if (typeof text !== "string" || !/^[0-9a-f]{64}$/.test(text)) throw new Refused("bad_proof");
  return Uint8Array.from(text.match(/../g), (pair) => parseInt(pair, 16));
}

/** Base64 with its padding, and in one spelling only. */
function bytesOfBase64(text) {
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)) throw new Refused("not_a_receipt");
  const known = atob(text);
  if (btoa(known) !== text) throw new Refused("not_a_receipt");
  return Uint8Array.from(known, (letter) => letter.charCodeAt(0));
}

function bytesOfBase64url(text) {
  if (typeof text !== "string" || !/^[A-Za-z0-9_-]*$/.test(text)) throw new Refused("not_a_receipt");
  const padding = "=".repeat((4 - (text.length % 4)) % 4);
  return bytesOfBase64(text.replace(/-/g, "+").replace(/_/g, "/") + padding);
}

const base64 = (bytes) => btoa(String.fromCharCode(...bytes));
const base64url = (bytes) => base64(bytes).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

function jsonOf(bytes, code) {
  try {
    const said = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    if (isObject(said)) return said;
  } catch {
    // What cannot be read is refused below, like what reads as something else.
  }
  throw new Refused(code);
}

// --- the keys of a ledger (RFC 7517, RFC 8037, RFC 7638)

export async function keysOf(document) {
  if (!isObject(document) || typeof document.origin !== "string" || !Array.isArray(document.keys)) throw new Refused("bad_keys");
  try {
    return { origin: document.origin, all: await Promise.all(document.keys.map((row) => keyOf(row, document.origin))) };
  } catch (wrong) {
    throw wrong.code === "unsupported" ? wrong : new Refused("bad_keys");
  }
}

async function keyOf(row, origin) {
  const raw = bytesOfBase64url(row.x);
  const thumbprint = base64url(await sha256(utf8(canonical({ crv: "Ed25519", kty: "OKP", x: row.x }))));
  if (row.kty !== "OKP" || row.crv !== "Ed25519" || raw.length !== 32 || row.kid !== thumbprint) throw new Refused("bad_keys");
  const hash = hexadecimal((await sha256(utf8(`${origin}\n`), Uint8Array.of(1), raw)).slice(0, 4));
  const ended = row.retired_at === null ? Infinity : momentOf(row.retired_at);
  return { kid: row.kid, hash, raw, public: await imported(raw), from: momentOf(row.not_before), until: ended };
}

async function imported(raw) {
  try {
    return await crypto.subtle.importKey("raw", raw, "Ed25519", false, ["verify"]);
  } catch {
    throw new Refused("unsupported");
  }
}

function momentOf(text) {
  const moment = typeof text === "string" ? Date.parse(text) : NaN;
  if (Number.isNaN(moment)) throw new Refused("bad_keys");
  return moment;
}

const vouches = (key, signature, bytes) => crypto.subtle.verify("Ed25519", key.public, signature, bytes);

// --- the receipt (RFC 7515)

/** What a receipt is made of, with nothing of it verified. */
export function partsOf(jws, largest = Infinity) {
  if (jws.length > largest) throw new Refused("too_long");
  const parts = jws.split(".");
  if (parts.length !== 3) throw new Refused("not_a_receipt");
  const [header, payload, signature] = parts.map(bytesOfBase64url);
  const named = jsonOf(header, "not_a_receipt");
  if (Object.keys(named).sort().join() !== "alg,kid,typ" || named.alg !== "EdDSA" || named.typ !== TYPE) {
    throw new Refused("other_header");
  }
  return { kid: named.kid, payload, signature, told: utf8(`${parts[0]}.${parts[1]}`) };
}

/** The key that signed it. */
export async function signerOf(parts, keys) {
  const key = keys.all.find((each) => each.kid === parts.kid);
  if (!key) throw new Refused("unknown_key");
  if (!(await vouches(key, parts.signature, parts.told))) throw new Refused("bad_signature");
  return key;
}

/** What a receipt says whose signature holds. */
export function saidBy(parts, key, origin) {
  const said = jsonOf(parts.payload, "not_a_receipt");
  if (!Number.isSafeInteger(said.iat) || !isObject(said.entry) || !isObject(said.entry.facts)) throw new Refused("not_a_receipt");
  if (said.origin !== origin) throw new Refused("other_ledger");
  // Moments of receipts are whole seconds, cut off below.
  if (said.iat < Math.floor(key.from / 1000) || said.iat * 1000 > key.until) throw new Refused("key_not_in_use");
  return said;
}

/** The leaf hash of an entry's words (RFC 9162, section 2.1.1). */
export async function leafOf(entry) {
  const words = Object.fromEntries(WORDS.map((name) => [name, entry[name]]));
  if (Object.keys(entry).length !== WORDS.length || Object.values(words).includes(undefined)) throw new Refused("wrong_leaf");
  return hexadecimal(await sha256(Uint8Array.of(0), utf8(canonical(words))));
}

// --- the tree (RFC 9162, section 2.1.3.2). Sizes may be beyond 32 bits, so nothing is shifted here.

export async function rootOfInclusion(leaf, index, size, proof) {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) throw new Refused("bad_proof");
  if (!Array.isArray(proof) || proof.length > 64) throw new Refused("bad_proof");
  const half = (number) => Math.floor(number / 2);
  let [place, last, found] = [index, size - 1, bytesOfHash(leaf)];
  for (const part of proof.map(bytesOfHash)) {
    if (last === 0) throw new Refused("bad_proof");
    if (place % 2 || place === last) {
      found = await sha256(Uint8Array.of(1), part, found);
      while (place % 2 === 0 && place) [place, last] = [half(place), half(last)];
    } else {
      found = await sha256(Uint8Array.of(1), found, part);
    }
    [place, last] = [half(place), half(last)];
  }
  if (last !== 0) throw new Refused("bad_proof");
  return hexadecimal(found);
}

// --- checkpoints (c2sp.org/signed-note, c2sp.org/tlog-checkpoint)

export async function headOf(note, keys, code = "bad_checkpoint") {
  if (typeof note !== "string" || note.length > 65536 || !note.endsWith("\n")) throw new Refused(code);
  const gap = note.lastIndexOf("\n\n");
  const lines = note.slice(gap + 2, -1).split("\n");
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  if (gap < 0 || lines.length > MOST_SIGNATURES || /[\x00-\x09\x0b-\x1f]/.test(note)) throw new Refused(code);
  const text = note.slice(0, gap + 1);
  const signers = (await Promise.all(lines.map((line) => noteSigner(line, text, keys, code)))).filter(Boolean);
  const head = textOfHead(text, code);
  const inUse = signers.some((key) => key.from <= head.sealed && head.sealed <= key.until);
  if (!inUse || head.origin !== keys.origin) throw new Refused(code);
  return head;
}

/** The key of one line of signatures; nothing for keys that are not known. */
async function noteSigner(line, text, keys, code) {
  const match = /^\u2014 ([^\s+]+) ([A-Za-z0-9+/]+={0,2})$/u.exec(line);
  if (!match) throw new Refused(code);
  let signature;
  try {
    signature = bytesOfBase64(match[2]);
  } catch {
    throw new Refused(code);
  }
  const hash = hexadecimal(signature.slice(0, 4));
  const key = match[1] === keys.origin && keys.all.find((each) => each.hash === hash);
  if (!key) return null;
  if (!(await vouches(key, signature.slice(4), utf8(text)))) throw new Refused(code);
  return key;
}

function textOfHead(text, code) {
  const [origin, size, root, ...others] = text.slice(0, -1).split("\n");
  const sealed = (others.find((line) => line.startsWith("sealed ")) || "").slice("sealed ".length);
  try {
    const [bytes, count] = [bytesOfBase64(root), Number(size)];
    if (bytes.length !== 32 || !/^(?:0|[1-9][0-9]*)$/.test(size) || !Number.isSafeInteger(count)) throw new Refused(code);
    return { origin, size: count, root: hexadecimal(bytes), sealed: momentOf(sealed), at: sealed };
  } catch {
    throw new Refused(code);
  }
}

// --- the steps, one after the other; `ask` fetches JSON: {status, said}

export const STEPS = ["receipt", "signature", "key", "words", "ledger", "checkpoint", "held"];

/** Goes through the steps; `tell(step, outcome, code, values)` is called for each, and what the receipt says is returned. */
export async function check({ jws, keys, held = "", largest = Infinity, ask, now = Date.now(), tell }) {
  let at = "receipt";
  let said = null;
  const good = (code, values) => tell(at, "ok", code, values);
  try {
    const parts = partsOf(jws, largest);
    good("is_a_receipt");
    at = "signature";
    const key = await signerOf(parts, keys);
    good("good_signature", { kid: key.kid });
    at = "key";
    said = saidBy(parts, key, keys.origin);
    good("key_in_use", { name: keys.origin });
    at = "words";
    const leaf = await leafOf(said.entry);
    if (leaf !== said.leaf) throw new Refused("wrong_leaf");
    good("right_leaf", { leaf });
    at = "ledger";
    const proof = await provenBy(said, ask, now);
    if (proof.leaf !== leaf) throw new Refused("bad_proof");
    const root = await rootOfInclusion(leaf, proof.index, proof.size, proof.proof);
    good("in_the_ledger", { index: proof.index, size: proof.size });
    at = "checkpoint";
    const head = await headOf(proof.checkpoint, keys);
    if (head.size !== proof.size || head.root !== root) throw new Refused("other_root");
    good("sealed", { moment: head.at });
    at = "held";
    good("fits_held", { size: await fitsHeld({ held, keys, leaf, head, index: proof.index, ask }) });
  } catch (wrong) {
    if (!(wrong instanceof Refused)) throw wrong;
    tell(at, OPEN.has(wrong.code) ? "open" : "failed", wrong.code, wrong.values);
  }
  for (const step of STEPS.slice(STEPS.indexOf(at) + 1)) tell(step, "open", "stopped");
  return said;
}

const OPEN = new Set(["not_sealed", "no_answer", "none_held", "held_older"]);

async function provenBy(said, ask, now) {
  const answer = await ask(`${said.leaf}/inclusion`);
  if (answer.status === 200 && isObject(answer.said)) return answer.said;
  if (answer.status !== 404) throw new Refused("no_answer");
  throw new Refused(now - Date.parse(said.entry.happened_at) < SEALED_WITHIN ? "not_sealed" : "not_in_the_ledger");
}

async function fitsHeld({ held, keys, leaf, head, index, ask }) {
  if (!held) throw new Refused("none_held");
  const kept = await headOf(held, keys, "bad_held");
  if (kept.size > head.size) throw new Refused("held_longer", { size: kept.size, newest: head.size });
  if (kept.size <= index) throw new Refused("held_older", { size: kept.size });
  let root = head.root;
  if (kept.size < head.size) {
    const { status, said } = await ask(`${leaf}/inclusion?size=${kept.size}`);
    if (status !== 200 || !isObject(said)) throw new Refused("no_answer");
    root = await rootOfInclusion(leaf, index, kept.size, said.proof);
  }
  if (root !== kept.root) throw new Refused("held_other", { size: kept.size });
  return kept.size;
}

// --- the page

const form = typeof document === "undefined" ? null : document.getElementById("verify");
if (form) start(form, JSON.parse(document.getElementById("verify-words").textContent));

function start(form, words) {
  const largest = Number(form.dataset.largest);
  const field = form.elements.receipt;
  form.hidden = false;
  document.getElementById("verify-without").hidden = true;

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    run();
  });
  form.elements.file.addEventListener("change", async () => {
    const [file] = form.elements.file.files;
    if (file) field.value = file.size > largest ? "" : (await file.text()).trim();
    if (file && file.size > largest) show([["receipt", "failed", "too_long", {}]], null);
  });
  addEventListener("hashchange", fetchNamed);
  fetchNamed();

  /** The page of a receipt links here with its token behind the #, which no browser sends anywhere. */
  async function fetchNamed() {
    const named = /^#receipt=([A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43})$/.exec(location.hash);
    if (!named) return;
    const answer = await get(`${form.dataset.receipts}${named[1]}.jws`);
    if (!answer || !answer.ok) return show([["receipt", "open", "not_fetched", {}]], null);
    field.value = (await answer.text()).trim();
    await run();
  }

  async function run() {
    const told = [];
    let said = null;
    busy(true);
    try {
      const keys = await keysOf(await keyFile());
      said = await check({
        jws: field.value.trim(),
        keys,
        held: await textOf(form.elements.held),
        largest,
        ask,
        tell: (...step) => told.push(step),
      });
    } catch (wrong) {
      if (!(wrong instanceof Refused)) throw wrong;
      told.push(["signature", wrong.code === "unsupported" || wrong.code === "no_answer" ? "open" : "failed", wrong.code, {}]);
    } finally {
      busy(false);
    }
    show(told, said);
  }

  function busy(is) {
    form.setAttribute("aria-busy", String(is));
  }

  async function keyFile() {
    if (!globalThis.crypto || !crypto.subtle) throw new Refused("unsupported");
    const own = await textOf(form.elements.keys);
    if (own) return jsonOf(utf8(own), "bad_keys");
    const answer = await get(form.dataset.keys);
    if (!answer || !answer.ok) throw new Refused("no_answer");
    return jsonOf(new Uint8Array(await answer.arrayBuffer()), "bad_keys");
  }

  async function textOf(input) {
    const [file] = input.files;
    if (!file) return "";
    return file.size > largest ? "too long" : file.text();
  }

  async function ask(path) {
    const answer = await get(form.dataset.entries + path);
    if (!answer) throw new Refused("no_answer");
    return { status: answer.status, said: await answer.json().catch(() => null) };
  }

  function get(url) {
    const plainly = { credentials: "omit", redirect: "error", cache: "no-store", referrerPolicy: "no-referrer" };
    return fetch(url, { ...plainly, signal: AbortSignal.timeout(15_000) }).catch(() => null);
  }

  // Everything is put into the page as text: whatever stands in a receipt, nothing of it is markup.

  function show(told, said) {
    const place = document.getElementById("verify-result");
    const worst = ["failed", "open", "ok"].find((outcome) => told.some((step) => step[1] === outcome && step[2] !== "none_held"));
    const box = element("div", `box ${worst === "failed" ? "box--bad" : worst === "ok" ? "box--good" : "box--notice"}`);
    const isOurs = told.some(([step, outcome]) => step === "words" && outcome === "ok");
    const verdict = worst === "open" && !isOurs ? "unknown" : worst;
    box.append(element("h2", "", words[`verdict_${verdict}`]), ...(isOurs ? [saying(said)] : []));
    const steps = element("ol", "steps");
    for (const [step, outcome, code, values] of told) steps.append(stepOf(step, outcome, code, values));
    place.replaceChildren(box, steps);
    place.scrollIntoView({ block: "nearest" });
  }

  function stepOf(step, outcome, code, values = {}) {
    const item = element("li", `step step--${outcome}`);
    const tag = element("span", `tag ${{ ok: "tag--in_force", failed: "tag--removed", open: "tag--coming" }[outcome]}`);
    tag.textContent = words[`outcome_${outcome}`];
    const why = element("p", "muted");
    const text = words[code] || code;
    for (const part of text.split(/(\{\w+\})/)) {
      const name = /^\{(\w+)\}$/.exec(part);
      const value = name && (name[1] === "moment" ? moment(values.moment) : String(values[name[1]]));
      why.append(name ? element("bdi", "", value) : part);
    }
    item.append(element("strong", "", words[`step_${step}`]), " ", tag, why);
    return item;
  }

  function saying({ entry, record }) {
    const list = element("ul");
    const names = namesIn(record);
    list.append(element("li", "", moment(entry.happened_at)));
    for (const state of ["given", "renewed", "refused", "withdrawn", "expired"]) {
      const told = isObject(entry.facts[state]) ? Object.keys(entry.facts[state]) : [];
      for (const code of told) {
        const item = element("li", "", `${words[`state_${state}`]} `);
        item.append(element("bdi", "", names.get(code) || code));
        list.append(item);
      }
    }
    if (typeof entry.facts.category === "string") list.append(element("li", "", `${entry.kind}: ${entry.facts.category}`));
    return list;
  }

  /** In the visitor's own zone, named, because the page of the receipt tells that of the site. */
  function moment(text) {
    const [at, language] = [Date.parse(text), document.documentElement.lang];
    const style = { dateStyle: "long", timeStyle: "long" };
    return Number.isNaN(at) ? String(text) : new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, style).format(at);
  }

  function namesIn(record) {
    const process = isObject(record) && isObject(record["dpv:hasRecordOfActivity"]) && record["dpv:hasRecordOfActivity"]["dpv:hasProcess"];
    const each = Array.isArray(process) ? process.filter(isObject) : [];
    return new Map(each.map((one) => [one["dct:identifier"], one["dpv:hasPurpose"]?.["dct:title"]?.["@value"]]));
  }

  function element(name, className = "", text = "") {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  }
}
