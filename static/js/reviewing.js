// Reviewing what was read: a line, what was read from it and a doubt about it are chosen together; a correction is
// opened with one key. Without script the same links lead from one to the other, and the same forms are sent.
const TWO_PANES = matchMedia("(min-width: 960px)");
const linesOf = (element) => (element.dataset.lines || "").split(" ").filter(Boolean);
const reading = () => document.querySelector("[data-reading]");

// Only the pane scrolls: the page around it stays where it is.
function bring(element) {
  const pane = element?.closest(".pane");
  if (!pane || pane.scrollHeight <= pane.clientHeight) return;
  const box = element.getBoundingClientRect();
  const frame = pane.getBoundingClientRect();
  const inside = box.top >= frame.top && box.bottom <= frame.bottom - 24;
  if (!inside) pane.scrollTo({ top: pane.scrollTop + box.top - frame.top - frame.height / 4 });
}

function choose(line, from) {
  const page = reading();
  if (!page) return;
  const own = from?.matches("[data-lines]") ? from : null;
  page.dataset.line = line || "";
  page.dataset.at = own?.id || "";
  let led = Boolean(own && own.matches(".read"));
  for (const part of page.querySelectorAll("[data-lines], .line")) {
    const isLine = part.matches(".line");
    const chosen = part === own || (isLine ? part.id === `line-${line}` : !own && linesOf(part).includes(line));
    part.classList.toggle("is-chosen", chosen);
    if (!chosen || !TWO_PANES.matches) continue;
    if (isLine) bring(part);
    else if (part !== own && !led && part.matches(".read")) {
      bring(part);
      led = true;
    }
  }
  if (own) bring(own);
}

const numberIn = (hash) => /^#line-(\d+)$/.exec(hash)?.[1];

function chooseByAddress() {
  const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const named = document.getElementById(reading()?.dataset.at);
  const line = numberIn(location.hash) || (target && linesOf(target)[0]) || reading()?.dataset.line;
  if (line || named) choose(line, target && target.matches("[data-lines]") ? target : named);
}

document.addEventListener("click", (event) => {
  if (!reading() || event.defaultPrevented) return;
  const link = event.target.closest("a[href^='#']");
  const line = link && numberIn(link.hash);
  const target = link && document.getElementById(link.hash.slice(1));
  if (link && TWO_PANES.matches && (line || target?.matches("[data-lines]"))) {
    event.preventDefault();
    history.replaceState(null, "", link.hash);
    choose(line || linesOf(target)[0], line ? link.closest("[data-lines]") : target);
    return;
  }
  if (event.target.closest("a, button, summary, form, label")) return;
  if (String(getSelection())) return; // somebody marks words to copy them
  const part = event.target.closest(".line.is-cited, [data-lines]");
  if (!part) return;
  if (part.matches(".line")) choose(part.id.slice(5));
  else if (linesOf(part).length) choose(linesOf(part)[0], part);
});

addEventListener("hashchange", chooseByAddress);

function open(fold) {
  fold.open = true;
  const field = fold.querySelector("textarea, input:not([type=hidden]), select");
  field?.focus();
  if (field?.matches("textarea")) field.setSelectionRange(field.value.length, field.value.length);
}

// e: correct what is chosen; escape: leave it as it is; control and enter: save.
const typing = (target) => target.matches?.("input, select, textarea") || target.isContentEditable;

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || document.querySelector("dialog[open]")) return;
  const form = event.target.closest?.("form");
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && form?.closest("[data-correct]")) {
    event.preventDefault();
    form.requestSubmit();
  } else if (event.key === "Escape" && event.target.closest?.("[data-correct][open]")) {
    const fold = event.target.closest("[data-correct]");
    fold.open = false;
    fold.querySelector("summary").focus();
  } else if (event.key === "e" && !event.ctrlKey && !event.metaKey && !event.altKey && !typing(event.target)) {
    if (switchedOff()) return;
    const here = event.target.closest?.("[data-row], [data-lines]") || reading()?.querySelector(".read.is-chosen");
    const fold = here?.querySelector("[data-correct]");
    if (!fold) return;
    event.preventDefault();
    open(fold);
  }
});

function switchedOff() {
  try {
    return localStorage.getItem("attest.keys.off") === "yes";
  } catch {
    return false;
  }
}

document.addEventListener(
  "toggle",
  (event) => {
    if (event.target.matches?.("[data-correct]") && event.target.open && event.target.matches(":focus-within")) open(event.target);
  },
  true,
);

// A refused correction comes back with its form, as the page would: it is shown, and nothing typed is lost.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr } = event.detail;
  if (xhr.status !== 422 && xhr.status !== 409) return;
  event.detail.shouldSwap = true;
  event.detail.isError = false;
});

// After a correction the keyboard stands where it stood, and what was chosen is chosen still.
let stood = "";

document.addEventListener("htmx:beforeRequest", (event) => {
  stood = event.detail.elt.closest("[data-lines], .read")?.id || "";
});

document.addEventListener("htmx:afterSettle", (event) => {
  const page = reading();
  if (!page || event.target.id !== "what") return;
  openKept();
  for (const part of page.querySelectorAll("[data-lines]")) {
    const { at, line } = page.dataset;
    part.classList.toggle("is-chosen", at ? part.id === at : linesOf(part).includes(line));
  }
  const refused = page.querySelector("#what [autofocus]");
  const place = stood && document.getElementById(stood);
  (refused || place?.querySelector("summary"))?.focus({ preventScroll: !refused });
});

// What was kept of a correction is worth seeing only in an open form.
function openKept() {
  for (const notice of document.querySelectorAll("form[data-keep] > .notice")) {
    for (let fold = notice.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  }
}

openKept();

// A document is sent as soon as it is chosen.
document.addEventListener("change", (event) => {
  const input = event.target;
  if (input.matches("input[type=file][data-send-at-once]") && input.files.length) input.form.requestSubmit();
});

chooseByAddress();
