from django.db import migrations

from audit.migrations._append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("portfolios", "0001_initial")]

    operations = [
        AppendOnly("Version", when="OLD.submitted_at IS NOT NULL"),
        AppendOnly("Blob"),
    ]
