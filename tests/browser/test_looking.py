"""The eyes of these tests see what they are there to see."""

import pytest

from tests.browser.looking import Looked

pytestmark = pytest.mark.browser
BAD = """<!doctype html><html lang="en"><title>Bad</title><main><h1>Bad</h1><input>
<p><code>{}</code></p></main></html>"""


def test_looking_finds_what_is_unnamed_too_wide_or_said_in_the_console(new_page):
    looked, page = Looked(), new_page()
    looked.listen(page)
    page.set_content(BAD.format("wide" * 100))
    looked.at(page, "a bad page", widths=(360,))
    with page.expect_console_message():
        page.evaluate("console.error('broken')")
    said = "\n".join(looked.faults)
    assert "a bad page at 360 px: label" in said
    assert "px wide in 360: code" in said
    assert "console: broken" in said


def test_looking_finds_nothing_wrong_with_a_good_page(new_page):
    looked, page = Looked(), new_page()
    looked.listen(page)
    page.set_content('<!doctype html><html lang="en"><title>Good</title><main><h1>Good</h1></main></html>')
    looked.at(page, "a good page")
    assert looked.faults == []
