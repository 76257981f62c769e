"""Forms of assessment. Each is handed the rows it offers; by itself it offers none."""

from django import forms

from assessments.states import COUNTERSIGNED, LACKING, OUTCOMES


def words(label: str, *, rows: int = 3, **options) -> forms.CharField:
    return forms.CharField(label=label, required=False, widget=forms.Textarea(attrs={"rows": rows}), **options)


class RulingForm(forms.Form):
    """What an assessor says of one criterion; `seen` is the judgement that stood there when they wrote."""

    outcome = forms.ChoiceField(choices=OUTCOMES, required=False)
    because = words("Why", rows=2)
    lacking = forms.MultipleChoiceField(
        label="What is lacking?", choices=LACKING, required=False, widget=forms.CheckboxSelectMultiple
    )
    todo = words("What should the learner do?", rows=2)
    also = forms.TypedMultipleChoiceField(label="It also rests on", required=False, coerce=int)
    seen = forms.UUIDField(required=False)

    def __init__(self, *args, row, **options) -> None:
        super().__init__(*args, prefix=f"c{row.criterion.code}", **options)
        self.row = row
        self.refusal = None
        self.fields["also"].choices = [(each.version_id, each.title) for each in row.others]

    @property
    def chosen(self) -> str:
        return self["outcome"].value() or ""

    @property
    def ticked(self) -> list[str]:
        return [str(each) for each in self["also"].value() or []]


class JudgingForm(forms.Form):
    """One piece of evidence: a ruling for each criterion it claims, a reason they may share, words to the learner."""

    because = words(
        "Reason for several at once",
        rows=2,
        help_text="It stands for every criterion below that has none of its own.",
    )
    version = forms.UUIDField(required=False)
    feedback = words("Feedback to the learner", help_text="They read it with the piece and on their home page.")

    def __init__(self, data=None, *, rows=()) -> None:
        super().__init__(data)
        self.rulings = [RulingForm(data, row=row) for row in rows]

    def is_valid(self) -> bool:
        return all([super().is_valid(), *(ruling.is_valid() for ruling in self.rulings)])

    @property
    def decided(self) -> list[RulingForm]:
        """The criteria for which something was chosen."""
        return [ruling for ruling in self.rulings if ruling.cleaned_data.get("outcome")]

    def said_of(self, ruling: RulingForm) -> dict:
        """One ruling in plain values, with the shared reason where it has none of its own."""
        said = {name: ruling.cleaned_data[name] for name in ("outcome", "todo")}
        said["because"] = ruling.cleaned_data["because"] or self.cleaned_data["because"]
        said["lacking"] = tuple(ruling.cleaned_data["lacking"])
        return said


class CountersignForm(forms.Form):
    """Which of a trainee's judgements, the answer, and for a returned one the reason."""

    judgements = forms.MultipleChoiceField(required=False)
    outcome = forms.ChoiceField(choices=COUNTERSIGNED)
    comment = words("Comment", help_text="Needed when you return something: the trainee and the learner read it.")

    def __init__(self, *args, judgements=(), **options) -> None:
        super().__init__(*args, **options)
        self.offered = {str(judgement.public_id): judgement for judgement in judgements}
        self.fields["judgements"].choices = [(key, key) for key in self.offered]

    @property
    def ticked(self) -> list[str]:
        return list(self["judgements"].value() or [])

    @property
    def chosen(self) -> list:
        return [self.offered[key] for key in self.cleaned_data["judgements"]]


class ReopenForm(forms.Form):
    """Why a signed-off unit is opened again."""

    reason = words("Why is it reopened?", help_text="The assessor, the IQA and the learner read it.")
