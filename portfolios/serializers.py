"""Registrations as JSON: the learner, the qualification, and how far each unit is."""

from rest_framework import serializers


class EntrySerializer(serializers.Serializer):
    """One unit of a registration, with its counters."""

    id = serializers.UUIDField(source="public_id")
    unit = serializers.CharField(source="unit.code")
    uan = serializers.CharField(source="unit.uan")
    title = serializers.CharField(source="unit.title")
    level = serializers.IntegerField(source="unit.level")
    credit = serializers.IntegerField(source="unit.credit")
    assessor = serializers.CharField(source="assessor.name", default=None, allow_null=True)
    iqa = serializers.CharField(source="iqa.name", default=None, allow_null=True)
    route = serializers.CharField()
    state = serializers.CharField()
    criteria_total = serializers.IntegerField()
    criteria_met = serializers.IntegerField()
    criteria_provisional = serializers.IntegerField(help_text="Met, waiting for a countersignature.")
    criteria_not_yet = serializers.IntegerField()
    criteria_claimed = serializers.IntegerField()
    references_waiting = serializers.IntegerField(help_text="Evidence named for a criterion and not judged yet.")


class RegistrationSerializer(serializers.Serializer):
    """One learner on one qualification at one centre, with the units that the reader may see."""

    id = serializers.UUIDField(source="public_id")
    url = serializers.HyperlinkedIdentityField(view_name="api_registration", lookup_field="public_id")
    centre = serializers.CharField(source="centre.name")
    learner = serializers.CharField(source="learner.name")
    qan = serializers.CharField()
    qualification = serializers.CharField(source="qualification.title")
    registered_on = serializers.DateField()
    state = serializers.CharField()
    units = EntrySerializer(source="entries", many=True)
