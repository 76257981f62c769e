"""Every draft that is there now is looked at for rules that contradict each other, by the worker of today."""

from django.db import migrations
from django.utils import timezone


def queue(apps, schema_editor):
    """The look itself is no part of the migration, which must do the same however Attest changes."""
    job = apps.get_model("jobs", "Job")
    now = timezone.now()
    drafts = apps.get_model("quals", "Specification").objects.filter(state="draft")
    job.objects.bulk_create(
        job(
            task="quals.look_for_contradictions",
            about=f"specification:{public_id}",
            arguments={"specification_id": pk},
            created_at=now,
            due_at=now,
        )
        for pk, public_id in drafts.values_list("pk", "public_id").order_by("pk")
    )


class Migration(migrations.Migration):
    dependencies = [("quals", "0004_unit_criteria_total"), ("jobs", "0001_initial")]

    operations = [migrations.RunPython(queue, migrations.RunPython.noop)]
