"""The evidence of the demonstration centre's learners: what a workshop produces in a week."""

from collections.abc import Sequence
from datetime import timedelta

from assessments import states as judged
from assessments.rules import Ruling
from audit.actors import today
from config.demonstration import files
from config.demonstration.calendar import days_ago
from config.demonstration.cast import People
from portfolios import actions as portfolios
from portfolios.models import Evidence, UnitEntry, Version
from quals.models import Criterion, Unit
from quals.states import KNOWLEDGE

PIECES = [
    ("Photographs from the stand", "P", "After the job, from the drive side. The job card hangs on the stand."),
    (
        "What I did and why",
        "RA",
        "Written the same evening. I would check the hanger first next time, before I touch the cable.",
    ),
    ("Conversation with Amir about the job", "PD", "Recorded at the bench and written up by me; Amir has read it."),
]
ANSWERS = [
    "I would show you on the bicycle in the stand: last Tuesday's is a good example, and its job card says why.",
    "The short answer is that somebody gets hurt, or comes back next week. We had one of each this spring.",
    "There are two that matter in our workshop. The first I check every time, the second when the rider mentions it.",
    "I learned this the slow way. Now I say it out loud to whoever is beside me before I begin.",
    "It depends on who is asking and how long they have, so I start with a question of my own.",
    "We keep the figures on the wall by the tool board. I can tell you this month's without looking.",
    "If I am not sure I stop and ask Amir, and I write down what he said on the card.",
]
REASONS = {
    KNOWLEDGE: "The answers are in the learner's own words, and right.",
    "performance": "The photographs and the account show it done, safely and in a sensible order.",
}


class Work:
    """Makes evidence through the learner's own actions."""

    def __init__(self, people: People) -> None:
        self.people = people
        self.units: list[Unit] = list(people.qualification.specification.units.order_by("position"))
        self.made = 0

    def piece(
        self,
        entries: Sequence[UnitEntry],
        criteria: Sequence[tuple[UnitEntry, Criterion]],
        about: tuple[str, str, str],
        days: float,
    ) -> Evidence:
        """A draft with a fitting file, referenced to the criteria."""
        self.made += 1
        title, kind, words = about
        registration = entries[0].registration
        by = self.people.learner(registration.learner.name)
        with days_ago(days, 17):
            evidence = portfolios.start_evidence(learner=registration.learner, title=title, by=by)
            portfolios.describe_evidence(
                evidence=evidence,
                title=title,
                kind=kind,
                happened_from=today() - timedelta(days=1),
                text=words,
                by=by,
            )
            if kind != "RA":  # written in Attest itself, with no file
                portfolios.add_file(evidence=evidence, uploaded=self.file(kind, title, words, criteria), by=by)
            chosen = {pair: "page 1" if kind == "Q&A" and number == 0 else "" for number, pair in enumerate(criteria)}
            portfolios.refer(evidence=evidence, chosen=chosen, by=by)
        return evidence

    def file(self, kind: str, title: str, words: str, criteria: Sequence[tuple[UnitEntry, Criterion]]):
        stem = "".join(ch for ch in title.lower().replace(" ", "-") if ch.isalnum() or ch == "-")[:60]
        if kind == "P":
            return files.photo(f"{stem}.jpg", self.made)
        if kind == "O":
            return files.clip(f"{stem}.mp4")
        answers = [
            (f"{criterion.code} {criterion.text}", ANSWERS[(self.made + number) % len(ANSWERS)])
            for number, (_, criterion) in enumerate(criteria)
        ]
        return files.pdf(f"{stem}.pdf", title, words, answers)

    def submit(self, evidence: Evidence, days: float) -> Version:
        with days_ago(days, 17):
            return portfolios.submit(evidence=evidence, declared=True, by=self.people.learner(evidence.learner.name))

    def gather(self, entry: UnitEntry, days: float) -> dict[int, Version]:
        """Evidence for the whole unit, submitted: criterion id → the version that shows it."""
        shown: dict[int, Version] = {}
        outcomes = list(entry.unit.outcomes.prefetch_related("criteria").order_by("position"))
        knowledge = [each for each in outcomes if each.kind == KNOWLEDGE]
        done = [each for each in outcomes if each.kind != KNOWLEDGE]
        half = (len(done) + 1) // 2
        title = entry.unit.title
        parts = [
            (
                knowledge,
                (
                    f"Answers: {title.lower()}",
                    "Q&A",
                    "Amir asked, I answered; the questions are printed above each answer.",
                ),
            ),
            (done[:half], (f"{PIECES[0][0]}: {title.lower()}", *PIECES[0][1:])),
            (done[half:], (f"{PIECES[1][0]}: {title.lower()}", *PIECES[1][1:])),
        ]
        for part, about in parts:
            criteria = [(entry, criterion) for outcome in part for criterion in outcome.criteria.all()]
            if criteria:
                version = self.submit(self.piece([entry], criteria, about, days), days)
                shown |= {criterion.pk: version for _, criterion in criteria}
        return shown

    def across_units(self, entries: Sequence[UnitEntry], days: float) -> Version:
        """One film that serves two units."""
        criteria = []
        for entry in entries:
            outcome = entry.unit.outcomes.exclude(kind=KNOWLEDGE).order_by("position").first()
            criteria += [(entry, criterion) for criterion in outcome.criteria.order_by("position")[:3]]
        about = (
            "Filmed at Saturday's open workshop",
            "O",
            "Tess filmed. The wheel turns true at the end, and you can hear me explain why.",
        )
        return self.submit(self.piece(entries, criteria, about, days), days)

    def draft(self, entry: UnitEntry, days: float) -> Evidence:
        """Something begun and not handed in yet."""
        outcome = entry.unit.outcomes.order_by("-position").first()
        criteria = [(entry, criterion) for criterion in outcome.criteria.order_by("position")[:2]]
        return self.piece(
            [entry],
            criteria,
            ("My first puncture repair", "P", "Not finished: the second picture is still on my phone."),
            days,
        )


def rulings(entry: UnitEntry, shown: dict[int, Version], outcome: str = judged.MET) -> list[Ruling]:
    """One ruling for each criterion of the unit on the version that shows it."""
    lacking = {"lacking": ("sufficient",), "todo": "Show it on a second bicycle, of another kind."}
    return [
        Ruling(
            criterion=criterion,
            outcome=outcome,
            because=REASONS[criterion.outcome.kind] if outcome == judged.MET else "One occasion does not show it yet.",
            versions=(shown[criterion.pk],),
            **(lacking if outcome == judged.NOT_YET else {}),
        )
        for criterion in Criterion.objects.filter(unit=entry.unit).select_related("outcome").order_by("position")
    ]
