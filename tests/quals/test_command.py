"""`import_specification`: what it prints, what it changes, and how it ends."""

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from quals.models import Qualification, Resolution, Specification
from quals.specification import as_json, facts_only, validate
from tests.quals.builders import a_pack, an_administrator, an_editor, an_error, load_facts
from tests.quals.case.builders import state_standards

ROOT = Path(__file__).resolve().parents[2]
NOVEL = "It was a quiet evening in the harbour, and nobody had told the cat.\n" * 200
FOLDER = os.environ.get("ATTEST_SPECIFICATIONS")
needs_documents = pytest.mark.skipif(not FOLDER, reason="ATTEST_SPECIFICATIONS names no folder of documents")
READ = "002_64db9e8b90054cb2.txt"
DOCUMENTS = [
    READ,
    "000_b90f0605325de3bd.txt",
    "001_104cb6e23c3ebe91.txt",
    "003_e717978a9050c68c.txt",
    "004_d8c8c8be80c7c91b.txt",
]


def run(*arguments):
    out, err = StringIO(), StringIO()
    call_command("import_specification", *map(str, arguments), stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def refusal_of(*arguments):
    with pytest.raises(CommandError) as refused:
        run(*arguments)
    return refused.value


@pytest.fixture
def pack_file(tmp_path):
    def write(pack):
        path = tmp_path / "herbs.json"
        path.write_text(as_json(pack), encoding="utf-8")
        return path

    return write


@pytest.mark.django_db
def test_pack_file_is_imported_as_a_draft(pack_file):
    out, _ = run(pack_file(facts_only(a_pack())))
    assert "3 units, 6 outcomes, 9 criteria" in out
    assert "R1 At least 4 credits: line 2" in out
    assert "(can be read two ways)" in out
    assert "is in the catalogue (draft)" in out
    specification = Specification.objects.get()
    assert (specification.state, specification.source_name) == ("draft", "herbs.txt")


@pytest.mark.django_db
def test_publish_lets_learners_be_registered(pack_file):
    out, _ = run(pack_file(facts_only(a_pack())), "--publish")
    assert "is in the catalogue (published)" in out
    assert Specification.objects.get().state == "published"


@pytest.mark.django_db
def test_dry_run_changes_nothing_and_json_is_all_that_it_prints(pack_file):
    out, err = run(pack_file(a_pack()), "--dry-run", "--json")
    assert json.loads(out) == a_pack()
    assert err == ""
    assert not Specification.objects.exists()


@pytest.mark.django_db
def test_json_of_an_import_is_still_only_json(pack_file):
    out, err = run(pack_file(a_pack()), "--json")
    validate(json.loads(out))
    assert "is in the catalogue" in err


@pytest.mark.django_db
def test_findings_are_told_and_no_reason_to_fail(pack_file):
    out, _ = run(pack_file(a_pack(findings=[an_error(), an_error(severity="note", line=None)])))
    assert "Findings: 1 error, 1 note" in out
    assert "error, line 7: The words of 1.1 are missing." in out


@pytest.mark.django_db
def test_publish_with_an_error_keeps_the_draft_and_says_why(pack_file):
    refusal = refusal_of(pack_file(a_pack(findings=[an_error()])), "--publish")
    assert refusal.returncode == 1
    assert "It stays in the catalogue as a draft." in str(refusal)
    assert "an error stands" in str(refusal)
    assert Specification.objects.get().state == "draft"


@pytest.mark.django_db
def test_wording_filled_in_is_told(pack_file):
    load_facts()
    out, _ = run(pack_file(a_pack()))
    assert "was filled in" in out


@pytest.mark.django_db
def test_differences_are_told(pack_file):
    load_facts()
    pack = a_pack(sha="b")
    pack["units"][0]["credit"] = 3
    out, _ = run(pack_file(pack))
    assert "Differs: unit 1:" in out
    assert "is in the catalogue (draft)" in out


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "empty"),
        (b"  \n\n ", "empty"),
        (NOVEL.encode(), "not a qualification specification"),
        (b"{this is not JSON", "is not JSON"),
        (b'{"format": "something-else"}', "not a qualification pack"),
        (bytes(range(256)) * 40, "not text"),
        (b"%PDF-1.7 and so on", "damaged"),
        (b"<!doctype html><html><body>Sign in</body></html>", "nothing"),
    ],
    ids=["empty", "blank", "novel", "broken-json", "other-json", "binary", "pdf", "web-page"],
)
def test_file_that_is_no_specification_ends_with_2_and_one_sentence(tmp_path, content, told):
    path = tmp_path / "something.txt"
    path.write_bytes(content)
    refusal = refusal_of(path)
    assert refusal.returncode == 2
    assert told in str(refusal)
    assert "\n" not in str(refusal)
    assert "something.txt" in str(refusal)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"x" * 20_000_001, "20 MB"),
        (b"{" + b" " * 20_000_000, "20 MB"),
        (b"[" * 100_000, ""),
        (b'{"a":' * 100_000, "is not JSON"),
        (b"\xef\xbb\xbf{}", "not a qualification pack"),
        (b"{\\rtf1 words}", "rich text"),
    ],
    ids=["large", "large-json", "brackets", "deep-json", "json-with-mark", "rich-text"],
)
def test_hostile_file_ends_with_2_and_one_line(tmp_path, content, told):
    path = tmp_path / "something.txt"
    path.write_bytes(content)
    refusal = refusal_of(path, "--dry-run", "--json")
    assert refusal.returncode == 2
    assert told in str(refusal)
    assert "\n" not in str(refusal)


def test_reader_that_stumbles_ends_with_2_and_one_line(tmp_path, monkeypatch):
    def stumble(data, name, tell):
        raise ZeroDivisionError("over\ntwo lines")

    monkeypatch.setattr("quals.files.read_specification", stumble)
    path = tmp_path / "something.txt"
    path.write_text("words")
    refusal = refusal_of(path)
    assert refusal.returncode == 2
    assert str(refusal) == "something.txt: Attest stumbled over this file (ZeroDivisionError). Nothing was imported."


@pytest.mark.django_db
def test_a_case_package_from_elsewhere_comes_in_as_a_draft_with_its_doubts(tmp_path):
    path = tmp_path / "standards.json"
    path.write_text(json.dumps(state_standards()), encoding="utf-8")
    assert "credit" in run(path)[0]
    specification = Specification.objects.get()
    assert (specification.state, specification.units.count() > 0) == ("draft", True)
    assert specification.findings.filter(code="credit-not-stated", severity="error").exists()
    assert specification.lines


@pytest.mark.django_db
def test_warnings_are_acknowledged_by_a_catalogue_editor_for_a_reason(pack_file):
    editor = an_editor()
    path = pack_file(a_pack(findings=[an_error(severity="warning")]))
    assert "a warning is not acknowledged" in str(refusal_of(path, "--publish"))
    out, _ = run(path, "--publish", "--acknowledge", "Compared with paper", "--by", editor.email)
    assert "is in the catalogue (published)" in out
    resolution = Resolution.objects.get()
    assert (resolution.resolved_by, resolution.ground) == (editor, "Compared with paper")


@pytest.mark.django_db
@pytest.mark.parametrize("named", [[], ["--by", "nobody@example.org"], ["--by", "admin@example.org"]])
def test_nobody_but_an_editor_acknowledges(pack_file, named):
    an_administrator()
    path = pack_file(a_pack(findings=[an_error(severity="warning")]))
    assert "--by EMAIL" in str(refusal_of(path, "--publish", "--acknowledge", "Because", *named))
    assert not Specification.objects.exists()


@pytest.mark.django_db
def test_acknowledging_leaves_errors_to_stand(pack_file):
    editor = an_editor()
    path = pack_file(a_pack(findings=[an_error(), an_error(severity="warning")]))
    refusal = refusal_of(path, "--publish", "--acknowledge", "Because", "--by", editor.email)
    assert refusal.returncode == 1
    assert "an error stands" in str(refusal)


@pytest.mark.django_db
def test_minor_differences_are_told_where_the_wording_was_filled_in(pack_file):
    load_facts()
    pack = a_pack(sha="b")
    pack["units"][0]["glh"] = 99
    out, _ = run(pack_file(pack))
    assert "Differs: unit 1, glh" in out
    assert "was filled in" in out


def test_missing_file_and_folder_end_with_2(tmp_path):
    for path in (tmp_path / "nowhere.txt", tmp_path):
        refusal = refusal_of(path)
        assert refusal.returncode == 2
        assert "cannot be read" in str(refusal)


def test_refusal_at_the_console_is_one_line_and_status_2(tmp_path):
    novel = tmp_path / "novel.txt"
    novel.write_text(NOVEL)
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    command = [sys.executable, "manage.py", "import_specification", str(novel), "--dry-run", "--json"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1
    assert "not a qualification specification" in done.stderr


@needs_documents
@pytest.mark.parametrize("name", DOCUMENTS)
def test_documents_are_printed_as_packs_that_hold_together(name):
    out, err = run(Path(FOLDER) / name, "--dry-run", "--json")
    validate(json.loads(out))
    assert err == ""


@needs_documents
@pytest.mark.django_db
def test_document_fills_in_the_facts_that_were_made_from_it(tmp_path):
    out, _ = run(Path(FOLDER) / READ, "--dry-run", "--json")
    facts = tmp_path / "facts.json"
    facts.write_text(as_json(facts_only(json.loads(out))), encoding="utf-8")
    run(facts, "--publish", "--acknowledge", "Compared with the document", "--by", an_editor().email)
    qualification = Qualification.objects.get()
    out, _ = run(Path(FOLDER) / READ)
    assert "34 units, 108 outcomes, 514 criteria" in out
    assert "was filled in" in out
    assert Qualification.objects.get() == qualification
    assert Specification.objects.get().has_wording


@pytest.mark.django_db
def test_the_catalogue_that_ships_is_loaded_and_published_once():
    call_command("load_catalogue", stdout=StringIO())
    assert not Specification.objects.exclude(state="published").exists()
    before = Specification.objects.count()
    call_command("load_catalogue", stdout=StringIO())
    assert Specification.objects.count() == before


@pytest.fixture
def shipped(tmp_path, monkeypatch):
    """The folder of what ships, with the demonstration's document and one pack."""

    def ship(pack):
        (tmp_path / "specifications").mkdir()
        (tmp_path / "catalogue").mkdir()
        document = ROOT / "fixtures" / "specifications" / "demonstration.txt"
        (tmp_path / "specifications" / document.name).write_bytes(document.read_bytes())
        (tmp_path / "catalogue" / "herbs.json").write_text(as_json(pack), encoding="utf-8")
        monkeypatch.setattr("config.management.commands.load_catalogue.FIXTURES", tmp_path)

    return ship


@pytest.mark.django_db
@pytest.mark.parametrize("severity", ["error", "warning"])
def test_a_shipped_pack_with_a_doubt_that_nobody_put_to_rest_ends_the_loading(shipped, severity):
    shipped(facts_only(a_pack(findings=[an_error(severity=severity)])))
    with pytest.raises(CommandError, match=r"herbs\.json: .* cannot be published"):
        call_command("load_catalogue", stdout=StringIO())
    assert not Specification.objects.filter(source_name="herbs.json").exists()


@pytest.mark.django_db
def test_shipped_units_without_a_qualification_are_loaded_once_also_after_their_wording_came(shipped, pack_file):
    units = a_pack(qualifications=[], findings=[an_error(resolved={"by": "E", "on": "2026-01-02", "ground": "Seen"})])
    shipped(facts_only(units))
    call_command("load_catalogue", stdout=StringIO())
    out, _ = run(pack_file(units | {"source": units["source"] | {"sha256": "b" * 64}}))
    assert "was filled in" in out
    call_command("load_catalogue", stdout=StringIO())
    assert Specification.objects.filter(awarding_organisation__name="Garden Awards").count() == 1
