from django.db import migrations

from audit.migrations._append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("quals", "0002_reviewing"), ("audit", "0002_append_only")]

    operations = [
        AppendOnly("Correction"),
        AppendOnly("Resolution"),
    ]
