"""Reading centres and people, and turning a signed-in person into an actor."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count, Q, QuerySet

from accounts.models import Invitation, SentMail, User
from audit.actors import (
    ADMINISTRATOR,
    ASSESSOR,
    EDITOR,
    EQA,
    IQA,
    LEARNER,
    ROLE_NAMES,
    Actor,
    now,
    today,
)
from centres.models import Allocation, Approval, Centre, Competence, DirectClaims, Membership
from centres.states import ASSESS, KIND_OF, QUALIFIED, STAFF_ROLES, TRAINEE, VERIFY
from quals.models import AwardingOrganisation, GroupUnit, Qualification, Unit
from quals.states import PUBLISHED

FIRST = [ADMINISTRATOR, IQA, ASSESSOR, LEARNER, EQA, EDITOR]


def actors_of(user: User) -> list[Actor]:
    """Every role this person may act in today, the likeliest first."""
    day = today()
    memberships = Membership.objects.in_force(day).filter(user=user).select_related("centre")
    actors = [
        Actor(user.pk, user.name, membership.role, membership.centre_id, membership.centre.name)
        for membership in memberships
    ]
    allocations = frozenset(Allocation.objects.in_force(day).filter(user=user).values_list("centre_id", "qan"))
    if allocations:
        actors.append(Actor(user.pk, user.name, EQA, allocations=allocations))
    if user.is_catalogue_editor:
        actors.append(Actor(user.pk, user.name, EDITOR))
    return sorted(actors, key=lambda actor: (FIRST.index(actor.role), actor.centre_id or 0))


def value_of(actor: Actor) -> str:
    """How a choice of role is written in the session and in the switch."""
    return f"{actor.role}:{actor.centre_id or ''}"


def label_of(actor: Actor) -> str:
    return f"{ROLE_NAMES[actor.role]} at {actor.centre_name}" if actor.centre_name else ROLE_NAMES[actor.role]


def actor_for(user: User, role: str, centre: Centre | None = None) -> Actor:
    """The actor of a known role; raises LookupError when the person does not hold it today."""
    for actor in actors_of(user):
        if actor.role == role and (centre is None or actor.centre_id == centre.pk):
            return actor
    raise LookupError(f"{user} is not {role} at {centre} today")


def centres_for(actor: Actor) -> QuerySet[Centre]:
    if actor.role == EDITOR:
        return Centre.objects.all()
    if actor.role == EQA:
        return Centre.objects.filter(pk__in={centre_id for centre_id, _ in actor.allocations})
    return Centre.objects.filter(pk=actor.centre_id)


def members_for(actor: Actor) -> QuerySet[Membership]:
    """Staff and learners of the administrator's centre who hold a role today."""
    if actor.role != ADMINISTRATOR:
        return Membership.objects.none()
    found = Membership.objects.in_force(today()).filter(centre_id=actor.centre_id)
    return found.select_related("user").order_by("user__name", "role")


def competences_for(actor: Actor) -> QuerySet[Competence]:
    if actor.role != ADMINISTRATOR:
        return Competence.objects.none()
    return Competence.objects.in_force(today()).filter(centre_id=actor.centre_id).select_related("user", "unit")


def approvals_for(actor: Actor) -> QuerySet[Approval]:
    return Approval.objects.in_force(today()).filter(centre__in=centres_for(actor)).select_related("centre")


def approved_qans_for(actor: Actor) -> frozenset[str]:
    """The qualifications whose wording the actor may read today, by number."""
    if actor.role == EDITOR:
        published = Qualification.objects.filter(specification__state=PUBLISHED)
        return frozenset(published.values_list("qan", flat=True))
    if actor.role == EQA:
        return frozenset(qan for _, qan in actor.allocations)
    approved = Approval.objects.in_force(today()).filter(centre_id=actor.centre_id)
    return frozenset(approved.values_list("qan", flat=True))


def approved_qualifications_for(actor: Actor) -> QuerySet[Qualification]:
    """Every published issue of what the actor's centre is approved for: learners may be on an older one."""
    found = Qualification.objects.filter(specification__state=PUBLISHED, qan__in=approved_qans_for(actor))
    return found.select_related("specification").order_by("title", "-specification__published_at")


def titles_of(qans: Iterable[str]) -> dict[str, str]:
    """The title of each qualification number, as last published; an unknown number stands for itself."""
    issues = Qualification.objects.filter(specification__state=PUBLISHED, qan__in=set(qans))
    titles = dict(issues.order_by("specification__published_at").values_list("qan", "title"))
    return {qan: titles.get(qan, qan) for qan in qans}


def units_of(qualification: Qualification | None) -> list[Unit]:
    """Every unit of a qualification; of none, none."""
    return [unit for _, units in units_by_group(qualification) for unit in units] if qualification else []


def units_by_group(qualification: Qualification) -> list[tuple[str, list[Unit]]]:
    """The units of a qualification under their groups' titles; a unit in two groups stands in the first."""
    places = GroupUnit.objects.filter(group__qualification=qualification).select_related("group", "unit")
    seen: dict[int, str] = {}
    places = [
        place
        for place in places.order_by("group__position", "position")
        if seen.setdefault(place.unit_id, place.group.title) == place.group.title
    ]
    return [
        (title, [place.unit for place in found])
        for title, found in groupby(places, key=lambda place: place.group.title)
    ]


def mail_for(actor: Actor) -> QuerySet[SentMail]:
    """What was sent in the name of the administrator's centre, or by the installation for its editor."""
    if actor.role not in {ADMINISTRATOR, EDITOR}:
        return SentMail.objects.none()
    return SentMail.objects.filter(centre_id=actor.centre_id).order_by("-pk")


# --- People, for their administrator ---------------------------------------------------------------


@dataclass(frozen=True)
class Colleague:
    """A member of staff as the list shows them, with the last invitation they were sent."""

    user: User
    roles: list[Membership]
    approved: str
    invitation: Invitation | None

    @property
    def is_invited(self) -> bool:
        """They have not chosen a password yet."""
        return not self.user.has_usable_password()

    @property
    def needs_approval(self) -> bool:
        return any(role.role in KIND_OF for role in self.roles)

    @property
    def is_late(self) -> bool:
        return self.invitation is not None and self.invitation.expires_at <= now()


def people_for(actor: Actor) -> QuerySet[User]:
    """Everybody with a role at the administrator's centre today, learners too."""
    return User.objects.filter(pk__in=members_for(actor).values("user_id"))


def staff_roles_for(actor: Actor) -> QuerySet[Membership]:
    return members_for(actor).filter(role__in=[role for role, _ in STAFF_ROLES])


def staff_for(actor: Actor) -> list[Colleague]:
    """The staff of the administrator's centre, by name."""
    roles = defaultdict(list)
    for membership in staff_roles_for(actor):
        roles[membership.user].append(membership)
    counts = defaultdict(dict)
    counted = competences_for(actor).order_by().values_list("user_id", "kind", "standing")
    for user_id, kind, standing, number in counted.annotate(Count("unit", distinct=True)):
        counts[user_id][kind, standing] = number
    waiting = Invitation.objects.filter(user__in=roles, accepted_at__isnull=True).order_by("sent_at")
    sent = {invitation.user_id: invitation for invitation in waiting}
    return [
        Colleague(
            user=user,
            roles=held,
            approved=approved_words(counts[user.pk]),
            invitation=sent.get(user.pk),
        )
        for user, held in roles.items()
    ]


def approved_words(counts: dict[tuple[str, str], int]) -> str:
    """“Assesses 12 units, in training for 2”: what somebody is approved for, in a line."""
    parts = []
    for kind, verb, does in ((ASSESS, "assess", "assesses"), (VERIFY, "verify", "verifies")):
        qualified = counts.get((kind, QUALIFIED), 0)
        training = counts.get((kind, TRAINEE), 0)
        if qualified:
            parts.append(f"{does} {_units(qualified)}")
        if training:
            learns = f"in training for {training}" if qualified else f"in training to {verb} {_units(training)}"
            parts.append(learns)
    sentence = ", ".join(parts)
    return sentence[:1].upper() + sentence[1:]


def _units(number: int) -> str:
    return f"{number} unit" if number == 1 else f"{number} units"


def approvals_of(actor: Actor, user: User) -> QuerySet[Competence]:
    """What a person is approved for at the administrator's centre: now, and from a later day."""
    if actor.role != ADMINISTRATOR:
        return Competence.objects.none()
    found = Competence.objects.filter(Q(until_on__isnull=True) | Q(until_on__gte=today()))
    return (
        found.filter(centre_id=actor.centre_id, user=user)
        .select_related("unit__specification")
        .order_by("kind", "unit__specification__title", "unit__specification_id", "unit__position", "from_on")
    )


# --- Centres, for the installation -----------------------------------------------------------------


@dataclass(frozen=True)
class Delivery:
    """One qualification that a centre is approved for, with its direct claims and its EQAs."""

    approval: Approval
    title: str
    direct: DirectClaims | None
    eqas: list[Allocation]


def not_over(rows: QuerySet) -> QuerySet:
    """What a centre has today or will have from a later day."""
    begun = rows.filter(Q(until_on__isnull=True) | Q(until_on__gte=today()))
    return begun.select_related("centre").order_by("from_on", "pk")


def centre_list_for(actor: Actor) -> QuerySet[Centre]:
    """Centres by name, each with how many qualifications it is approved for today."""
    day = today()
    in_force = Q(approvals__from_on__lte=day) & (Q(approvals__until_on__isnull=True) | Q(approvals__until_on__gte=day))
    qualifications = Count("approvals__qan", distinct=True, filter=in_force)
    return centres_for(actor).annotate(qualifications=qualifications).order_by("name")


def deliveries_for(actor: Actor, centre: Centre) -> list[Delivery]:
    """What a centre that the actor may see is approved for, by title."""
    if not centres_for(actor).filter(pk=centre.pk).exists():
        return []
    approvals = list(not_over(Approval.objects.filter(centre=centre)))
    titles = titles_of([approval.qan for approval in approvals])
    direct = {row.qan: row for row in reversed(not_over(DirectClaims.objects.filter(centre=centre)))}
    eqas = defaultdict(list)
    for allocation in not_over(Allocation.objects.filter(centre=centre).select_related("user")):
        eqas[allocation.qan].append(allocation)
    found = [
        Delivery(approval, titles[approval.qan], direct.get(approval.qan), eqas[approval.qan]) for approval in approvals
    ]
    return sorted(found, key=lambda delivery: (delivery.title, delivery.approval.from_on))


def organisations_for(actor: Actor) -> QuerySet[AwardingOrganisation]:
    """The awarding organisations of the catalogue, for the installation that issues for some of them."""
    found = AwardingOrganisation.objects.order_by("name")
    return found if actor.role == EDITOR else found.none()


def approvals_at(actor: Actor, centre: Centre) -> QuerySet[Approval]:
    return not_over(Approval.objects.filter(centre=centre, centre__in=centres_for(actor)))


def allocations_at(actor: Actor, centre: Centre) -> QuerySet[Allocation]:
    """The EQAs of a centre, for the installation that appoints them."""
    if actor.role != EDITOR:
        return Allocation.objects.none()
    return not_over(Allocation.objects.filter(centre=centre).select_related("user"))


def staff_for_units(actor: Actor, *, unit_ids: Iterable[int], kind: str) -> list[tuple[User, set[int], str]]:
    """People approved today at the administrator's centre: (person, units they are approved for, standing)."""
    role = {ASSESS: ASSESSOR, VERIFY: IQA}[kind]
    members = Membership.objects.in_force(today()).filter(centre_id=actor.centre_id, role=role)
    competences = competences_for(actor).filter(
        unit_id__in=list(unit_ids), kind=kind, user_id__in=members.values("user_id")
    )
    people: dict[int, tuple[User, set[int], str]] = {}
    for competence in competences:
        person = people.setdefault(competence.user_id, (competence.user, set(), competence.standing))
        person[1].add(competence.unit_id)
    return sorted(people.values(), key=lambda person: person[0].name)
