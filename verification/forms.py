"""Forms of verification. What an answer must hold is the rules' matter; these read it."""

from datetime import timedelta

from django import forms

from audit.actors import today
from verification.states import ACTION, FINDINGS, REASONS

DAYS = ["%Y-%m-%d", "%d/%m/%Y", "%d %B %Y"]
USUAL_DAYS = 14


def words(label: str, *, missing: str, rows: int = 3, **options) -> forms.CharField:
    return forms.CharField(
        label=label, widget=forms.Textarea(attrs={"rows": rows}), error_messages={"required": missing}, **options
    )


class SampleForm(forms.Form):
    """Why a unit is chosen to be looked at."""

    reason = forms.ChoiceField(label="Why this one?", choices=REASONS)


class FindingForm(forms.Form):
    """What one look found: agree, or an action point with what to do by when."""

    outcome = forms.ChoiceField(
        label="What did you find?",
        choices=FINDINGS,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose agree or action point."},
    )
    note = words(
        "What you looked at and what you found",
        missing="Say what you looked at and what you found.",
        help_text="The EQA reads it; with an action point, so does the assessor.",
    )
    todo = words("What must be done?", rows=2, missing="An action point says what must be done.")
    due_on = forms.DateField(
        label="By when?",
        input_formats=DAYS,
        error_messages={
            "required": "An action point says by when.",
            "invalid": "Give a day, month and year, for example 27/03/2026.",
        },
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    def __init__(self, data=None) -> None:
        super().__init__(data, initial={"due_on": today() + timedelta(days=USUAL_DAYS)})
        asks = data is None or data.get("outcome") == ACTION
        self.fields["todo"].required = self.fields["due_on"].required = asks


class AnswerForm(forms.Form):
    """The assessor's answer to an action point."""

    text = words(
        "What did you do?",
        rows=4,
        missing="Say what you did: the IQA reads it.",
        help_text="The IQA reads it and looks again.",
    )
