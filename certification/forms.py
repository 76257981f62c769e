"""The shape of an EQA's answer and of the end of a certificate."""

from django import forms

from certification import states

ANSWERS = [
    (states.RELEASED, "Release it: the papers are made"),
    (states.RETURNED, "Return it to the centre, with a reason"),
]


class EqaAnswer(forms.Form):
    """Release a waiting claim, or return it with a reason."""

    outcome = forms.ChoiceField(label="Your answer", choices=ANSWERS, widget=forms.RadioSelect)
    note = forms.CharField(
        label="What you looked at and found",
        help_text="Needed when you return it; the centre reads it.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class EndCertificate(forms.Form):
    """Replace a certificate, or revoke it."""

    how = forms.ChoiceField(
        label="What should happen",
        choices=[("replace", "Replace it: a new paper, marked as a replacement"), ("revoke", "Revoke it")],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label="Why", widget=forms.Textarea(attrs={"rows": 3}))
