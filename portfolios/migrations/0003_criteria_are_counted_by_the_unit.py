from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("portfolios", "0002_append_only"), ("quals", "0004_unit_criteria_total")]

    operations = [migrations.RemoveField("unitentry", "criteria_total")]
