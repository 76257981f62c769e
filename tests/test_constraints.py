"""By reflection over every model: the database itself refuses what the words and shapes do not allow."""

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, models

OURS = [model for model in apps.get_models() if model._meta.app_label in settings.HOUSE_APPS]
CHOICES = [
    pytest.param(model, field, id=f"{model._meta.label}.{field.name}")
    for model in OURS
    for field in model._meta.concrete_fields
    if field.choices
]


@pytest.mark.parametrize(("model", "field"), CHOICES)
def test_a_choice_is_constrained_by_the_database(model, field):
    checks = [each for each in model._meta.constraints if isinstance(each, models.CheckConstraint)]
    assert any(f"{field.name}__in" in str(check.condition) for check in checks), "choices do not bind the database"


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_constraints_are_named_as_sentences(model):
    for constraint in model._meta.constraints:
        assert len(constraint.name.split("_")) >= 3, constraint.name


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_instants_and_days_are_named_as_such(model):
    for field in model._meta.concrete_fields:
        if isinstance(field, models.DateTimeField):
            assert field.name.endswith("_at") or field.name in {"at", "last_login"}, field
        elif isinstance(field, models.DateField):
            dates = {"happened_from", "happened_until", "registered_from", "registered_before"}
            facts = {"first_registration", "last_registration", "last_certification"}
            assert field.name.endswith("_on") or field.name in dates | facts, field


APPEND_ONLY = [
    "audit.Entry",
    "quals.Correction",
    "quals.Resolution",
    "portfolios.Blob",
    "assessments.Judgement",
    "assessments.JudgedOn",
    "assessments.Countersignature",
    "assessments.Feedback",
    "assessments.SignOff",
    "assessments.SignOffCountersignature",
    "assessments.LearnerConfirmation",
    "assessments.Reopening",
    "verification.Finding",
    "verification.Answer",
    "verification.Release",
    "certification.EqaDecision",
    "certification.Certificate",
    "certification.Revocation",
    "portfolios.Version",
]


@pytest.mark.parametrize("label", APPEND_ONLY)
def test_an_append_only_table_has_its_trigger(db, label):
    table = apps.get_model(label)._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal", [table])
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
        assert any("append_only" in name for (name,) in cursor.fetchall())
