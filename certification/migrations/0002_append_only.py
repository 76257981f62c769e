from django.db import migrations

from audit.migrations._append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("certification", "0001_initial")]

    operations = [
        AppendOnly("EqaDecision"),
        AppendOnly("Certificate"),
        AppendOnly("Revocation"),
    ]
