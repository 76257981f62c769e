"""Home, a registration as a whole, claims, certificates, and the page on which anybody checks one."""

from django.urls import path

from certification import views

urlpatterns = [
    path("", views.home, name="home"),
    path("centre/", views.administrator_home, name="administrator_home"),
    path("external/", views.eqa_home, name="eqa_home"),
    path("registrations/<uuid:registration_id>/", views.registration, name="registration"),
    path("registrations/<uuid:registration_id>/trail/", views.trail, name="trail"),
    path("registrations/<uuid:registration_id>/claim/", views.claim, name="claim"),
    path("claims/", views.claims, name="claims"),
    path("claims/<uuid:claim_id>/", views.claim_status, name="claim_status"),
    path("claims/<uuid:claim_id>/progress/", views.claim_progress, name="claim_progress"),
    path("claims/<uuid:claim_id>/again/", views.make_again, name="make_again"),
    path("certificates/<uuid:certificate_id>/", views.certificate, name="certificate"),
    path("certificates/<uuid:certificate_id>/<str:name>.pdf", views.document, name="document"),
    path("check/", views.check, name="check_form"),
    path("check/<str:code>/", views.check, name="check"),
]
