"""A claim made directly, and how somebody alters what it kept behind the application's back."""

from certification import actions as certification
from certification.models import Claim
from portfolios.models import Registration
from quals.models import Rule
from tests.factories import grant_direct_claims, release

BEFORE = ("entry", "code", "uan", "title", "level", "credit")


def approved_claim(house) -> Claim:
    """Directly claimed; nobody has made its papers yet."""
    grant_direct_claims(house)
    release(house)
    return certification.claim(registration=Registration.objects.get(pk=house.registration.pk), by=house.administrator)


def altered(claim, **changes):
    """Behind the application's back: `units` or `combination`, each as a function of what was stored."""
    stored = {name: change(getattr(claim, name)) for name, change in changes.items()}
    Claim.objects.filter(pk=claim.pk).update(**stored)


def as_made_yesterday(claim):
    """What a claim kept before the rules were kept with it."""
    altered(
        claim,
        units=lambda units: [{name: unit[name] for name in BEFORE} for unit in units],
        combination=lambda kept: {"counted": kept["counted"], "disputed": kept["disputed"]},
    )


def rests_on_an_easier_rule(claim):
    Rule.objects.filter(label="R3").update(amount=1)
    return "ROC-4"


def a_unit_is_not_confirmed(claim):
    claim.registration.entries.filter(unit__number="201").update(state="signed_off")
    return "CLM-3"
