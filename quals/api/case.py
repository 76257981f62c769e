"""The catalogue as 1EdTech CASE 1.1, for systems that speak it: read only, in the name of whoever is signed in."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.exceptions import NotAuthenticated
from rest_framework.response import Response
from rest_framework.views import APIView

from quals.case import answers, writing
from quals.queries.case import case_document_for, case_documents_for, case_package_for, case_packages_near

USUAL_LIMIT = 100
UNKNOWN = "Nothing with this identifier is here, or it is not yours to see."
SIGNED_OUT = "Sign in first."
WORDS = {403: "forbidden", 404: "unknownobject", 429: "server_busy"}
ASKED = [
    OpenApiParameter("limit", int, description="How many documents at most; 100 unless told."),
    OpenApiParameter("offset", int, description="How many documents to pass over."),
    OpenApiParameter("sort", str, description="The field to sort by."),
    OpenApiParameter("orderBy", str, enum=["asc", "desc"]),
    OpenApiParameter("filter", str, description="title~'service' AND adoptionStatus='Adopted'"),
    OpenApiParameter("fields", str, description="Only these fields, with commas between them."),
]
described = extend_schema(responses=OpenApiTypes.OBJECT, tags=["CASE 1.1"])


def base() -> str:
    return settings.PUBLIC_URL + reverse("case_documents").removesuffix("/CFDocuments")


class CaseView(APIView):
    """One of CASE's answers; what goes wrong is told in CASE's own form."""

    def handle_exception(self, exc):
        if isinstance(exc, answers.BadRequest):
            return Response(status_info(str(exc), exc.field, exc.word), status=status.HTTP_400_BAD_REQUEST)
        signed_out = isinstance(exc, NotAuthenticated)
        unknown = isinstance(exc, Http404)
        response = super().handle_exception(exc)
        word = "unauthorised_request" if signed_out else WORDS.get(response.status_code, "invalid_selection_field")
        sentence = SIGNED_OUT if signed_out else UNKNOWN if unknown else str(response.data.get("detail", ""))
        response.data = status_info(sentence, "sourcedId" if unknown else "request", word)
        if response.status_code == status.HTTP_405_METHOD_NOT_ALLOWED:
            response.data["imsx_codeMajor"] = "unsupported"
        return response

    def asked_by(self, request) -> dict:
        return {"approved_qans": request.approved_qans, "base": base()}

    def in_package(self, request, public_id: str, find):
        """What `find` finds in a package that the reader may see."""
        identifier = answers.as_uuid(public_id)
        for package in case_packages_near(request.actor, identifier, **self.asked_by(request)):
            if (found := find(package, identifier)) is not None:
                return Response(found)
        raise Http404


def status_info(sentence: str, field: str, word: str) -> dict:
    """CASE's imsx_StatusInfo of something that failed."""
    minor = {"imsx_codeMinorFieldName": field, "imsx_codeMinorFieldValue": word}
    return {
        "imsx_codeMajor": "failure",
        "imsx_severity": "error",
        "imsx_description": sentence,
        "imsx_codeMinor": {"imsx_codeMinorField": [minor]},
    }


class Documents(CaseView):
    """The qualifications of the catalogue as CFDocuments."""

    @extend_schema(parameters=ASKED, responses=OpenApiTypes.OBJECT, tags=["CASE 1.1"], operation_id="getAllCFDocuments")
    def get(self, request):
        asked = request.query_params
        limit = answers.whole("limit", asked.get("limit", ""), USUAL_LIMIT, 1)
        offset = answers.whole("offset", asked.get("offset", ""), 0, 0)
        found = case_documents_for(request.actor, **self.asked_by(request))
        found = answers.matching(found, asked.get("filter", ""))
        found = answers.in_order(found, asked.get("sort", ""), asked.get("orderBy", ""))
        shown = answers.only_fields(found[offset : offset + limit], asked.get("fields", ""))
        headers = {"X-Total-Count": len(found), "Link": links(asked, len(found), limit, offset)}
        return Response({"CFDocuments": shown}, headers=headers)


def links(asked, total: int, limit: int, offset: int) -> str:
    """Where the other pages of the list are."""
    kept = {name: asked[name] for name in ("sort", "orderBy", "filter", "fields") if name in asked}
    address = f"{base()}/CFDocuments"
    pages = answers.pages(total, limit, offset)
    return ", ".join(
        f'<{address}?{urlencode(kept | {"limit": limit, "offset": start})}>; rel="{name}"'
        for name, start in pages.items()
    )


class Document(CaseView):
    """One qualification as a CFDocument."""

    @described
    def get(self, request, public_id):
        found = case_document_for(request.actor, answers.as_uuid(public_id), **self.asked_by(request))
        if found is None:
            raise Http404
        return Response(found)


class Package(CaseView):
    """One qualification with all its items and associations as a CFPackage."""

    @described
    def get(self, request, public_id):
        found = case_package_for(request.actor, answers.as_uuid(public_id), **self.asked_by(request))
        if found is None:
            raise Http404
        return Response(found)


class Item(CaseView):
    """One unit, outcome or criterion as a CFItem."""

    @described
    def get(self, request, public_id):
        return self.in_package(request, public_id, answers.item_of)


class ItemAssociations(CaseView):
    """One CFItem with all its CFAssociations."""

    @described
    def get(self, request, public_id):
        return self.in_package(request, public_id, answers.associations_of)


class Association(CaseView):
    """One CFAssociation."""

    @described
    def get(self, request, public_id):
        return self.in_package(request, public_id, answers.association_of)


class ItemType(CaseView):
    """Unit, learning outcome or assessment criterion as a CFItemType, with the types below it."""

    @described
    def get(self, request, public_id):
        found = answers.types_from(writing.item_types(base()), answers.as_uuid(public_id))
        if not found:
            raise Http404
        return Response({"CFItemTypes": found})
