// Pointers into sound and film: data-seek="seconds" goes there, data-mark="id of an input" notes where we are.
const mediaFor = (element) => document.getElementById(element.dataset.media || "media");

const clock = (seconds) => {
  const whole = Math.floor(seconds);
  const two = (number) => String(number).padStart(2, "0");
  const hours = Math.floor(whole / 3600);
  const rest = `${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
  return hours ? `${hours}:${rest}` : rest;
};

document.addEventListener("click", (event) => {
  const seek = event.target.closest("[data-seek]");
  if (seek) {
    const media = mediaFor(seek);
    if (!(media instanceof HTMLMediaElement)) return;
    event.preventDefault();
    media.currentTime = Number(seek.dataset.seek);
    media.scrollIntoView({ block: "nearest" });
    media.focus();
    return;
  }
  const mark = event.target.closest("[data-mark]");
  if (!mark) return;
  const media = mediaFor(mark);
  const field = document.getElementById(mark.dataset.mark);
  if (!(media instanceof HTMLMediaElement) || !field) return;
  field.value = mark.dataset.markAs === "seconds" ? String(Math.floor(media.currentTime)) : clock(media.currentTime);
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
});
