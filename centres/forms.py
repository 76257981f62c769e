"""Forms about people and centres. Each is handed the rows it offers; by itself it offers none."""

from django import forms

from audit.actors import today
from centres.states import COMPETENCES, KIND_OF, QUALIFIED, STAFF_ROLES, STANDINGS


def day_field(label: str, **options) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **options)


def name_field(label: str = "Name", **options) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=150, widget=forms.TextInput(attrs={"autocomplete": "off"}), **options
    )


def email_field(label: str = "Email", **options) -> forms.EmailField:
    return forms.EmailField(
        label=label, max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off"}), **options
    )


def across() -> forms.RadioSelect:
    return forms.RadioSelect(attrs={"class": "across"})


class InvitePerson(forms.Form):
    """A colleague, their role, and at once what they are approved for."""

    name = name_field()
    email = email_field(help_text="The invitation goes there, and they sign in with it.")
    role = forms.ChoiceField(choices=STAFF_ROLES, widget=across())
    qualification = forms.ChoiceField(
        label="Approved for every unit of",
        required=False,
        help_text="For an assessor or an IQA. Single units can be added and ended later, under their name.",
    )
    standing = forms.ChoiceField(
        choices=STANDINGS,
        initial=QUALIFIED,
        widget=across(),
        help_text="What somebody in training decides counts once somebody qualified has countersigned it.",
    )

    def __init__(self, *args, qualifications=(), **options) -> None:
        super().__init__(*args, **options)
        self.offered = {str(one.public_id): one for one in qualifications}
        choices = [(value, label_of_issue(one)) for value, one in self.offered.items()]
        self.fields["qualification"].choices = [("", "Nothing yet"), *choices]

    def clean(self):
        cleaned = super().clean()
        approved = cleaned.get("role") in KIND_OF
        cleaned["qualification"] = self.offered.get(cleaned.get("qualification")) if approved else None
        return cleaned


def label_of_issue(qualification) -> str:
    version = qualification.specification.version
    return f"{qualification.title} ({qualification.qan}{f', {version}' if version else ''})"


class ApproveForUnits(forms.Form):
    """Units of one qualification, ticked; to assess or to verify; qualified or in training; from when."""

    kind = forms.ChoiceField(label="Approved to", choices=COMPETENCES, widget=across())
    standing = forms.ChoiceField(choices=STANDINGS, initial=QUALIFIED, widget=across())
    from_on = day_field("From", initial=today)
    units = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick at least one unit."},
    )

    def __init__(self, *args, groups=(), kinds=(), ticked=False, **options) -> None:
        super().__init__(*args, **options)
        self.offered = {str(unit.public_id): unit for _, units in groups for unit in units}
        self.fields["kind"].choices = [choice for choice in COMPETENCES if choice[0] in kinds]
        if len(kinds) == 1:
            self.fields["kind"].initial = next(iter(kinds))
        self.fields["units"].choices = [
            (title, [(str(unit.public_id), str(unit)) for unit in units]) for title, units in groups
        ]
        self.fields["units"].initial = list(self.offered) if ticked else []

    def clean_units(self):
        return [self.offered[value] for value in self.cleaned_data["units"]]


class EndRole(forms.Form):
    """The last day of one of a person's roles."""

    last_day = day_field("Last day", initial=today)


class EndApprovals(forms.Form):
    """Which of a person's approvals for units end, and their last day."""

    approvals = forms.MultipleChoiceField(error_messages={"required": "Tick what is to end."})
    last_day = day_field("Last day", initial=today)

    def __init__(self, *args, approvals=(), **options) -> None:
        super().__init__(*args, **options)
        self.offered = {str(one.pk): one for one in approvals}
        self.fields["approvals"].choices = [(value, value) for value in self.offered]

    def clean_approvals(self):
        return [self.offered[value] for value in self.cleaned_data["approvals"]]


class OpenCentre(forms.Form):
    """A new centre and whoever runs it."""

    name = name_field("Name of the centre")
    number = forms.CharField(label="Centre number", max_length=30, help_text="As the awarding organisation gave it.")
    administrator = name_field("Its first administrator")
    email = email_field("Their email", help_text="The invitation goes there; they invite everybody else.")


class QualificationChoice(forms.Form):
    """One qualification number, of those handed in."""

    qan = forms.ChoiceField(label="Qualification")
    from_on = day_field("From", initial=today)
    until_on = day_field("Until", required=False, help_text="The last day; leave it empty if none is set.")

    def __init__(self, *args, titles=None, **options) -> None:
        super().__init__(*args, **options)
        choices = [(qan, f"{title} ({qan})") for qan, title in (titles or {}).items()]
        self.fields["qan"].choices = choices if len(choices) == 1 else [("", "Choose one"), *choices]


class ApproveCentre(QualificationChoice):
    """The awarding organisation's approval of a centre for a qualification."""


class AllocateEqa(QualificationChoice):
    """The awarding organisation's EQA for one of a centre's qualifications."""

    name = name_field()
    email = email_field(help_text="The invitation goes there, and they sign in with it.")
    field_order = ["name", "email", "qan", "from_on", "until_on"]


class DirectClaimsSwitch(forms.Form):
    """Direct claims of one qualification: on from a day, or off with a last day."""

    qan = forms.ChoiceField(widget=forms.HiddenInput)
    on = forms.BooleanField(required=False, widget=forms.HiddenInput)
    day = day_field("Day", initial=today)

    def __init__(self, *args, qans=(), **options) -> None:
        super().__init__(*args, **options)
        self.fields["qan"].choices = [(qan, qan) for qan in qans]


class IssuingSwitch(forms.Form):
    """Whether the certificates of an awarding organisation are issued through this installation."""

    organisation = forms.ChoiceField(widget=forms.HiddenInput)
    on = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, organisations=(), **options) -> None:
        super().__init__(*args, **options)
        self.offered = {str(one.pk): one for one in organisations}
        self.fields["organisation"].choices = [(value, value) for value in self.offered]

    def clean_organisation(self):
        return self.offered[self.cleaned_data["organisation"]]


class EndRow(forms.Form):
    """Which approval or appointment ends, and its last day."""

    row = forms.ChoiceField(widget=forms.HiddenInput)
    last_day = day_field("Last day", initial=today)

    def __init__(self, *args, rows=(), **options) -> None:
        super().__init__(*args, **options)
        self.offered = {str(one.pk): one for one in rows}
        self.fields["row"].choices = [(value, value) for value in self.offered]

    def clean_row(self):
        return self.offered[self.cleaned_data["row"]]
