"""A learner's own page, a unit and its evidence, and what assessors decide there."""

from django.urls import path

from assessments.views import countersigning, judging, learning, signing, units

urlpatterns = [
    path("my/", learning.learner_home, name="learner_home"),
    path("evidence/<uuid:evidence_id>/", learning.evidence_piece, name="evidence_piece"),
    path("entries/<uuid:entry_id>/", units.unit, name="unit"),
    path("entries/<uuid:entry_id>/judge/", judging.judge, name="judge"),
    path("countersigning/", countersigning.countersigning, name="countersigning"),
    path("entries/<uuid:entry_id>/countersign/", countersigning.countersign, name="countersign"),
    path("entries/<uuid:entry_id>/sign-off/", signing.sign_off, name="sign_off"),
    path("entries/<uuid:entry_id>/confirm/", signing.confirm, name="confirm"),
    path("entries/<uuid:entry_id>/reopen/", signing.reopen, name="reopen"),
]
