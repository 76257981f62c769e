"""What a test may ask for beyond the database: a worker that works, a browser that browses."""

import os
import shutil
from collections import Counter
from urllib.parse import quote

import pytest

from tests.stack.worker import Worker

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
LEFT_OUT = pytest.StashKey[Counter]()
PATIENCE = 60_000  # milliseconds, for whatever a page still has to show: a busy machine is slow, and that is no fault
# A page takes keys and clicks as soon as it is painted, and its scripts listen only when they have run: what comes
# between is lost. Whoever acts there says so here, instead of failing now and then somewhere else.
TOO_EARLY = "before the page had loaded"
LISTEN_FOR_THE_HASTY = f"""for (const name of ["keydown", "mousedown"]) addEventListener(name, (event) => {{
  if (event.isTrusted && document.readyState !== "complete") console.error(`${{name}} {TOO_EARLY}: ${{location}}`);
}}, true);"""


def chromium_path() -> str | None:
    named = os.environ.get("ATTEST_CHROMIUM")
    return named or next((path for name in CHROMIUM_NAMES if (path := shutil.which(name))), None)


def pytest_collection_modifyitems(config, items):
    """Leave out what cannot run here, and say how many at the end. What needs most takes longest and is begun first."""
    on_the_stack = "ATTEST_STACK" in os.environ
    can = {"postgres": on_the_stack, "worker": on_the_stack, "browser": bool(chromium_path())}
    left_out, kept = Counter(), []
    for item in items:
        needed = [name for name in can if item.get_closest_marker(name)]
        lacking = [name for name in needed if not can[name]]
        left_out.update(lacking[:1])
        if not lacking:
            kept.append((len(needed) < 2, item))
    if left_out:
        running = [item for _, item in kept]
        config.hook.pytest_deselected(items=[item for item in items if item not in running])
    items[:] = [item for _, item in sorted(kept, key=lambda each: each[0])]
    config.stash[LEFT_OUT] = left_out


def pytest_terminal_summary(terminalreporter, config):
    for name, count in config.stash.get(LEFT_OUT, Counter()).items():
        terminalreporter.write_line(f"LEFT OUT, for want of {name}: {count} tests", yellow=True)


@pytest.fixture
def worker(transactional_db, settings, tmp_path):
    """A worker on this test's own database; stopped before the database is emptied."""
    from django.db import connection

    database = connection.settings_dict
    worker = Worker(
        directory=tmp_path,
        environment={
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "ATTEST_TEST_DATA": str(settings.DATA_DIR),
            "DATABASE_URL": f"postgres://{database['USER']}@{database['HOST']}:{database['PORT']}"
            f"/{quote(database['NAME'])}",
        },
    )
    worker.start()
    yield worker
    worker.stop()


@pytest.fixture(scope="session")
def chromium():
    """The distribution's Chromium, headless, driven by Playwright."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    # Playwright keeps an event loop in this thread; Django takes that for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_path(),
            args=["--no-sandbox"] if os.geteuid() == 0 else [],
        )
        yield browser
        browser.close()


@pytest.fixture
def new_page(chromium, live_server):
    """`new_page(width=360)`: somebody's own browser window, signed out, at the test's server."""
    contexts, hasty = [], []

    def hear(message):
        if TOO_EARLY in message.text:
            hasty.append(message.text)

    def open_page(*, width: int = 1440, height: int = 900, **options):
        size = {"width": width, "height": height}
        # Still, so that nothing is looked at, or clicked, on its way to where it will be.
        context = chromium.new_context(base_url=live_server.url, viewport=size, reduced_motion="reduce", **options)
        context.set_default_timeout(PATIENCE)
        context.add_init_script(LISTEN_FOR_THE_HASTY)
        context.on("console", hear)
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
    assert not hasty, hasty


@pytest.fixture
def page(new_page):
    return new_page()
