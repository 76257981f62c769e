"""A learner's pages of gathering evidence: choose or write, describe, add and remove files, hand in, begin anew."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audit.rules import Refused, require
from portfolios import actions, queries, rules
from portfolios.forms.evidence import DeclareForm, FilesForm, KindForm, WhenForm, WordsForm, WriteForm
from portfolios.views.gathering import again, describe_url, go, next_step, onward, own_draft, own_piece, page

PAGE_SIZE = 25
QUESTIONS = ["kind", "when", "words"]


def _learner(request):
    learner = queries.own_learner_for(request.actor) if request.actor else None
    if learner is None:
        raise Http404
    return learner


@require_safe
def evidence_list(request):
    """For a learner who looks for a piece, or for what is still to be done: one tap each."""
    _learner(request)
    pieces = Paginator(queries.evidence_list_for(request.actor), PAGE_SIZE).get_page(request.GET.get("page"))
    rows = [(piece, next_step(piece.evidence, piece.latest)) for piece in queries.pieces_of(pieces)]
    crumbs = [("My evidence", "")]
    return render(request, "portfolios/evidence/list.html", {"pieces": pieces, "rows": rows, "crumbs": crumbs})


@require_http_methods(["GET", "HEAD", "POST"])
def add(request):
    """For a learner with something to show: take, choose or write it; what arrives is a draft from then on."""
    learner = _learner(request)
    refusal = rules.refuse_start_evidence(learner=learner, by=request.actor)
    writing = "write" in request.GET
    kind_of_form = WriteForm if writing else FilesForm
    form = kind_of_form(request if request.method == "POST" else None)
    if request.method != "POST" or refusal:
        return page(request, "write" if writing else "add", "files", form=form, refusal=refusal)
    if not form.is_valid():
        return again(request, form, "write" if writing else "add", "files")
    evidence = actions.start_evidence(
        learner=learner,
        title=form.title,
        text=form.words,
        public_id=form.cleaned_data["piece"],
        by=request.actor,
    )
    return _keep_words(request, evidence, form) if writing else _keep_files(request, evidence, form)


def _keep_words(request, evidence, form):
    """The page may have been sent before, with other words: the last ones count."""
    if queries.draft_of(evidence).text != form.words:
        _describe(request, evidence, {"text": form.words})
    return onward(request, describe_url(evidence, "kind"), accepted="write-evidence")


def _keep_files(request, evidence, form, url: str = ""):
    for uploaded in form.good:
        actions.add_file(evidence=evidence, uploaded=uploaded, by=request.actor)
    for fault in form.faults:
        messages.error(request, fault)
    return go(request, url or describe_url(evidence, "kind"))


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request, evidence_id):
    """The files of a draft: one more, or one less."""
    evidence, version = own_draft(request, evidence_id)
    form = FilesForm(request if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _keep_files(request, evidence, form, request.path)
    held = {"files": version.files.select_related("blob").order_by("position", "pk"), "version": version}
    held["onward"] = next_step(evidence, version)
    if form.is_bound:
        return again(request, form, "files", "files", evidence, **held)
    return page(request, "files", "files", evidence, form=form, **held)


@require_POST
def remove_file(request, file_id):
    """A file out of the draft."""
    if request.actor is None:
        raise Http404
    file = get_object_or_404(queries.own_files_for(request.actor), public_id=file_id)
    actions.remove_file(file=file, by=request.actor)
    return redirect("evidence_files", file.version.evidence.public_id)


def _question(ask: str, request, evidence, version):
    """The form of one question, filled with the answer there is."""
    data = request.POST if request.method == "POST" else None
    if ask == "kind":
        return KindForm(data, kinds=queries.kinds_for(request.actor), initial={"kind": evidence.kind})
    if ask == "when":
        days = {"happened_from": evidence.happened_from, "happened_until": evidence.happened_until}
        return WhenForm(data, initial=days)
    return WordsForm(data, initial={"title": evidence.title, "text": version.text if version else ""})


def _describe(request, evidence, answers: dict) -> None:
    as_it_is = {name: getattr(evidence, name) for name in ("title", "kind", "happened_from", "happened_until")}
    actions.describe_evidence(evidence=evidence, **as_it_is | answers, by=request.actor)


@require_http_methods(["GET", "HEAD", "POST"])
def describe(request, evidence_id):
    """One question at a time: what kind, when, in words; every answer is saved in the draft."""
    evidence = own_piece(request, evidence_id)
    version = queries.draft_of(evidence)
    refusal = rules.refuse_change_evidence(evidence=evidence, version=version, by=request.actor)
    ask = request.GET.get("ask")
    ask = ask if ask in QUESTIONS else QUESTIONS[0]
    form = _question(ask, request, evidence, version)
    if request.method != "POST":
        require(refusal)
        return page(request, ask, ask, evidence, form=form, version=version)
    if not form.is_valid():
        return again(request, form, ask, ask, evidence, version=version)
    try:
        _describe(request, evidence, form.cleaned_data)
    except Refused as refused:
        return again(request, form, ask, ask, evidence, 409, refusal=refused.refusal)
    return onward(request, _after(ask, request, evidence), accepted=f"{ask}-{evidence.public_id}")


def _after(ask: str, request, evidence) -> str:
    """The next question, or back to handing in for somebody who only came to change this one."""
    if "change" in request.GET:
        return reverse("evidence_submit", args=[evidence.public_id])
    if ask == QUESTIONS[-1]:
        return reverse("evidence_refer", args=[evidence.public_id])
    return describe_url(evidence, QUESTIONS[QUESTIONS.index(ask) + 1])


@require_http_methods(["GET", "HEAD", "POST"])
def submit(request, evidence_id):
    """All of it once more, the declaration, and off it goes; sent twice, it is submitted once."""
    evidence = own_piece(request, evidence_id)
    version = queries.draft_of(evidence)
    if version is None:
        messages.info(request, f"“{evidence.title}” is submitted.")
        return redirect("evidence")
    form, problem = DeclareForm(request.POST if request.method == "POST" else None), None
    if request.method == "POST" and form.is_valid():
        try:
            actions.submit(evidence=evidence, declared=form.cleaned_data["declared"], by=request.actor)
        except Refused as refused:
            if queries.draft_of(evidence) is None:
                return redirect("evidence")
            problem = refused.refusal
        else:
            messages.success(request, f"“{evidence.title}” is submitted. Your assessor has it now.")
            return redirect("evidence")
    return _review(request, evidence, version, form, problem)


def _review(request, evidence, version, form, problem):
    context = {
        "form": form,
        "version": version,
        "problem": problem,
        "refusal": rules.refuse_submit(evidence=evidence, version=version, declared=True, by=request.actor),
        "files": version.files.select_related("blob").order_by("position", "pk"),
        "references": queries.references_of(version),
        "onward": next_step(evidence, version),
    }
    return page(request, "submit", "submit", evidence, 422 if problem else 200, **context)


@require_POST
def new_version(request, evidence_id):
    """Begin again from the last version; whoever has begun goes on with that one."""
    evidence = own_piece(request, evidence_id)
    if queries.draft_of(evidence) is None:
        actions.new_version(evidence=evidence, by=request.actor)
    return redirect("evidence_files", evidence.public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def discard(request, evidence_id):
    """Asks first; then the draft is out of sight."""
    evidence = own_piece(request, evidence_id)
    if request.method == "POST":
        actions.discard_evidence(evidence=evidence, by=request.actor)
        messages.success(request, f"“{evidence.title}” was discarded.")
        return redirect("evidence")
    require(rules.refuse_discard(evidence=evidence, by=request.actor))
    return page(request, "discard", "files", evidence)
