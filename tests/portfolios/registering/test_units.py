"""The units of a registration are chosen anew, and nothing that was begun is lost."""

import re

from django.urls import reverse

from portfolios import actions
from quals.models import Qualification
from tests import factories
from tests.portfolios.registering.desk import is_ticked, page_of, said


def choose(desk, registration, units):
    data = {"units": [str(unit.public_id) for unit in units]}
    return desk.post(reverse("choose_units", args=[registration.public_id]), data)


def test_choose_units_adds_and_takes_out(desk, cast):
    registration = cast.here.registration
    opened = desk.get(reverse("choose_units", args=[registration.public_id]))
    assert [unit.number for unit in cast.units if is_ticked(opened, unit)] == ["101", "102", "201", "202"]
    answer = choose(desk, registration, [cast.units[n] for n in (0, 1, 4)])
    assert "The units were saved." in said(desk.get(answer.url))
    assert answer.url == reverse("allocate", args=[registration.public_id])
    held = registration.entries.order_by("unit__position").values_list("unit__number", flat=True)
    assert list(held) == ["101", "102", "203"]


def test_choose_units_keeps_a_unit_that_has_evidence(desk, cast):
    registration = cast.here.registration
    factories.make_draft(cast.here, cast.here.entry("101"))
    opened = page_of(desk.get(reverse("choose_units", args=[registration.public_id])))
    assert opened.count("has evidence, stays") == 1
    answer = choose(desk, registration, cast.units[1:])
    assert answer.status_code == 422
    assert "Unit 101 already has evidence and cannot be taken out" in page_of(answer)
    assert registration.entries.count() == 4


def test_choose_units_names_every_unit_that_has_evidence(desk, cast):
    for number in ("101", "102"):
        factories.make_draft(cast.here, cast.here.entry(number))
    answer = choose(desk, cast.here.registration, cast.units[2:])
    assert "Units 101, 102 already have evidence and cannot be taken out" in page_of(answer)


def seen_in(answer) -> str:
    return re.search(r'name="seen" value="([^"]+)"', answer.content.decode()).group(1)


def test_choose_units_from_a_page_that_somebody_overtook_is_told_and_then_saved(desk, cast):
    registration, url = cast.here.registration, reverse("choose_units", args=[cast.here.registration.public_id])
    data = {"units": [str(unit.public_id) for unit in cast.units[:2]], "seen": seen_in(desk.get(url))}
    choose(desk, registration, cast.units)
    peeked = desk.post(url, data | {"deed": "check"})
    assert seen_in(peeked) == data["seen"]
    refused = desk.post(url, data)
    assert refused.status_code == 409
    assert "Chosen now: 101, 102, 201, 202, 203." in page_of(refused)
    assert registration.entries.count() == 5
    assert not is_ticked(refused, cast.units[4])
    desk.post(url, data | {"seen": seen_in(refused)})
    assert registration.entries.count() == 2


def test_choose_units_sent_twice_is_saved_once(desk, cast):
    url = reverse("choose_units", args=[cast.here.registration.public_id])
    data = {"units": [str(unit.public_id) for unit in cast.units[:3]], "seen": seen_in(desk.get(url))}
    assert [desk.post(url, data).status_code for _ in range(2)] == [302, 302]


def test_choose_units_offers_the_issue_that_the_registration_began_on(desk, cast):
    pack = factories.make_pack()
    pack["source"] |= {"sha256": "f" * 64, "version": "Issue 2"}
    factories.quals.import_pack(
        pack=pack, lines=["line"] * 40, source_name="two.txt", publish=True, by=factories.SYSTEM
    )
    newer = Qualification.objects.get(specification__version="Issue 2")
    answer = desk.get(reverse("choose_units", args=[cast.here.registration.public_id]))
    assert answer.context["offer"].qualification == cast.qualification
    refused = choose(desk, cast.here.registration, newer.specification.units.all())
    assert refused.status_code == 422
    assert cast.here.registration.entries.count() == 4


def test_choose_units_of_a_closed_registration_is_refused(desk, cast):
    registration = cast.here.registration
    actions.withdraw(registration=registration, by=cast.here.administrator)
    assert "This registration is closed" in page_of(desk.get(reverse("choose_units", args=[registration.public_id])))
    answer = choose(desk, registration, cast.units)
    assert answer.status_code == 409
    assert registration.entries.count() == 4
