"""Every page of a journey is looked at: by axe (WCAG 2.2 AA), for sideways scrolling, and for what the console says."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page

PHONE, DESK = 360, 1440
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN = {"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]}
AXE = Axe()
OVERFLOW = """() => {
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return "";
  const beyond = (e) => e.getBoundingClientRect().right > root.clientWidth + 1;
  const wide = [...document.body.querySelectorAll("*")].filter(beyond);
  const names = wide.slice(0, 3).map((e) => e.tagName.toLowerCase() + (e.className ? "." + e.className : ""));
  return `${root.scrollWidth} px wide in ${root.clientWidth}: ${names.join(", ")}`;
}"""


class Looked:
    """What was wrong with the pages that were looked at; each is looked at once at each width."""

    def __init__(self) -> None:
        self.seen: set[tuple[str, int]] = set()
        self.faults: list[str] = []
        self.expected: list[str] = []

    def listen(self, page: Page) -> None:
        page.on("console", lambda message: self._heard(message))
        page.on("pageerror", lambda error: self.faults.append(f"{error} at {urlsplit(page.url).path}"))

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not any(words in message.text for words in self.expected):
            self.faults.append(f"console: {message.text} at {message.location.get('url')}")

    @contextmanager
    def expecting(self, words: str) -> Iterator[None]:
        """The browser writes refusals and broken lines into its console; here they are what was asked for."""
        self.expected.append(words)
        yield
        self.expected.remove(words)

    def at(self, page: Page, name: str, widths: tuple[int, ...] = (PHONE, DESK)) -> None:
        """Look at the page as it stands, on a phone and on a desk."""
        size = page.viewport_size
        widths = [width for width in widths if (name, width) not in self.seen]
        if not widths:
            return
        self.seen.update((name, width) for width in widths)
        page.evaluate(AXE.axe_script)
        for width in widths:
            page.set_viewport_size({"width": width, "height": size["height"]})
            self._look(page, f"{name} at {width} px")
        page.set_viewport_size(size)

    def _look(self, page: Page, where: str) -> None:
        page.evaluate("scrollTo(0, 0)")  # what a sticky bar covers at the moment is not a fault
        if overflow := page.evaluate(OVERFLOW):
            self.faults.append(f"{where}: {overflow}")
        for found in page.evaluate("(run) => axe.run(run)", RUN)["violations"]:
            parts = "; ".join(f"{node['target']} {_why(node)}" for node in found["nodes"][:3])
            self.faults.append(f"{where}: {found['id']} ({len(found['nodes'])}): {parts}")


def _why(node: dict) -> str:
    said = [check["message"] for check in (*node["any"], *node["all"], *node["none"])]
    return f"{node['html'][:160]} {said[:1]}"
