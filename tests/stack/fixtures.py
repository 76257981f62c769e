"""What a test may ask for beyond the database: a worker that works, a browser that browses."""

import os
import shutil
from collections import Counter
from urllib.parse import quote

import pytest

from tests.stack.worker import Worker

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
LEFT_OUT = pytest.StashKey[Counter]()


def chromium_path() -> str | None:
    named = os.environ.get("ATTEST_CHROMIUM")
    return named or next((path for name in CHROMIUM_NAMES if (path := shutil.which(name))), None)


def pytest_collection_modifyitems(config, items):
    """Leave out what cannot run here, and say how many at the end."""
    on_the_stack = "ATTEST_STACK" in os.environ
    can = {"postgres": on_the_stack, "worker": on_the_stack, "browser": bool(chromium_path())}
    left_out, kept = Counter(), []
    for item in items:
        lacking = [name for name in can if not can[name] and item.get_closest_marker(name)]
        left_out.update(lacking[:1])
        if not lacking:
            kept.append(item)
    if left_out:
        config.hook.pytest_deselected(items=[item for item in items if item not in kept])
        items[:] = kept
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
    from playwright.sync_api import sync_playwright

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
    contexts = []

    def open_page(*, width: int = 1440, height: int = 900, **options):
        context = chromium.new_context(base_url=live_server.url, viewport={"width": width, "height": height}, **options)
        context.set_default_timeout(15_000)
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def page(new_page):
    return new_page()
