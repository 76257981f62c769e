"""The pages of verification, and what they share: who asks, where they are, how a refusal answers."""

from django.urls import reverse


def crumbs_to(entry, *after) -> list[tuple[str, str | None]]:
    """Learner › unit › the page itself."""
    registration = reverse("registration", args=[entry.registration.public_id])
    unit = (f"Unit {entry.unit.code}", reverse("unit", args=[entry.public_id]))
    return [(entry.registration.learner.name, registration), unit, *((label, None) for label in after)]
