"""The catalogue as JSON: qualifications in a list, and one as a qualification pack."""

from rest_framework import serializers


class QualificationSerializer(serializers.Serializer):
    """One line of the catalogue."""

    id = serializers.UUIDField(source="public_id")
    url = serializers.HyperlinkedIdentityField(view_name="api_qualification", lookup_field="public_id")
    qan = serializers.CharField()
    title = serializers.CharField()
    level = serializers.IntegerField()
    credits = serializers.IntegerField(allow_null=True)
    awarding_organisation = serializers.CharField(source="specification.awarding_organisation.name")
    issue = serializers.CharField(source="specification.version")
    state = serializers.CharField(source="specification.state")
    wording = serializers.BooleanField(source="specification.has_wording")


class SourceSerializer(serializers.Serializer):
    """The document that the pack was read from."""

    file = serializers.CharField()
    sha256 = serializers.CharField()
    title = serializers.CharField()
    version = serializers.CharField(allow_null=True)
    wording = serializers.BooleanField(help_text="Whether this answer holds the wording.")


class PlaceSerializer(serializers.Serializer):
    """A unit's place in a group, where the document binds it so for some registration dates only."""

    unit = serializers.CharField(help_text="The unit's key.")
    registered_from = serializers.DateField(required=False)
    registered_before = serializers.DateField(required=False)
    mark = serializers.CharField(required=False, help_text="The footnote mark beside it, as printed.")


class GroupSerializer(serializers.Serializer):
    code = serializers.CharField()
    title = serializers.CharField()
    kind = serializers.CharField()
    units = PlaceSerializer(many=True)


class RuleSerializer(serializers.Serializer):
    """One bound of the rules of combination."""

    id = serializers.CharField()
    bound = serializers.CharField()
    measure = serializers.CharField()
    amount = serializers.IntegerField()
    of = serializers.DictField()
    printed = serializers.ListField(child=serializers.IntegerField())
    confidence = serializers.CharField()
    note = serializers.CharField()
    alternative = serializers.DictField(required=False)
    confirmed = serializers.DictField(allow_null=True)


class PackQualificationSerializer(serializers.Serializer):
    qan = serializers.CharField()
    title = serializers.CharField()
    level = serializers.IntegerField()
    credits = serializers.IntegerField(allow_null=True)
    tqt = serializers.IntegerField(allow_null=True)
    glh = serializers.IntegerField(allow_null=True)
    minimum_age = serializers.IntegerField(allow_null=True)
    first_registration = serializers.DateField(allow_null=True)
    last_registration = serializers.DateField(allow_null=True)
    last_certification = serializers.DateField(allow_null=True)
    evidence_kinds = serializers.ListField(child=serializers.CharField())
    groups = GroupSerializer(many=True)
    rules = RuleSerializer(many=True)


class CriterionSerializer(serializers.Serializer):
    code = serializers.CharField()
    text = serializers.CharField(help_text="Empty where the wording is not here, or not yours to read.")
    line = serializers.IntegerField(allow_null=True)


class OutcomeSerializer(serializers.Serializer):
    number = serializers.IntegerField()
    text = serializers.CharField()
    kind = serializers.CharField()
    criteria = CriterionSerializer(many=True)


class EvidenceRequirementSerializer(serializers.Serializer):
    number = serializers.IntegerField()
    kind = serializers.CharField()
    text = serializers.CharField()
    choose = serializers.JSONField(required=False, help_text="A number, or “all”.")
    of = serializers.ListField(child=serializers.CharField())


class UnitSerializer(serializers.Serializer):
    key = serializers.CharField()
    number = serializers.CharField(allow_null=True)
    uan = serializers.CharField(allow_null=True)
    title = serializers.CharField()
    level = serializers.IntegerField()
    credit = serializers.IntegerField()
    glh = serializers.IntegerField(allow_null=True)
    kind = serializers.CharField()
    routes = serializers.ListField(child=serializers.CharField())
    test = serializers.DictField(required=False, help_text="The onscreen test that may take the portfolio's place.")
    line = serializers.IntegerField(allow_null=True)
    strategy = serializers.DictField()
    outcomes = OutcomeSerializer(many=True)
    evidence_requirements = EvidenceRequirementSerializer(many=True)


class FindingSerializer(serializers.Serializer):
    line = serializers.IntegerField(allow_null=True)
    severity = serializers.CharField()
    code = serializers.CharField()
    subject = serializers.CharField(allow_blank=True)
    message = serializers.CharField()
    printed = serializers.CharField(required=False, help_text="What the document prints, where it was read otherwise.")
    read = serializers.CharField(required=False, help_text="What it was read as.")
    resolved = serializers.DictField(required=False, help_text="Who put the doubt to rest, when, on what ground.")


class PackSerializer(serializers.Serializer):
    """A qualification pack with one qualification, in the format `qualification-pack/1`."""

    format = serializers.CharField()
    source = SourceSerializer()
    awarding_organisation = serializers.CharField()
    qualifications = PackQualificationSerializer(many=True)
    units = UnitSerializer(many=True)
    findings = FindingSerializer(many=True, help_text="What the importer doubted; for catalogue editors only.")
