// Gathering evidence: files are sent as soon as they are chosen; criteria are ticked, found and counted in the page.
document.addEventListener("change", (event) => {
  const input = event.target;
  if (input.matches("input[type=file][data-send-at-once]") && input.files.length) input.form.requestSubmit();
});

const form = document.querySelector("form[data-refer]");

const filtered = Boolean(new URLSearchParams(location.search).get("q")); // by the server: not every criterion is here

const boxesOf = (part) => [...part.querySelectorAll("[data-claim]:not([hidden]) input")];

function count() {
  let criteria = 0;
  let units = 0;
  for (const unit of form.querySelectorAll("[data-unit]")) {
    const ticked = unit.querySelectorAll("[data-claim] input:checked").length;
    const shown = unit.querySelector("[data-claimed]");
    // What a filter of the server's left out of the page is in the number it came with.
    shown.dataset.hidden ??= Number(shown.textContent) - unit.querySelectorAll("[data-claim] input[checked]").length;
    const sum = ticked + Number(shown.dataset.hidden);
    shown.textContent = sum;
    criteria += sum;
    units += sum > 0 ? 1 : 0;
    for (const outcome of unit.querySelectorAll("[data-outcome]")) label(outcome);
    if (!filtered) lack(unit);
  }
  if (filtered) return;
  const place = document.querySelector("[data-sum]");
  const words = `${criteria} ${criteria === 1 ? "criterion" : "criteria"} in ${units} ${units === 1 ? "unit" : "units"}`;
  if (place.textContent.trim() !== words) place.textContent = words;
}

const MOST_CODES = 8;

function lack(unit) {
  const open = [...unit.querySelectorAll("[data-claim]:not([data-elsewhere])")].filter((claim) => !claim.querySelector("input").checked);
  const codes = open.map((claim) => claim.dataset.claim);
  const more = codes.length > MOST_CODES ? ` and ${codes.length - MOST_CODES} more` : "";
  const words = codes.length ? ` · nothing yet for ${codes.slice(0, MOST_CODES).join(", ")}${more}` : "";
  unit.querySelector("[data-lacking]").textContent = words;
}

function label(outcome) {
  const boxes = boxesOf(outcome);
  const button = outcome.querySelector("[data-tick-all]");
  const whole = boxes.length > 0 && boxes.every((box) => box.checked);
  button.firstChild.textContent = whole ? "Untick all" : "Tick all";
}

function tickAll(button) {
  const boxes = boxesOf(button.closest("[data-outcome]"));
  const tick = !boxes.every((box) => box.checked);
  for (const box of boxes) box.checked = tick;
  form.dispatchEvent(new Event("change", { bubbles: true }));
}

// Words narrow the page as they are typed; codes ("401 1.1-1.4") wait for Find.
function narrow(typed) {
  const words = /^\s*\S*\d/.test(typed) ? [] : typed.toLowerCase().split(/\s+/).filter(Boolean);
  for (const unit of form.querySelectorAll("[data-unit]")) {
    const name = unit.querySelector(".unit-name").textContent;
    let any = false;
    for (const outcome of unit.querySelectorAll("[data-outcome]")) {
      const about = `${name} ${outcome.querySelector("h3").textContent}`;
      let some = false;
      for (const claim of outcome.querySelectorAll("[data-claim]")) {
        const text = `${about} ${claim.textContent}`.toLowerCase();
        claim.hidden = !words.every((word) => text.includes(word));
        some ||= !claim.hidden;
      }
      outcome.hidden = !some;
      any ||= some;
    }
    unit.hidden = !any;
    if (words.length && any) {
      unit.dataset.was ??= unit.open ? "open" : "shut";
      unit.open = true;
    } else if (!words.length && unit.dataset.was) {
      unit.open = unit.dataset.was === "open";
      delete unit.dataset.was;
    }
  }
}

if (form) {
  form.addEventListener("change", count);
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-tick-all]");
    if (!button) return;
    event.preventDefault();
    tickAll(button);
  });
  form.querySelector("[data-find]").addEventListener("input", (event) => {
    narrow(event.target.value);
    count();
  });
  count();
}
