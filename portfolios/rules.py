"""Why not: registering a learner, choosing units, allocating staff, and what may be done with evidence."""

import re
from collections.abc import Iterable
from datetime import date

from accounts.models import User
from audit.actors import ADMINISTRATOR, LEARNER, Actor, today
from audit.rules import Refusal
from centres.models import Centre
from centres.rules import approval_in_force, competence_of, refuse_administer
from centres.states import ASSESS, VERIFY
from portfolios import states
from portfolios.models import Evidence, Learner, Registration, UnitEntry, Version
from quals.models import Criterion, Qualification, Unit
from quals.queries import combination_of
from quals.rules import refuse_register_on
from quals.states import PUBLISHED

DECLARATION = (
    "This is my own work, or shows what I did myself. Where others helped, or I used a source or a tool, "
    "I have said so. I understand that a false declaration is malpractice."
)


PICTURE_LIKE = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".pdf", ".mp4", ".mov", ".webm", ".mp3", ".m4a")


def uln_fault(uln: str) -> str:
    """What is wrong with a Unique Learner Number, or "" (ten digits, weights 10 to 1, sum ≡ 10 modulo 11: HESA)."""
    if not re.fullmatch(r"[1-9][0-9]{9}", uln):
        return "A ULN has ten digits and does not begin with 0."
    if sum(int(digit) * weight for digit, weight in zip(uln, range(10, 0, -1), strict=True)) % 11 != 10:
        return "This ULN's check digit does not fit: look for a mistyped or swapped digit."
    return ""


def refuse_add_learner(*, centre: Centre, name: str, born_on: date, uln: str, by: Actor) -> Refusal | None:
    if refusal := refuse_administer(centre_id=centre.pk, by=by):
        return refusal
    if not name.strip():
        return Refusal("INPUT", "Give the learner's name as it should stand on the certificate.")
    if born_on >= today():
        return Refusal("INPUT", "The date of birth lies in the future.")
    if uln and (fault := uln_fault(uln)):
        return Refusal("INPUT", f"{fault} Correct it, or leave it empty until the learner has one.")
    if uln and Learner.objects.filter(centre=centre, uln=uln).exists():
        return Refusal("REG-3", "Another learner of this centre has this ULN. Look them up under Learners.")
    return None


def refuse_register(
    *, learner: Learner, qualification: Qualification, units: Iterable[Unit], by: Actor
) -> Refusal | None:
    """REG-1 (approval, dates), REG-2 (age), and one registration for one qualification (REG-4)."""
    if refusal := refuse_administer(centre_id=learner.centre_id, by=by):
        return refusal
    if qualification.specification.state != PUBLISHED:
        return Refusal("CAT-3", "This specification has not been published yet. Ask the catalogue editor.")
    if not approval_in_force(centre_id=learner.centre_id, qan=qualification.qan, day=today()):
        return Refusal(
            "REG-1",
            f"Your centre is not approved for {qualification.qan} today, so nobody can be registered.",
        )
    if refusal := refuse_register_on(qualification=qualification, born_on=learner.born_on, day=today()):
        return refusal
    if Registration.objects.filter(learner=learner, qan=qualification.qan).exists():
        return Refusal(
            "REG-4",
            f"{learner.name} is already registered for {qualification.qan}. Open that registration instead.",
        )
    return refuse_units(qualification=qualification, units=units, day=today())


def refuse_units(*, qualification: Qualification, units: Iterable[Unit], day: date) -> Refusal | None:
    """Only units of this qualification that are open to somebody registered on `day`."""
    offered = combination_of(qualification, registered_on=day).offered
    strangers = [unit.code for unit in units if unit.pk not in offered]
    if strangers:
        return Refusal(
            "CAT-3",
            f"Not open to this registration: unit {', '.join(strangers)}. Choose from the list shown.",
        )
    return None


def refuse_choose_units(*, registration: Registration, by: Actor) -> Refusal | None:
    if refusal := refuse_administer(centre_id=registration.centre_id, by=by):
        return refusal
    if registration.state != states.ACTIVE:
        return Refusal("STATE", "This registration is closed: its units stay as they are.")
    return None


def refuse_allocate(*, entry: UnitEntry, assessor: User | None, iqa: User | None, by: Actor) -> Refusal | None:
    """STF-1 (approved for the unit and role today), STF-7 (nobody acts on their own work), IQA-1 (two people)."""
    if refusal := refuse_administer(centre_id=entry.centre_id, by=by):
        return refusal
    if entry.registration.state != states.ACTIVE:
        return Refusal("STATE", "This registration is closed: who assesses and verifies it stays as it is.")
    if entry.state != states.OPEN and assessor != entry.assessor:
        return Refusal("AUD-4", f"Unit {entry.unit.code} has been signed off by its assessor, who stays.")
    if assessor is not None and assessor == iqa:
        return Refusal(
            "IQA-1",
            f"{assessor.name} cannot both assess and verify unit {entry.unit.code}. Choose two people.",
        )
    for person, kind, deed in ((assessor, ASSESS, "assess"), (iqa, VERIFY, "verify")):
        if person is None or (kind == ASSESS and entry.state != states.OPEN):
            continue
        if person.pk == entry.registration.learner.user_id:
            return Refusal("STF-7", f"{person.name} is the learner: nobody can {deed} their own work.")
        if (
            competence_of(user_id=person.pk, centre_id=entry.centre_id, unit_id=entry.unit_id, kind=kind, day=today())
            is None
        ):
            return Refusal(
                "STF-1",
                f"{person.name} is not approved to {deed} unit {entry.unit.code} today. Approve them under People.",
            )
    return None


def is_own(learner: Learner, by: Actor) -> bool:
    return by.is_at(learner.centre_id, LEARNER) and by.user_id == learner.user_id


def refuse_start_evidence(*, learner: Learner, by: Actor) -> Refusal | None:
    if not is_own(learner, by):
        return Refusal("ROLE", "Only the learner can add evidence to their portfolio.")
    if not learner.registrations.filter(state=states.ACTIVE).exists():
        return Refusal(
            "REG-1",
            "You are not registered for a qualification at present, so there is nothing to show evidence for. "
            "Ask your centre.",
        )
    return None


def refuse_change_evidence(*, evidence: Evidence, version: Version | None, by: Actor) -> Refusal | None:
    """EVD-2: only the learner's own draft can be changed; what was submitted never is."""
    if not is_own(evidence.learner, by):
        return Refusal("ROLE", "Only the learner can change their own evidence.")
    if evidence.state == states.DISCARDED:
        return Refusal("STATE", "This piece was discarded.")
    if version is None or version.submitted_at is not None:
        return Refusal("EVD-2", "This has been submitted and stays as it is. Add a new version to change it.")
    return None


def refuse_file(*, name: str, size: int, content_type: str) -> Refusal | None:
    """A file with nothing in it, or one that is not what its name says it is."""
    if not size:
        return Refusal(
            "INPUT",
            f"“{name}” is empty, so it was not kept. Everything else you entered was. Choose the file again.",
        )
    unlike = {"text/html", "text/plain", "application/octet-stream"}
    if name.lower().endswith(PICTURE_LIKE) and content_type in unlike:
        what = "a web page or a script" if content_type == "text/html" else "something else"
        return Refusal(
            "INPUT",
            f"“{name}” is named like a picture, a film, a recording or a PDF, but it is {what}, so it was not kept. "
            "Everything else you entered was. Choose the right file.",
        )
    return None


def refuse_refer(*, evidence: Evidence, entry: UnitEntry, criterion: Criterion) -> Refusal | None:
    """EVD-6: a reference names a criterion of a unit that the same learner has open at the same centre."""
    if entry.registration.learner_id != evidence.learner_id or criterion.unit_id != entry.unit_id:
        return Refusal("EVD-6", "That criterion is not one of your units' criteria.")
    if entry.state != states.OPEN or entry.registration.state != states.ACTIVE:
        return Refusal("EVD-6", f"Unit {entry.unit.code} has been signed off: nothing more can be added to it.")
    return None


def refuse_submit(*, evidence: Evidence, version: Version | None, declared: bool, by: Actor) -> Refusal | None:
    """EVD-1 and what an assessor needs to judge a piece: kind, day, content, and at least one criterion."""
    if refusal := refuse_change_evidence(evidence=evidence, version=version, by=by):
        return refusal
    if not evidence.title.strip() or not evidence.kind or evidence.happened_from is None:
        return Refusal("ASM-2", "Say what kind of evidence this is and when it happened, then submit it.")
    if (evidence.happened_until or evidence.happened_from) > today():
        return Refusal("AUD-2", "The day it happened lies in the future. Correct the day, then submit it.")
    if not version.text.strip() and not version.files.exists():
        return Refusal("INPUT", "There is nothing in it yet: add a file or write something.")
    if not version.references.exists():
        return Refusal("EVD-6", "It does not name a criterion yet: say what it shows, then submit it.")
    if not declared:
        return Refusal("EVD-1", "Without your declaration that this is your own work it cannot be assessed.")
    return None


def refuse_new_version(*, evidence: Evidence, by: Actor) -> Refusal | None:
    if not is_own(evidence.learner, by):
        return Refusal("ROLE", "Only the learner can add a version to their evidence.")
    if evidence.state in {states.DRAFT, states.DISCARDED}:
        return Refusal("STATE", "Change the draft itself: it has not been submitted.")
    if evidence.versions.filter(submitted_at__isnull=True).exists():
        return Refusal("STATE", "A new version has been begun already. Go on with that one.")
    return None


def refuse_discard(*, evidence: Evidence, by: Actor) -> Refusal | None:
    if not is_own(evidence.learner, by):
        return Refusal("ROLE", "Only the learner can discard their own draft.")
    if evidence.state != states.DRAFT:
        return Refusal("EVD-2", "This has been submitted and stays in the portfolio.")
    return None


def refuse_withdraw(*, registration: Registration, by: Actor) -> Refusal | None:
    if not by.is_at(registration.centre_id, ADMINISTRATOR):
        return Refusal("ROLE", "Only an administrator of the centre can do this.")
    return None
