// Keys for people who work in lists all day; never while somebody types, and they can be switched off.
const OFF = "attest.keys.off";
const rowsOf = () => [...document.querySelectorAll("[data-row], [data-judge]")].filter((row) => row.offsetParent);
const rowOf = (element) => element?.closest?.("[data-row], [data-judge]");

function off() {
  try {
    return localStorage.getItem(OFF) === "yes";
  } catch {
    return false;
  }
}

function typing(target) {
  if (target.isContentEditable || target.matches("select, textarea")) return true;
  return target.matches("input") && !["checkbox", "radio", "button", "submit"].includes(target.type);
}

function focusRow(row) {
  const target = row.querySelector("[data-go]") || row.querySelector("a[href]");
  if (row.matches("[data-judge]") || !target) {
    if (!row.hasAttribute("tabindex")) row.tabIndex = -1;
    row.focus();
  } else target.focus();
  row.scrollIntoView({ block: "nearest" });
}

function step(by) {
  const rows = rowsOf();
  const here = rows.indexOf(rowOf(document.activeElement));
  const next = rows[here < 0 ? (by > 0 ? 0 : rows.length - 1) : here + by];
  if (!next) return false;
  focusRow(next);
  return true;
}

function follow(rel) {
  const link = document.querySelector(`a[rel~="${rel}"]`);
  link?.click();
  return Boolean(link);
}

function choose(key) {
  const row = document.activeElement.closest("[data-judge]");
  const radio = row?.querySelector(`input[data-key="${key}"]`);
  if (!radio || radio.disabled) return false;
  radio.focus();
  if (!radio.checked) radio.click();
  return true;
}

function help() {
  const dialog = document.getElementById("keys");
  if (dialog && !dialog.open) dialog.showModal();
  return Boolean(dialog);
}

const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  "]": () => follow("next"),
  "[": () => follow("prev"),
  m: () => choose("m"),
  n: () => choose("n"),
  "?": help,
};

const MOVES = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
const inCell = (cell) => cell?.querySelector("a[href], button");

// From cell to cell of a matrix, over the empty ones; a row of headings is stepped over too.
function roam(event) {
  const cell = event.target.closest("[data-keys=matrix] tbody :is(td, th)");
  const move = MOVES[event.key];
  if (!cell || !move) return false;
  const rows = [...cell.closest("table").tBodies].flatMap((body) => [...body.rows]);
  let row = rows.indexOf(cell.parentElement);
  let column = cell.cellIndex;
  do {
    row += move[0];
    column += move[1];
    const target = inCell(rows[row]?.cells[column]);
    if (target) {
      target.focus();
      return true;
    }
  } while (rows[row] && column >= 0 && column < cell.parentElement.cells.length);
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (typing(event.target) || document.querySelector("dialog[open]")) return;
  if (roam(event)) event.preventDefault();
  else if (!off() && KEYS[event.key]?.()) event.preventDefault();
});

function tint(cell) {
  const table = cell.closest("table");
  table.querySelectorAll(".is-column").forEach((other) => other.classList.remove("is-column"));
  if (cell.cellIndex < 1 || !cell.matches(":focus-within")) return;
  for (const row of table.rows) {
    if (row.cells.length === cell.parentElement.cells.length) row.cells[cell.cellIndex].classList.add("is-column");
  }
}

for (const name of ["focusin", "focusout"]) {
  document.addEventListener(name, (event) => {
    const cell = event.target.closest?.("[data-keys=matrix] :is(td, th)");
    if (cell) tint(cell);
  });
}

for (const box of document.querySelectorAll("[data-keys-switch]")) {
  box.checked = !off();
  box.addEventListener("change", () => {
    try {
      if (box.checked) localStorage.removeItem(OFF);
      else localStorage.setItem(OFF, "yes");
    } catch {
      box.checked = true;
    }
  });
}
