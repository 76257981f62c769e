"""Registering learners, and a learner's evidence."""

from django.urls import path

from portfolios import api
from portfolios.views import allocating, choosing, evidence, files, progress, referring, registering

urlpatterns = [
    path("learners/", registering.learners, name="learners"),
    path("learners/add/", registering.add_learner, name="add_learner"),
    path("learners/<uuid:learner_id>/", registering.learner, name="learner"),
    path("learners/<uuid:learner_id>/register/", choosing.register, name="register"),
    path("registrations/<uuid:registration_id>/units/", choosing.choose_units, name="choose_units"),
    path("registrations/<uuid:registration_id>/allocate/", allocating.allocate, name="allocate"),
    path("registrations/<uuid:registration_id>/rules/", progress.where_am_i, name="where_am_i"),
    path("evidence/", evidence.evidence_list, name="evidence"),
    path("evidence/add/", evidence.add, name="add_evidence"),
    path("evidence/<uuid:evidence_id>/files/", evidence.upload, name="evidence_files"),
    path("evidence/<uuid:evidence_id>/describe/", evidence.describe, name="evidence_describe"),
    path("evidence/<uuid:evidence_id>/shows/", referring.refer, name="evidence_refer"),
    path("evidence/<uuid:evidence_id>/submit/", evidence.submit, name="evidence_submit"),
    path("evidence/<uuid:evidence_id>/new-version/", evidence.new_version, name="evidence_new_version"),
    path("evidence/<uuid:evidence_id>/discard/", evidence.discard, name="evidence_discard"),
    path("files/<uuid:file_id>/remove/", evidence.remove_file, name="remove_file"),
    path("files/<uuid:file_id>/", files.serve, name="file"),
    path("files/<uuid:file_id>/pages/<int:number>.png", files.page, name="file_page"),
    path("api/registrations/", api.RegistrationList.as_view(), name="api_registrations"),
    path("api/registrations/<uuid:public_id>/", api.RegistrationDetail.as_view(), name="api_registration"),
]
