"""Forms of gathering evidence, each one question: which files, what kind, when, in words; and the declaration."""

from datetime import timedelta
from uuid import uuid4

from django import forms
from django.conf import settings
from django.template.defaultfilters import filesizeformat

from audit.actors import today
from portfolios.files import shown_name, sniff
from portfolios.rules import DECLARATION, refuse_file

CUT_OFF = "The upload was cut off, so no part of the file was kept; nothing else was lost. Choose the file again."
NOTHING = "Choose a file first."
DAYS = ["%Y-%m-%d", "%d/%m/%Y", "%d %B %Y"]
BAD_DAY = "Give a day, month and year, for example 27/03/2026."


class FilesForm(forms.Form):
    """Files as they arrived. Those that can be kept are in `good`; why the others cannot, in `faults`.

    `piece` is the id that a new piece will have. `whole` stands last, so it arrives only if all before it did.
    """

    words = ""
    piece = forms.UUIDField(required=False, widget=forms.HiddenInput)
    files = forms.Field(required=False, widget=forms.FileInput)

    def __init__(self, request=None) -> None:
        self.request, self.good, self.faults = request, [], []
        if request is None:
            super().__init__(initial={"piece": uuid4()}, auto_id="%s")
        else:
            super().__init__(request.POST, request.FILES, auto_id="%s")

    @property
    def title(self) -> str:
        """The first file's name, until the learner finds a better one."""
        return shown_name(self.good[0].name)

    @property
    def limit(self) -> int:
        return settings.UPLOAD_LIMIT_BYTES

    def clean_files(self):
        if "whole" not in self.request.POST:
            raise forms.ValidationError(CUT_OFF)
        for uploaded in self.request.FILES.getlist("files"):
            name = shown_name(uploaded.name)
            content_type = sniff(uploaded) if uploaded.size else ""
            if refusal := refuse_file(name=name, size=uploaded.size, content_type=content_type):
                self.faults.append(refusal.sentence)
            else:
                self.good.append(uploaded)
        if over := getattr(self.request, "upload_over_limit", None):
            self.faults.append(over_limit(shown_name(over)))
        if not self.good:
            raise forms.ValidationError(self.faults or [NOTHING])
        return self.good


def over_limit(name: str) -> str:
    most = filesizeformat(settings.UPLOAD_LIMIT_BYTES)
    return (
        f"“{name}” is more than {most}, so it was not kept. Everything else you entered was. "
        "Make it shorter or smaller, then choose it again."
    )


class WriteForm(forms.Form):
    """Evidence that is written here, without a file."""

    piece = forms.UUIDField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(
        label="What did you do, and how?",
        help_text="Write it as you would tell it. You can add files to it afterwards.",
        error_messages={"required": "Write something first."},
        widget=forms.Textarea(attrs={"rows": 12, "autofocus": True, "class": "tall"}),
    )

    def __init__(self, request=None) -> None:
        if request is None:
            super().__init__(initial={"piece": uuid4()})
        else:
            super().__init__(request.POST)

    @property
    def words(self) -> str:
        return self.cleaned_data["text"]

    @property
    def title(self) -> str:
        """The beginning of the first line, until the learner finds a better one."""
        line = self.words.strip().splitlines()[0].strip()
        return line if len(line) <= 60 else line[:60].rsplit(" ", 1)[0] + "…"


class KindForm(forms.Form):
    """What kind of evidence it is; the kinds are those of the learner's qualifications."""

    kind = forms.ChoiceField(
        label="What kind of evidence is it?",
        error_messages={"required": "Choose one of the kinds.", "invalid_choice": "Choose one of these kinds."},
    )

    def __init__(self, *args, kinds, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds


class WhenForm(forms.Form):
    """When it happened: today and yesterday with one tap, else a day, or the first and last of several."""

    quick = forms.ChoiceField(choices=[("0", "Today"), ("1", "Yesterday")], required=False)
    happened_from = forms.DateField(
        label="On another day, or from",
        input_formats=DAYS,
        error_messages={"invalid": BAD_DAY, "required": "Say when it happened: today, yesterday, or a day."},
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    happened_until = forms.DateField(
        label="Until",
        required=False,
        input_formats=DAYS,
        help_text="Only if it took more than a day.",
        error_messages={"invalid": BAD_DAY},
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    def clean(self):
        data = super().clean()
        if data.get("quick"):
            data["happened_from"] = today() - timedelta(days=int(data["quick"]))
            data["happened_until"] = None
            self._errors.clear()
        elif not self.errors:
            self._check_days(data.get("happened_from"), data.get("happened_until"))
        data.pop("quick", None)
        return data

    def _check_days(self, first, last) -> None:
        if last is not None and last < first:
            self.add_error("happened_until", "The last day is before the first one.")
        elif (last or first) > today():
            self.add_error(
                "happened_until" if last else "happened_from",
                "This day lies in the future. Evidence shows what has happened.",
            )


class WordsForm(forms.Form):
    """What it is called, and what the assessor should know about it."""

    title = forms.CharField(
        label="What do you call it?",
        max_length=200,
        error_messages={"required": "Give it a name that you will know it by."},
    )
    text = forms.CharField(
        label="What should your assessor know about it?",
        required=False,
        help_text="What you did, why, and what came of it. Say who helped.",
        widget=forms.Textarea(attrs={"rows": 8}),
    )


class DeclareForm(forms.Form):
    """The learner's declaration (EVD-1): without it nothing is submitted."""

    declared = forms.BooleanField(label=DECLARATION, required=False)
