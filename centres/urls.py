"""People of a centre, the centres of the installation, and the switch between one's roles."""

from django.urls import path

from centres.views import installation, people

urlpatterns = [
    path("act-as/", people.act_as, name="act_as"),
    path("mail/", people.mailbox, name="mailbox"),
    path("people/", people.people, name="people"),
    path("people/invite/", people.invite_person, name="invite_person"),
    path("people/<uuid:person_id>/", people.person, name="person"),
    path("people/<uuid:person_id>/invite-again/", people.invite_again, name="invite_again"),
    path("people/<uuid:person_id>/approve/", people.approve_person, name="approve_person"),
    path("people/<uuid:person_id>/end-role/", people.end_role, name="end_role"),
    path("people/<uuid:person_id>/end-approvals/", people.end_approvals, name="end_approvals"),
    path("centres/", installation.centres, name="centres"),
    path("centres/issuing/", installation.issuing, name="issuing"),
    path("centres/open/", installation.open_centre, name="open_centre"),
    path("centres/<uuid:centre_id>/", installation.centre, name="centre"),
    path("centres/<uuid:centre_id>/approve/", installation.approve_centre, name="approve_centre"),
    path("centres/<uuid:centre_id>/end-approval/", installation.end_approval, name="end_approval"),
    path("centres/<uuid:centre_id>/direct-claims/", installation.direct_claims, name="direct_claims"),
    path("centres/<uuid:centre_id>/allocate/", installation.allocate_eqa, name="allocate_eqa"),
    path("centres/<uuid:centre_id>/end-allocation/", installation.end_allocation, name="end_allocation"),
]
