// Loads what waits for consent once it is given, and clears away what is left when it is not.
const facts = JSON.parse(document.getElementById("consent-facts").textContent);
const hasSignal = navigator.globalPrivacyControl;
const each = (selector, act) => document.querySelectorAll(selector).forEach(act);
const show = (part) => { part.hidden = false; part.style.display = "revert"; };
// Where storage is blocked, even a look at it may throw.
const carefully = (act) => { try { return act(); } catch {} };

// What is allowed, by the visitor's own cookie.
const jar = () => carefully(() => document.cookie.split("; ")) || [];
const said = () => (jar().find((cookie) => cookie.startsWith("kept_allows=")) || "").slice(12);
const isOff = (purpose) => hasSignal && facts.gpc.includes(purpose);
const allowed = () => {
  const today = new Date().toLocaleDateString("sv", { timeZone: facts.zone }).replace(/-/g, "");
  const counts = ([purpose, answer, version, until]) =>
    answer === "yes" && !isOff(purpose) && version >= (facts.renewed_in[purpose] || 0) && until >= today;
  return new Set(said().split(".").map((part) => part.split("-")).filter(counts).map(([purpose]) => purpose));
};

// Google Consent Mode v2: first of all, all is denied.
window.dataLayer ||= [];
window.gtag ||= function () { dataLayer.push(arguments); };
const signals = (now) => Object.fromEntries(Object.entries(facts.signals).map(([signal, purposes]) =>
  [signal, purposes.length && purposes.every((purpose) => now.has(purpose)) ? "granted" : "denied"]));
gtag("consent", "default", { ...signals(new Set()), wait_for_update: 500 });
gtag("set", "ads_data_redaction", true);

// What may not stay on the device.
const expire = (name) => {
  const labels = location.hostname.split(".");
  for (const domain of ["", ...labels.map((_, first) => labels.slice(first).join("."))])
    for (const path of ["/", location.pathname])
      document.cookie = `${name}=; max-age=0; path=${path}; domain=${domain}`;
};
const clear = (now) => {
  const isLeft = (name) => {
    const is = (pattern) => name === pattern || pattern.endsWith("*") && name.startsWith(pattern.slice(0, -1));
    const users = Object.keys(facts.cookies).filter((purpose) => facts.cookies[purpose].some(is));
    return users.length && !users.some((purpose) => now.has(purpose));
  };
  jar().map((cookie) => cookie.split("=")[0]).filter(isLeft).forEach(expire);
  for (const store of ["localStorage", "sessionStorage"])
    carefully(() => Object.keys(window[store]).filter(isLeft).forEach((key) => window[store].removeItem(key)));
};

// A page keeps the policy that it came with: what is allowed later is framed by an address of ours, or waits for the
// next page.
const atStart = allowed();
const loaded = new Set();
const put = (gate, src, form = "iframe") => {
  const { title = "", integrity } = gate.dataset;
  const made = document.createElement(form);
  if (integrity) Object.assign(made, { integrity, crossOrigin: "anonymous" });
  Object.assign(made, { src, title, alt: title, className: "gated__" + form });
  gate.dataset.loaded = "";
  if (gate.matches("script")) gate.after(made);
  else gate.replaceChildren(made);
  return made;
};
const apply = () => {
  const now = allowed();
  // What runs can only be stopped by leaving the page.
  if ([...loaded].some((purpose) => !now.has(purpose))) return location.reload();
  gtag("consent", "update", signals(now));
  clear(now);
  let waits = false;
  each("[data-consent][data-src]:not([data-loaded])", (gate) => {
    const { consent, src, form = "script", once } = gate.dataset;
    if (!now.has(consent)) return;
    if (atStart.has(consent)) put(gate, src, form);
    else if (once) put(gate, once);
    else return void (waits = true);
    loaded.add(consent);
  });
  return waits;
};

// Forms that choose are answered in place.
const isTyped = () => [...document.querySelectorAll("input, textarea")].some((field) =>
  field.value !== field.defaultValue || field.checked !== field.defaultChecked);
const settle = (form) => {
  const saved = form.closest(".consent")?.querySelector(".consent__saved");
  if (!saved) return;
  form.style.display = "none";
  show(saved);
  saved.tabIndex = -1;
  saved.focus();
};
const send = async (form, button) => {
  const key = form.elements.key || document.createElement("input");
  form.append(Object.assign(key, { type: "hidden", name: "key", value: crypto.randomUUID?.() || "" }));
  const body = new FormData(form);
  if (button?.name) body.append(button.name, button.value);
  const answer = await fetch(form.action, { method: "POST", body, redirect: "manual" }).catch(() => {});
  // Only a redirect means saved; all else is for the visitor to read.
  if (answer?.type !== "opaqueredirect" || !said()) return form.requestSubmit(button);
  if (apply() && !isTyped()) return location.reload();
  document.cookie = "kept_said=; max-age=0; path=/";
  settle(form);
};
const busy = new Set();
addEventListener("submit", (event) => {
  const form = event.target;
  if (busy.has(form) || !form.matches(".consent__form, .gated__always")) return;
  event.preventDefault();
  busy.add(form);
  send(form, event.submitter).finally(() => busy.delete(form));
});
addEventListener("click", (event) => {
  const gate = event.target.closest("[data-load-once]")?.closest("[data-once]");
  if (gate) put(gate, gate.dataset.once).focus();
});

// Now, and when the page is seen again: from the back/forward cache, or after another tab.
if (hasSignal) each(".gpc-status", show);
each("[data-load-once]", (button) => isOff(button.value) || show(button));
apply();
let last = said();
const look = () => {
  if (said() === last) return;
  last = said();
  each('link[href*="/choices/state.css"]', (link) => { link.href += "?"; });
  apply();
};
addEventListener("pageshow", (event) => event.persisted && look());
addEventListener("visibilitychange", () => document.hidden || look());
