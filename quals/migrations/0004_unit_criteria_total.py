from django.db import migrations, models


def count(apps, schema_editor):
    unit = apps.get_model("quals", "Unit")
    criteria = apps.get_model("quals", "Criterion").objects.filter(unit=models.OuterRef("pk"))
    counted = criteria.order_by().values("unit").annotate(n=models.Count("pk")).values("n")
    found = models.functions.Coalesce(models.Subquery(counted), 0)
    unit.objects.update(criteria_total=found)


class Migration(migrations.Migration):
    dependencies = [("quals", "0003_append_only")]

    operations = [
        migrations.AddField("unit", "criteria_total", models.PositiveIntegerField(default=0)),
        migrations.RunPython(count, migrations.RunPython.noop),
    ]
