"""The architecture, as tests: what the import contracts cannot see."""

import ast
import inspect
import re
import tomllib
from importlib import import_module
from pathlib import Path

import pytest
from django import forms
from django.apps import apps
from django.conf import settings
from django.utils.module_loading import import_string
from rest_framework import serializers

from audit.actors import Actor
from audit.models import Decision

ROOT = Path(settings.BASE_DIR)
APPS = settings.HOUSE_APPS
BELOW_AUDIT = {"jobs"}

# Public functions in `actions` modules that write no entry of their own, each with the reason.
NO_ENTRY = {
    "audit.actions.record": "it is the entry",
    "audit.actions.move": "called by an action that records",
    "audit.actions.registration_chain": "a name",
    "audit.actions.centre_chain": "a name",
    "assessments.actions.judging.recount": "counters, within an action that records",
    "assessments.actions.judging.settle": "counters and states, within an action that records",
    "assessments.actions.judging.tallies": "a calculation",
    "assessments.actions.judging.lock": "a lock, within an action",
    "assessments.actions.judging.current_judgements": "a read, within an action",
    "portfolios.actions.evidence.recount_claims": "counters, within an action that records",
    "portfolios.actions.evidence.claims_of": "a calculation",
    "portfolios.actions.evidence.chain_for": "a name",
    "portfolios.actions.evidence.contents_of": "a calculation",
    "portfolios.actions.evidence.files_of": "a calculation",
    "portfolios.actions.evidence.references_of": "a calculation",
    "certification.actions.code_of_authenticity": "a random code",
    "certification.actions.draft_certificate": "not saved",
}


def modules(name: str) -> list:
    """Every module of that vocabulary name in the house: `app/name.py` and what lies in `app/name/`."""
    found = []
    for app in APPS:
        paths = [ROOT / app / f"{name}.py", *sorted((ROOT / app / name).glob("*.py"))]
        for path in paths:
            if path.exists() and (path.stem == "__init__" or not path.stem.startswith("_")):
                dotted = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
                found.append(import_module(dotted))
    return found


def public_functions(module) -> list:
    return [
        function
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
    ]


ACTIONS = [
    pytest.param(function, id=f"{module.__name__}.{function.__name__}")
    for module in modules("actions")
    if module.__name__.split(".")[0] not in BELOW_AUDIT
    for function in public_functions(module)
    if f"{module.__name__}.{function.__name__}" not in NO_ENTRY
]


@pytest.mark.parametrize("action", ACTIONS)
def test_an_action_takes_keywords_and_says_by_whom_last(action):
    parameters = list(inspect.signature(action).parameters.values())
    assert all(parameter.kind is parameter.KEYWORD_ONLY for parameter in parameters)
    assert parameters[-1].name == "by"


@pytest.mark.parametrize("action", ACTIONS)
def test_an_action_writes_an_audit_entry(action):
    """It calls `record`, or a private function or another action of its module that does."""
    module = ast.parse(inspect.getsource(inspect.getmodule(action)))
    calls = {
        node.name: {
            name.id if isinstance(name, ast.Name) else name.attr
            for call in ast.walk(node)
            if isinstance(call, ast.Call) and isinstance(name := call.func, ast.Name | ast.Attribute)
        }
        for node in module.body
        if isinstance(node, ast.FunctionDef)
    }
    reached, todo = set(), [action.__wrapped__.__name__ if hasattr(action, "__wrapped__") else action.__name__]
    while todo:
        name = todo.pop()
        if name not in reached:
            reached.add(name)
            todo.extend(calls.get(name, ()))
    assert reached & {"record", "invite"}  # accounts.actions.invite records


def test_every_exception_from_writing_an_entry_still_exists():
    for dotted in NO_ENTRY:
        assert callable(import_string(dotted))


def test_the_import_contracts_name_every_app():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    assert set(contracts["root_packages"]) == {"config", *APPS}
    layers = contracts["contracts"][0]["layers"]
    assert set(layers) == {"config", *APPS}
    assert set(contracts["contracts"][1]["containers"]) == set(APPS)


def test_every_app_of_ours_is_listed():
    ours = {config.name for config in apps.get_app_configs() if ROOT in Path(config.path).parents}
    ours = {name for name in ours if ".venv" not in apps.get_app_config(name.split(".")[-1]).path}
    assert ours <= {"config", *APPS}


def test_every_queued_name_is_a_registered_task():
    from config.celery import app

    app.loader.import_default_modules()
    queued = {
        name
        for path in ROOT.glob("*/**/*.py")
        if path.relative_to(ROOT).parts[0] in APPS
        for name in re.findall(r'\btask="([\w.]+)"', path.read_text())
    }
    assert queued
    assert queued <= set(app.tasks)


def choice_fields(form_class) -> list:
    """Choice fields of a form or serializer class that come with rows of the database already in them."""
    return [
        name
        for name, field in form_class.base_fields.items()
        if isinstance(field, forms.ModelChoiceField)
        and field.queryset is not None
        and not field.queryset.query.is_empty()
    ]


def test_no_form_offers_rows_it_was_not_handed():
    for module in modules("forms"):
        for _, form in inspect.getmembers(
            module, lambda each: inspect.isclass(each) and issubclass(each, forms.BaseForm)
        ):
            if form.__module__ == module.__name__:
                assert not choice_fields(form), form


def test_no_serializer_offers_rows_it_was_not_handed():
    for module in modules("serializers"):
        for _, serializer in inspect.getmembers(module, inspect.isclass):
            if not issubclass(serializer, serializers.Serializer) or serializer.__module__ != module.__name__:
                continue
            for name, field in serializer().fields.items():
                related = isinstance(field, serializers.RelatedField)
                assert not (related and getattr(field, "queryset", None) is not None), (serializer, name)


def test_nobody_is_the_system_in_a_view():
    """A view acts in the name of whoever asks; only tasks and commands act as the installation."""
    for module in [*modules("views"), *modules("api")]:
        assert "Actor.system" not in inspect.getsource(module), module


def test_every_decision_has_its_own_manager_and_is_protected_from_deletion():
    for model in apps.get_models():
        if issubclass(model, Decision):
            for field in model._meta.concrete_fields:
                if field.is_relation:
                    assert field.remote_field.on_delete.__name__ == "PROTECT", field


def test_an_actor_holds_one_role():
    actor = Actor(1, "Somebody", "assessor", 1, "Northgate")
    assert actor.roles == {"assessor"}
    assert actor.is_at(1, "assessor")
    assert not actor.is_at(2, "assessor")
    assert not actor.is_at(1, "iqa")
