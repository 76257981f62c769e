"""Who had a hand in what is to be verified (IQA-1, CTS-3)."""

from assessments.models import Countersignature, Judgement, SignOff, SignOffCountersignature
from portfolios.models import Registration, UnitEntry


def parties_of(registration: Registration) -> set[int]:
    """Everybody who assessed or countersigned anything in the registration's units, and the learner (IQA-1, CTS-3)."""
    entries = registration.entries.all()
    parties = {registration.learner.user_id}
    parties |= set(Judgement.objects.filter(entry__in=entries).values_list("assessor_id", flat=True))
    parties |= set(SignOff.objects.filter(entry__in=entries).values_list("assessor_id", flat=True))
    parties |= set(
        Countersignature.objects.filter(judgement__entry__in=entries).values_list("countersigner_id", flat=True)
    )
    parties |= set(
        SignOffCountersignature.objects.filter(sign_off__entry__in=entries).values_list("countersigner_id", flat=True)
    )
    return parties


def parties_of_entry(entry: UnitEntry) -> set[int]:
    """The same for one unit entry."""
    parties = {entry.registration.learner.user_id, entry.assessor_id}
    parties |= set(Judgement.objects.filter(entry=entry).values_list("assessor_id", flat=True))
    parties |= set(SignOff.objects.filter(entry=entry).values_list("assessor_id", flat=True))
    parties |= set(Countersignature.objects.filter(judgement__entry=entry).values_list("countersigner_id", flat=True))
    parties |= set(
        SignOffCountersignature.objects.filter(sign_off__entry=entry).values_list("countersigner_id", flat=True)
    )
    return parties
