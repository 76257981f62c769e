"""Where assessors and IQAs begin, the sampling plan, samples and action points, and the release."""

from django.urls import path

from verification.views import homes, planning, releasing, sampling

urlpatterns = [
    path("assessing/", homes.assessor_home, name="assessor_home"),
    path("verifying/", homes.iqa_home, name="iqa_home"),
    path("sampling/", planning.iqa_plan, name="iqa_plan"),
    path("entries/<uuid:entry_id>/sample/", planning.plan_sample, name="plan_sample"),
    path("samples/<uuid:sample_id>/", sampling.sample, name="sample"),
    path("action-points/<uuid:action_point_id>/", sampling.action_point, name="action_point"),
    path("registrations/<uuid:registration_id>/release/", releasing.release, name="release"),
]
