"""Where the catalogue is."""

from django.urls import path

from quals import api
from quals.views import catalogue

urlpatterns = [
    path("catalogue/", catalogue.catalogue, name="catalogue"),
    path("catalogue/<uuid:public_id>/", catalogue.qualification, name="qualification"),
    path("catalogue/units/<uuid:public_id>/", catalogue.unit, name="catalogue_unit"),
    path("api/qualifications/", api.QualificationList.as_view(), name="api_qualifications"),
    path("api/qualifications/<uuid:public_id>/", api.QualificationPack.as_view(), name="api_qualification"),
    path("api/schema/", api.Schema.as_view(), name="api_schema"),
]
