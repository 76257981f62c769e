"""Where the catalogue is."""

from django.urls import path

from quals import api
from quals.api import case
from quals.views import catalogue, combining, correcting, documents, reviewing, sameness

urlpatterns = [
    path("catalogue/", catalogue.catalogue, name="catalogue"),
    path("catalogue/<uuid:public_id>/", catalogue.qualification, name="qualification"),
    path("catalogue/units/<uuid:public_id>/", catalogue.unit, name="catalogue_unit"),
    path("catalogue/units/<uuid:public_id>/elsewhere/", sameness.same_units, name="same_units"),
    path("catalogue/review/<uuid:public_id>/changes/", sameness.compare, name="compare"),
    path("catalogue/documents/", documents.documents, name="documents"),
    path("catalogue/documents/<uuid:public_id>/", documents.document, name="catalogue_document"),
    path("catalogue/review/<uuid:public_id>/", reviewing.review, name="review"),
    path("catalogue/review/<uuid:public_id>/units/<str:key>/", reviewing.review_unit, name="review_unit"),
    path(
        "catalogue/review/<uuid:public_id>/structure/<uuid:qualification_id>/",
        reviewing.review_structure,
        name="review_structure",
    ),
    path(
        "catalogue/review/<uuid:public_id>/rules/<uuid:qualification_id>/",
        combining.review_rules,
        name="review_rules",
    ),
    path("catalogue/review/<uuid:public_id>/correct/", correcting.correct, name="review_correct"),
    path("catalogue/review/<uuid:public_id>/add/", correcting.add, name="review_add"),
    path("catalogue/review/<uuid:public_id>/leave-out/", correcting.leave_out, name="review_leave_out"),
    path("catalogue/review/<uuid:public_id>/take-back/", correcting.take_back, name="review_take_back"),
    path("catalogue/review/<uuid:public_id>/settle/", correcting.settle, name="review_settle"),
    path("catalogue/review/<uuid:public_id>/resolve/", correcting.resolve, name="review_resolve"),
    path("catalogue/review/<uuid:public_id>/acknowledge/", correcting.acknowledge, name="review_acknowledge"),
    path("catalogue/review/<uuid:public_id>/publish/", correcting.publish, name="review_publish"),
    path("api/qualifications/", api.QualificationList.as_view(), name="api_qualifications"),
    path("api/qualifications/<uuid:public_id>/", api.QualificationPack.as_view(), name="api_qualification"),
    path("api/schema/", api.Schema.as_view(), name="api_schema"),
    path("ims/case/v1p1/CFDocuments", case.Documents.as_view(), name="case_documents"),
    path("ims/case/v1p1/CFDocuments/<str:public_id>", case.Document.as_view(), name="case_document"),
    path("ims/case/v1p1/CFPackages/<str:public_id>", case.Package.as_view(), name="case_package"),
    path("ims/case/v1p1/CFItems/<str:public_id>", case.Item.as_view(), name="case_item"),
    path(
        "ims/case/v1p1/CFItemAssociations/<str:public_id>",
        case.ItemAssociations.as_view(),
        name="case_item_associations",
    ),
    path("ims/case/v1p1/CFAssociations/<str:public_id>", case.Association.as_view(), name="case_association"),
    path("ims/case/v1p1/CFItemTypes/<str:public_id>", case.ItemType.as_view(), name="case_item_type"),
]
