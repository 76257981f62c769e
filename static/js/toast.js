// Messages: they can be closed; good news leaves by itself, bad news stays.
// Other modules say something with document.dispatchEvent(new CustomEvent("attest:say", {detail: {text, level}})).
const STAYS = 12000;
const place = document.querySelector("[data-toasts]");

function leave(toast) {
  if (toast.matches(":hover, :focus-within")) setTimeout(() => leave(toast), 3000);
  else toast.remove();
}

function begin(toast) {
  if (toast.matches(".error, .warning") || toast.dataset.leaving) return;
  toast.dataset.leaving = "yes";
  setTimeout(() => leave(toast), STAYS);
}

document.addEventListener("click", (event) => {
  event.target.closest("[data-dismiss]")?.closest(".toast")?.remove();
});

document.addEventListener("attest:say", (event) => {
  const toast = document.createElement("div");
  toast.className = `toast ${event.detail.level || "info"}`;
  const words = document.createElement("p");
  words.textContent = event.detail.text;
  const close = document.createElement("button");
  close.type = "button";
  close.className = "linklike";
  close.dataset.dismiss = "";
  close.textContent = "Close";
  toast.append(words, close);
  place?.append(toast);
});

if (place) {
  place.querySelectorAll(".toast").forEach(begin);
  new MutationObserver(() => place.querySelectorAll(".toast").forEach(begin)).observe(place, { childList: true });
}

// An answer that htmx does not put into the page would otherwise pass unseen.
document.addEventListener("htmx:sendError", () => {
  const text = "The connection was lost. Nothing was changed: try again in a moment.";
  document.dispatchEvent(new CustomEvent("attest:say", { detail: { text, level: "error" } }));
});
document.addEventListener("htmx:responseError", (event) => {
  // A refusal comes as the page that would have been shown; its first sentence is the reason.
  const page = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html");
  const said = event.detail.xhr.status === 403 && page.querySelector("main .lead")?.textContent.trim();
  const text = said || "That did not work, and nothing was changed. Try again or reload the page.";
  document.dispatchEvent(new CustomEvent("attest:say", { detail: { text, level: "error" } }));
});
