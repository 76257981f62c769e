"""Forms of registering: a learner's facts, the units ticked, and who assesses and verifies them."""

from collections.abc import Iterable

from django import forms

from portfolios.rules import uln_fault
from portfolios.states import OPEN

DAYS = ["%Y-%m-%d", "%d/%m/%Y", "%d %B %Y"]


class LearnerForm(forms.Form):
    """A learner as they will stand on the certificate."""

    name = forms.CharField(
        label="Full name",
        max_length=150,
        error_messages={"required": "Give the name as it shall stand on the certificate."},
        help_text="As it shall stand on the certificate.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autofocus": True}),
    )
    email = forms.EmailField(
        label="Email address",
        max_length=254,
        error_messages={"required": "Give an address that the invitation can go to."},
        help_text="The invitation goes here; they sign in with it.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    born_on = forms.DateField(
        label="Date of birth",
        input_formats=DAYS,
        error_messages={
            "required": "Give the date of birth.",
            "invalid": "Give a day, month and year, for example 27/03/1998.",
        },
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "autocomplete": "off"}),
    )
    uln = forms.CharField(
        label="Unique Learner Number (ULN)",
        required=False,
        max_length=20,
        help_text="Ten digits. Leave it empty if they have none yet.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "short"}),
    )

    def clean_uln(self) -> str:
        uln = "".join(self.cleaned_data["uln"].split())
        if uln and (fault := uln_fault(uln)):
            raise forms.ValidationError(f"{fault} Leave it empty if they have none yet.")
        return uln


class UnitsForm(forms.Form):
    """The units that were ticked, out of those handed in, and what was asked about them before they are saved."""

    MEASURES = ("credits", "hours")
    PEEKS = {"check", "hints", "close", *MEASURES}

    units = forms.MultipleChoiceField(
        label="Units",
        required=False,
        error_messages={
            "invalid_choice": "A unit that was ticked is not on offer here. Look through the list and try again."
        },
    )

    def __init__(self, *args, units: Iterable = (), **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {str(unit.public_id): unit for unit in units}
        self.fields["units"].choices = [(key, str(unit)) for key, unit in self.offered.items()]

    def _named(self, keys: Iterable[str]) -> list:
        keys = set(keys)
        return [unit for key, unit in self.offered.items() if key in keys]

    @property
    def ticked(self) -> list:
        """The units ticked so far, with those of a way that was taken, whether the form holds or not."""
        return self._named([*(self["units"].value() or []), *self.data.get("take", "").split()])

    @property
    def left_out(self) -> list:
        """The units that shall not be proposed."""
        if not self.is_bound:
            return []
        return self._named([*self.data.getlist("left_out"), self.data.get("leave_out", "")])

    @property
    def is_peek(self) -> bool:
        """Sent only to see what the units would come to."""
        return self.data.get("deed") in self.PEEKS or bool({"take", "leave_out"} & set(self.data))

    @property
    def wants_hints(self) -> bool:
        """The second question after a tick, once the sums are shown: what would each unit do?"""
        return self.data.get("deed") == "hints"

    @property
    def measure(self) -> str:
        """By what the shortest way is asked for; "" while nobody has asked."""
        deed = self.data.get("deed")
        wanted = deed if deed in (*self.MEASURES, "close") else self.data.get("ways")
        return wanted if wanted in self.MEASURES else ""


class AllocateForm(forms.Form):
    """An assessor and an IQA for all units, and for a unit somebody else where it is said."""

    ALL = {"assessor": "Assessor", "iqa": "IQA"}
    NOBODY = "nobody"

    def __init__(self, *args, entries: Iterable = (), people: dict | None = None, **kwargs) -> None:
        """`people`: for each of ALL, the candidates for it."""
        super().__init__(*args, **kwargs)
        self.entries = list(entries)
        self.people = people or {}
        self.users = {}
        for role, label in self.ALL.items():
            candidates = self.people.get(role, [])
            self.users |= {str(one.user.public_id): one.user for one in candidates}
            self.fields[role] = self._choice(label, "Nobody yet", [(one, self._all(one)) for one in candidates])
            for entry in self.entries:
                if self.is_fixed(role, entry):
                    continue
                able = [(one, self._one(one, entry)) for one in candidates if entry.unit_id in one.units]
                name = self.name_of(role, entry)
                self.fields[name] = self._choice(f"{label} of unit {entry.unit.code}", "As for all units", able)
                self.fields[name].choices.append((self.NOBODY, "Nobody yet"))

    @staticmethod
    def is_fixed(role: str, entry) -> bool:
        """The assessor who signed a unit off stays."""
        return role == "assessor" and entry.state != OPEN

    @staticmethod
    def name_of(role: str, entry) -> str:
        return f"{role}-{entry.public_id}"

    @staticmethod
    def _choice(label: str, empty: str, able: list) -> forms.ChoiceField:
        choices = [("", empty), *((str(one.user.public_id), words) for one, words in able)]
        message = "This person cannot be chosen here any more. Choose somebody else."
        return forms.ChoiceField(
            label=label, required=False, choices=choices, error_messages={"invalid_choice": message}
        )

    def _all(self, one) -> str:
        of = len(self.entries)
        reach = "all units" if len(one.units) == of else f"{len(one.units)} of {of} units"
        return f"{one.user.name} ({reach}{', in training' if one.training else ''})"

    @staticmethod
    def _one(one, entry) -> str:
        return f"{one.user.name} (in training)" if entry.unit_id in one.training else one.user.name

    def rows(self) -> list[tuple]:
        """Each unit entry with its two fields."""
        return [
            (entry, *(None if self.is_fixed(role, entry) else self[self.name_of(role, entry)] for role in self.ALL))
            for entry in self.entries
        ]

    def plan(self) -> dict:
        """Unit → (assessor, IQA)."""
        return {entry.unit: tuple(self._user(role, entry) for role in self.ALL) for entry in self.entries}

    def _user(self, role: str, entry):
        if self.is_fixed(role, entry):
            return entry.assessor
        return self.users.get(self.cleaned_data[self.name_of(role, entry)] or self.cleaned_data[role])
