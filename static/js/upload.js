// <form data-upload data-limit="bytes">: files are checked, sent one after another with progress, and can be
// cancelled or tried again. Without script the same form is sent the ordinary way.
// Its last field is a hidden "whole": it arrives only when everything before it has arrived.
const CUT_OFF = "The upload was cut off. Nothing you wrote is lost: choose Try again.";
const SIGNED_OUT = "You were signed out. What you wrote is kept: sign in again, then choose the file again.";
const busy = new Set();

const make = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};

function size(bytes) {
  const units = ["bytes", "KB", "MB", "GB"];
  let step = 0;
  let left = bytes;
  while (left >= 1024 && step < 3) {
    left /= 1024;
    step += 1;
  }
  return `${step && left < 10 ? left.toFixed(1) : Math.round(left)} ${units[step]}`;
}

const inputsOf = (form) => [...form.querySelectorAll("input[type=file]")];
const chosen = (form) => inputsOf(form).flatMap((input) => [...input.files].map((file) => ({ name: input.name, file })));

function faultOf(file, limit) {
  if (file.size === 0) return `“${file.name}” is empty (0 bytes). Choose the file again, or open it first to see whether it is whole.`;
  if (limit && file.size > limit) {
    return `“${file.name}” is ${size(file.size)}; the most that can be sent is ${size(limit)}. Make it shorter or smaller, then choose it again.`;
  }
  return "";
}

const firstFault = (form) =>
  chosen(form).map(({ file }) => faultOf(file, Number(form.dataset.limit) || 0)).find(Boolean) || "";

function placeFor(form) {
  const given = form.querySelector("[data-upload-status]");
  if (given) return given;
  const place = make("div", { className: "stack-tight" });
  place.dataset.uploadStatus = "";
  form.append(place);
  return place;
}

function complain(form, sentence, again) {
  const place = placeFor(form);
  place.querySelector(".notice")?.remove();
  if (!sentence) return;
  const notice = make("div", { className: "notice not-yet" }, make("p", { textContent: sentence }));
  notice.setAttribute("role", "alert");
  if (again) {
    const retry = make("button", { type: "button", className: "button", textContent: "Try again" });
    retry.addEventListener("click", again);
    notice.append(retry);
  }
  place.append(notice);
  notice.querySelector("button")?.focus();
}

// A file has one line: its name, how far it is, a bar.
function lineFor(file) {
  const words = make("span", { textContent: "waiting" });
  const bar = make("progress", { max: 100, value: 0 });
  bar.setAttribute("aria-label", `Sending ${file.name}`);
  const head = make("div", { className: "progress-words" }, make("span", { textContent: file.name }), words);
  return { item: make("li", {}, head, bar), words, bar };
}

function bodyFor(form, submitter, entry, turn) {
  const body = new FormData(form, submitter);
  for (const input of inputsOf(form)) body.delete(input.name);
  // Each file is a deed of its own: what keeps a form from being accepted twice must differ between them.
  for (const fresh of form.querySelectorAll("input[type=hidden][data-fresh]")) {
    if (turn > 0) body.set(fresh.name, (entry.fresh ??= crypto.randomUUID?.() || `${fresh.value}-${turn}`));
  }
  body.append(entry.name, entry.file, entry.file.name);
  body.delete("whole");
  body.append("whole", "1");
  return body;
}

function answerOf(request) {
  const type = request.getResponseHeader("Content-Type") || "";
  if (type.includes("json")) {
    try {
      return JSON.parse(request.responseText);
    } catch {
      return { error: "The answer could not be read. Look in your evidence before you send it again." };
    }
  }
  if (request.status === 413) return { error: "This is more than can be sent at once. Nothing was saved." };
  if (request.status === 401 || request.responseURL.includes("/login")) return { error: SIGNED_OUT };
  if (request.status >= 400) return { error: `It was not accepted (${request.status}). Nothing you wrote is lost.` };
  return { page: request.responseText, url: request.responseURL };
}

function send(form, body, line, speak) {
  const request = new XMLHttpRequest();
  let spoken = 0;
  const done = new Promise((resolve) => {
    request.upload.addEventListener("progress", (event) => {
      if (!event.lengthComputable) return;
      const part = Math.floor((100 * event.loaded) / event.total);
      line.bar.value = part;
      line.words.textContent = part === 100 ? "checking it" : `${part}% of ${size(event.total)}`;
      const quarter = Math.floor(part / 25) * 25;
      if (quarter > spoken) speak(`${(spoken = quarter)}% sent`);
    });
    request.addEventListener("load", () => resolve(answerOf(request)));
    request.addEventListener("error", () => resolve({ cutOff: true }));
    request.addEventListener("abort", () => resolve({ cancelled: true }));
  });
  request.open("POST", form.getAttribute("action") || location.href);
  request.setRequestHeader("Accept", "application/json");
  request.send(body);
  return { request, done };
}

// An answer that is a page (the form again, with what is wrong) takes the place of this one.
function show(answer) {
  const page = new DOMParser().parseFromString(answer.page, "text/html");
  const main = page.querySelector("main");
  if (!main || !main.querySelector(".errors, .field.wrong")) {
    location.assign(answer.url);
    return;
  }
  document.querySelector("main").replaceWith(main);
  document.title = page.title;
  main.querySelector(".errors")?.focus();
}

function start(form, submitter, files) {
  const place = placeFor(form);
  const live = make("p", { className: "unseen" });
  live.setAttribute("role", "status");
  const cancel = make("button", { type: "button", className: "button small", textContent: "Cancel" });
  const lines = files.map(({ file }) => lineFor(file));
  place.replaceChildren(make("ul", { className: "sending plain" }, ...lines.map((line) => line.item)), cancel, live);
  const run = { form, submitter, files, lines, place, cancel, speak: (words) => (live.textContent = words), at: 0 };
  cancel.addEventListener("click", () => run.request?.abort());
  go(run);
}

async function go(run) {
  const { form } = run;
  busy.add(form);
  form.setAttribute("aria-busy", "true");
  complain(form, "");
  run.cancel.hidden = false;
  let answer = {};
  while (run.at < run.files.length) {
    const line = run.lines[run.at];
    const body = bodyFor(form, run.submitter, run.files[run.at], run.at);
    const sending = send(form, body, line, run.speak);
    run.request = sending.request;
    answer = await sending.done;
    if (answer.cutOff || answer.cancelled || answer.error || answer.page) break;
    line.bar.value = 100;
    line.words.textContent = "sent";
    run.at += 1;
  }
  finish(run, answer);
}

function finish(run, answer) {
  const { form } = run;
  busy.delete(form);
  form.removeAttribute("aria-busy");
  run.cancel.hidden = true;
  if (answer.redirect) {
    run.speak("Sent");
    location.assign(answer.redirect);
  } else if (answer.page) show(answer);
  else if (answer.cutOff) complain(form, CUT_OFF, () => go(run));
  else if (answer.cancelled) complain(form, "Cancelled. Nothing you wrote is lost.", () => go(run));
  else complain(form, answer.error || "The answer could not be read. Look in your evidence before you send it again.");
}

document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (!form.matches("form[data-upload]")) return;
    if (busy.has(form)) {
      event.preventDefault();
      return;
    }
    const files = chosen(form);
    if (!files.length) return;
    event.preventDefault();
    const fault = firstFault(form);
    if (fault) complain(form, fault);
    else start(form, event.submitter, files);
  },
  true,
);

document.addEventListener("change", (event) => {
  const form = event.target.matches?.("input[type=file]") && event.target.closest("form[data-upload]");
  if (!form || busy.has(form)) return;
  placeFor(form).replaceChildren();
  complain(form, firstFault(form));
  const list = form.querySelector("[data-upload-list]");
  list?.replaceChildren(...chosen(form).map(({ file }) => make("li", { textContent: `${file.name}, ${size(file.size)}` })));
});

// Files can be dropped on <div data-drop> around a file input.
for (const name of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(name, (event) => {
    const zone = event.target.closest?.("[data-drop]");
    if (!zone) return;
    event.preventDefault();
    zone.classList.toggle("over", name === "dragover");
    const input = zone.querySelector("input[type=file]");
    if (name !== "drop" || !event.dataTransfer.files.length) return;
    const several = event.dataTransfer.files.length > 1 && !input.multiple;
    if (several) return complain(input.form, "Only one file fits here: drop one at a time.");
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

addEventListener("beforeunload", (event) => {
  if (busy.size) event.preventDefault();
});
