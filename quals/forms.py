"""Forms of bringing a document in and of correcting what was read from it."""

from django import forms

from quals.specification.formats import LARGEST

NOTHING = "Choose a document first."
CUT_OFF = "The upload was cut off, so nothing was kept. Choose the document again."
EMPTY = "This file is empty (0 bytes). Open it first to see whether it is whole, then choose it again."
KINDS = ".txt,.md,.html,.htm,.pdf,.docx,.json"


class DocumentForm(forms.Form):
    """One document. `whole` stands last, so it arrives only if all before it did."""

    file = forms.FileField(
        label="The document",
        help_text="Text, Markdown, HTML, PDF or Word, up to 20 MB, as the awarding organisation publishes it; "
        "or a qualification pack or CASE package in JSON.",
        error_messages={"required": NOTHING, "empty": EMPTY, "invalid": CUT_OFF},
        widget=forms.FileInput(attrs={"accept": KINDS, "data-send-at-once": True}),
    )

    limit = LARGEST

    def clean(self):
        if "whole" not in self.data:
            self.errors.pop("file", None)
            self.add_error("file", CUT_OFF)
        return self.cleaned_data


class DeedForm(forms.Form):
    """What a reviewer sends about one thing that was read: its path, what it should be, and why."""

    path = forms.CharField(max_length=200)
    value = forms.CharField(required=False)
    ground = forms.CharField(required=False)


class RuleForm(forms.Form):
    """A rule of combination, put together as a sentence."""

    bound = forms.ChoiceField(label="Bound", choices=[("at_least", "At least"), ("at_most", "At most")])
    amount = forms.IntegerField(label="Amount", min_value=0, max_value=100_000)
    measure = forms.ChoiceField(label="Of what", choices=[("credits", "credits"), ("units", "units")])
    mode = forms.ChoiceField(
        label="Level",
        required=False,
        choices=[("", "at any level"), ("exactly", "at exactly level"), ("at_or_above", "at or above level")],
    )
    level = forms.IntegerField(label="Which level", required=False, min_value=0, max_value=8)
    groups = forms.CharField(label="From groups", required=False, max_length=200)
    units = forms.CharField(label="Among units", required=False, max_length=2000)

    def clean(self):
        found = self.cleaned_data
        if found.get("mode") and found.get("level") is None and "level" not in self.errors:
            self.add_error("level", "Say which level.")
        return found

    @property
    def rule(self) -> dict:
        """The rule in the shape of the qualification pack, without its id."""
        found = self.cleaned_data
        of = {name: _listed(found[name]) for name in ("groups", "units") if found[name].strip(", ")}
        if found["mode"]:
            of["level"] = {"mode": found["mode"], "value": found["level"]}
        return {name: found[name] for name in ("bound", "measure", "amount")} | {"of": of}

    @staticmethod
    def initial_of(rule: dict) -> dict:
        level = rule["of"].get("level") or {}
        return {
            "bound": rule["bound"],
            "amount": rule["amount"],
            "measure": rule["measure"],
            "mode": level.get("mode", ""),
            "level": level.get("value"),
            "groups": ", ".join(rule["of"].get("groups", [])),
            "units": ", ".join(rule["of"].get("units", [])),
        }


class NewRuleForm(RuleForm):
    """A rule that the importer did not see, with the lines that print it."""

    printed = forms.RegexField(
        r"^[0-9, ]{0,60}$", label="Printed in line", required=False, error_messages={"invalid": "Name lines by number."}
    )

    @property
    def rule(self) -> dict:
        lines = [int(word) for word in _listed(self.cleaned_data["printed"]) if word.isdecimal()]
        return super().rule | {"printed": lines}


def _listed(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]
