// What is typed in <form data-keep="key"> is kept in this browser until the form was accepted.
// Restored when the page opens again (a session that expired, a tab closed by mistake); gone on signing out.
const user = document.body.dataset.user;
const DAYS = 14 * 24 * 3600 * 1000;
const prefix = `attest.keep.${user}.`;
const NEVER = new Set(["password", "file", "hidden", "submit", "button", "image", "reset"]);

const fieldsOf = (form) => [...form.elements].filter((field) => field.name && !NEVER.has(field.type));

function valueOf(field) {
  if (field.type === "checkbox" || field.type === "radio") return field.checked;
  if (field.type === "select-multiple") return [...field.selectedOptions].map((option) => option.value);
  return field.value;
}

function setValue(field, value) {
  if (field.type === "checkbox" || field.type === "radio") field.checked = value;
  else if (field.type === "select-multiple") {
    for (const option of field.options) option.selected = value.includes(option.value);
  } else field.value = value;
}

// Several fields may share a name, so the name, the choice's own value and the turn together name a field.
function keyed(form) {
  const seen = new Map();
  return fieldsOf(form).map((field) => {
    const choice = field.type === "checkbox" || field.type === "radio" ? `=${field.value}` : "";
    const name = field.name + choice;
    const turn = seen.get(name) || 0;
    seen.set(name, turn + 1);
    return [`${name}#${turn}`, field];
  });
}

const snapshot = (form) => Object.fromEntries(keyed(form).map(([name, field]) => [name, valueOf(field)]));
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

function read(key) {
  try {
    const kept = JSON.parse(localStorage.getItem(prefix + key));
    return kept && Date.now() - kept.at < DAYS ? kept.fields : null;
  } catch {
    return null;
  }
}

function write(key, fields) {
  try {
    localStorage.setItem(prefix + key, JSON.stringify({ at: Date.now(), fields }));
  } catch {
    // A full or forbidden store must not stop anybody from typing.
  }
}

function forget(key) {
  try {
    localStorage.removeItem(prefix + key);
  } catch {
    // Nothing was kept, then.
  }
}

function forgetAll() {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key);
  } catch {
    // As above.
  }
}

function tell(form, blank) {
  const notice = document.createElement("div");
  notice.className = "notice";
  notice.setAttribute("role", "status");
  const words = document.createElement("p");
  words.textContent = "We kept what you had typed.";
  const discard = document.createElement("button");
  discard.type = "button";
  discard.className = "linklike";
  discard.textContent = "Discard it";
  discard.addEventListener("click", () => {
    for (const [name, field] of keyed(form)) if (name in blank) setValue(field, blank[name]);
    forget(form.dataset.keep);
    notice.remove();
    form.dispatchEvent(new Event("change", { bubbles: true }));
  });
  notice.append(words, discard);
  form.prepend(notice);
}

function restore(form) {
  const kept = read(form.dataset.keep);
  const before = snapshot(form);
  form.attestBefore = before;
  if (!kept || same(kept, before)) return;
  let changed = false;
  for (const [name, field] of keyed(form)) {
    if (!(name in kept) || same(kept[name], before[name])) continue;
    setValue(field, kept[name]);
    changed = true;
  }
  if (!changed) return;
  tell(form, before);
  form.dispatchEvent(new Event("change", { bubbles: true }));
}

function save(form) {
  const now = snapshot(form);
  if (same(now, form.attestBefore)) forget(form.dataset.keep);
  else write(form.dataset.keep, now);
}

function accepted(root) {
  const meta = document.querySelector('meta[name="kept"]');
  if (meta) forget(meta.content);
  for (const done of root.querySelectorAll("[data-kept-done]")) {
    for (const key of done.dataset.keptDone.split(/\s+/)) forget(key);
  }
}

function begin(root) {
  accepted(root);
  const forms = [...root.querySelectorAll("form[data-keep]")];
  if (root.matches?.("form[data-keep]")) forms.push(root);
  for (const form of forms) if (!form.attestBefore) restore(form);
}

if (user) {
  begin(document);
  document.addEventListener("htmx:load", (event) => begin(event.detail.elt));
  const waiting = new Map();
  const soon = (event) => {
    const form = event.target.form || event.target.closest?.("form");
    if (!form?.dataset.keep || !form.attestBefore) return;
    clearTimeout(waiting.get(form));
    waiting.set(form, setTimeout(() => (waiting.delete(form), save(form)), 250));
  };
  document.addEventListener("input", soon);
  document.addEventListener("change", soon);
  addEventListener("pagehide", () => {
    for (const [form, timer] of waiting) {
      clearTimeout(timer);
      save(form);
    }
  });
  document.addEventListener("submit", (event) => {
    if (event.target.matches("[data-sign-out]")) {
      for (const timer of waiting.values()) clearTimeout(timer);
      waiting.clear();
      forgetAll();
    } else if (event.target.dataset.keep && event.target.attestBefore) save(event.target);
  });
}
