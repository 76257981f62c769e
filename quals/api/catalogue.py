"""The catalogue in formats of our own: a list of qualifications, and one as a qualification pack."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularJSONAPIView
from rest_framework.generics import ListAPIView
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response
from rest_framework.views import APIView

from quals.queries import findings_for, pack_of, qualifications_for, wording_for
from quals.serializers import PackSerializer, QualificationSerializer


class QualificationList(ListAPIView):
    """The qualifications of the catalogue, of each the newest issue first."""

    serializer_class = QualificationSerializer

    def get_queryset(self):
        return qualifications_for(getattr(self.request, "actor", None))


class QualificationPack(APIView):
    """One qualification with its groups, rules and units, as a qualification pack."""

    @extend_schema(responses=PackSerializer)
    def get(self, request, public_id):
        qualification = get_object_or_404(qualifications_for(request.actor), public_id=public_id)
        pack = pack_of(
            qualification.specification,
            only=qualification,
            wording=wording_for(request.actor, qualification, request.approved_qans),
            findings=findings_for(request.actor, qualification.specification),
        )
        return Response(PackSerializer(pack).data)


class Schema(SpectacularJSONAPIView):
    """This API's description (OpenAPI)."""

    permission_classes = [IsAuthenticated]
