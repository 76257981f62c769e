"""One's own registrations for other systems: read only, in the name of whoever is signed in."""

from rest_framework.generics import ListAPIView, RetrieveAPIView

from portfolios.queries import registrations_with_entries
from portfolios.serializers import RegistrationSerializer


class RegistrationList(ListAPIView):
    """The registrations that the signed-in person may see in the role they act in, by the learner's name."""

    serializer_class = RegistrationSerializer

    def get_queryset(self):
        return registrations_with_entries(getattr(self.request, "actor", None))


class RegistrationDetail(RetrieveAPIView):
    """One registration with its units and how far they are."""

    serializer_class = RegistrationSerializer
    lookup_field = "public_id"

    def get_queryset(self):
        return registrations_with_entries(getattr(self.request, "actor", None))
