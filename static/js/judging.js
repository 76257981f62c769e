// The line under the criteria says, while somebody chooses, what saving will do. The server says it without this.
const form = document.querySelector("form[data-consequence]");
const words = form?.querySelector("[data-consequence-words]");
const before = words?.textContent;
const stands = (row) => row.dataset.is === "met" || row.dataset.is === "provisional";

function tell() {
  const rows = [...form.querySelectorAll("[data-judge]")];
  const chosen = (row) => row.querySelector("input[type=radio]:checked")?.value || "";
  const met = rows.filter((row) => chosen(row) === "met");
  const notYet = rows.filter((row) => chosen(row) === "not_yet");
  if (!met.length && !notYet.length) {
    words.textContent = before;
    return;
  }
  const gained = met.filter((row) => !stands(row)).length - notYet.filter(stands).length;
  const left = Number(form.dataset.total) - Number(form.dataset.met) - gained;
  const parts = [];
  if (met.length) parts.push(`${met.length} met`);
  if (notYet.length) parts.push(`${notYet.length} not yet met`);
  const then = left > 0 ? `${left} of the unit ${left === 1 ? "remains" : "remain"}` : "the unit is then ready to sign off";
  words.textContent = `This says: ${parts.join(", ")}; ${then}.`;
}

if (words) {
  form.addEventListener("change", tell);
  tell();
}
