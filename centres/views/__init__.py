"""The pages of centres and the people in them, and how each asks an action that may refuse."""

from django.contrib import messages

from audit.rules import Refused


def refused_on(form, deed):
    """Do the deed; when a rule refuses, its sentence goes on the form and nothing typed is lost."""
    try:
        return deed()
    except Refused as refused:
        form.add_error(None, refused.refusal.sentence)
        return None


def with_toast(request, form, deed, done: str) -> None:
    """Do what a form of a day and a button asks for, and say what came of it on the page it came from."""
    if form.is_valid():
        refused_on(form, deed)
    if form.errors:
        wrong = " ".join(error for errors in form.errors.values() for error in errors)
        messages.error(request, f"{wrong} Nothing was changed.")
    else:
        messages.success(request, done)
