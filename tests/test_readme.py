"""What the documents say is there, is there: environment variables, files they lead to, tests they name."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted(ROOT.glob("docs/**/*.md"))]
RECORDS = [page for page in PAGES if page.parent.name == "decisions"]
HEADINGS = ["Context", "Options", "Decision", "Kept true by"]


def table_after(sentence: str) -> set[str]:
    """The names in the first column of the table that stands under a sentence of the README."""
    rows = README.partition(sentence)[2].partition("|---|")[2].partition("\n\n")[0].splitlines()[1:]
    return {name for row in rows for name in re.findall(r"`(\w+)`", row.split("|")[1])}


def read_by_settings() -> set[str]:
    text = (ROOT / "config" / "settings.py").read_text(encoding="utf-8")
    secrets = set(re.findall(r'env_secret\("(\w+)"', text))
    return set(re.findall(r'env_(?:str|bool|int)\("(\w+)"', text)) | secrets | {f"{name}_FILE" for name in secrets}


def read_by_scripts() -> set[str]:
    text = "".join((ROOT / name).read_text(encoding="utf-8") for name in ("attest", "tests/stages.sh"))
    return set(re.findall(r"\$\{([A-Z_]+):-", text))


def test_the_table_names_every_variable_that_the_settings_read_and_no_other():
    assert table_after("Read by the settings:") == read_by_settings()


def test_the_second_table_names_what_the_scripts_read_beside_them():
    assert table_after("Read by `attest` and the tests alone:") == read_by_scripts() - read_by_settings()


def test_the_composition_sets_only_variables_that_are_read():
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    set_there = set(re.findall(r"^    ([A-Z_]+): ", text.partition("services:")[0], re.MULTILINE))
    assert set_there
    assert set_there <= read_by_settings()
    asked_for = set(re.findall(r"\$\{([A-Z_]+):\?", text))
    assert asked_for <= set(re.findall(r"`([A-Z_]+)`", README)), "the README says what .env must hold"


def test_the_readme_names_every_sign_in_of_the_demonstration():
    from config.demonstration import SIGN_INS

    assert re.findall(r"^\| ([^|]+) \| (\S+@\S+) \|$", README, re.MULTILINE) == [
        (role, email) for role, _, email in SIGN_INS
    ]


def test_the_readme_names_every_command_of_ours():
    ours = {path.stem for path in ROOT.glob("[a-z]*/management/commands/[a-z]*.py")}
    assert set(re.findall(r"^\| `(\w+)[ `]", README.partition("### Environment variables")[0], re.MULTILINE)) == ours


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_a_page_leads_to_files_that_are_there(page):
    text = page.read_text(encoding="utf-8")
    links = {link.partition("#")[0] for link in re.findall(r"\]\((?!https?:)([^)\s]+)\)", text)}
    assert not [link for link in links if link and not (page.parent / link).exists()]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_a_page_names_tests_that_are_there(page):
    text = page.read_text(encoding="utf-8")
    for file, test in re.findall(r"`(tests/[\w/.]+)(?:::(\w+))?`", text):
        path = ROOT / file
        assert path.exists(), file
        assert not test or re.search(rf"^def {test}\(", path.read_text(encoding="utf-8"), re.MULTILINE), test


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.stem)
def test_a_decision_record_says_why_and_what_keeps_it_true(record):
    text = record.read_text(encoding="utf-8")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == HEADINGS
    assert re.match(rf"# {record.stem[:4]} ", text)
    assert "::test_" in text.partition("## Kept true by")[2]


def test_decision_records_are_numbered_without_a_gap():
    assert [int(record.stem[:4]) for record in RECORDS] == list(range(1, len(RECORDS) + 1))
