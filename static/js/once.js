// A form is sent once, however often its button is pressed.
const AGAIN_AFTER = 8000; // an answer that is a download leaves the page where it is

// `elements` also holds the buttons that stand elsewhere and name this form.
const buttonsOf = (form) => [...form.elements].filter((field) => field.type === "submit");

function free(form) {
  delete form.dataset.sent;
  form.removeAttribute("aria-busy");
  for (const button of buttonsOf(form)) {
    if (!button.dataset.held) continue;
    button.removeAttribute("aria-disabled");
    delete button.dataset.held;
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method === "dialog" || form.method === "get") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  if (event.defaultPrevented) return;
  form.dataset.sent = "yes";
  form.setAttribute("aria-busy", "true");
  // Not `disabled`: a disabled button would leave its own name and value out of what is sent.
  for (const button of buttonsOf(form)) {
    button.setAttribute("aria-disabled", "true");
    button.dataset.held = "yes";
  }
  setTimeout(() => free(form), AGAIN_AFTER);
});

addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(free));

// A button that only says why it cannot be used does nothing, wherever it stands.
document.addEventListener(
  "click",
  (event) => {
    const button = event.target.closest('[aria-disabled="true"]');
    if (button && !button.dataset.held) event.preventDefault();
  },
  true,
);
