// Choosing units: "Tick these" ticks them here, so that nothing ticked meanwhile is lost; a focus that stood among
// the ways goes back to the button that opened them once they are written anew; an answer about units that have
// changed since is not shown; ticks that the browser brought back are summed.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-take]");
  if (!button) return;
  event.preventDefault();
  const ids = button.value.split(" ").filter(Boolean);
  const boxes = ids.map((id) => document.getElementById(`unit-${id}`)).filter((box) => box && !box.checked);
  for (const box of boxes) box.checked = true;
  boxes[0]?.dispatchEvent(new Event("change", { bubbles: true }));
});

let opener = ""; // the button to go back to
document.addEventListener("htmx:beforeSwap", (event) => {
  const asked = event.detail.requestConfig.elt;
  if (asked.matches("[data-asks]") && !asked.isConnected) event.detail.shouldSwap = false;
  const ways = event.detail.shouldSwap && document.activeElement?.closest("#ways");
  if (ways) opener = `by-${ways.querySelector("input[name=ways]")?.value}`; // kept, whichever answer settles first
});
document.addEventListener("htmx:afterSettle", () => {
  if (opener && document.activeElement === document.body) document.getElementById(opener)?.focus();
  opener = "";
});

addEventListener("pageshow", () => {
  const boxes = [...document.querySelectorAll('.unit-groups input[type="checkbox"]')];
  const changed = boxes.find((box) => box.checked !== box.defaultChecked);
  changed?.dispatchEvent(new Event("change", { bubbles: true }));
});
