from django.db import migrations

from audit.migrations._append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("assessments", "0001_initial")]

    operations = [
        AppendOnly("Judgement"),
        AppendOnly("JudgedOn"),
        AppendOnly("Countersignature"),
        AppendOnly("Feedback"),
        AppendOnly("SignOff"),
        AppendOnly("SignOffCountersignature"),
        AppendOnly("LearnerConfirmation"),
        AppendOnly("Reopening"),
    ]
