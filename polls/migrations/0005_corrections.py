"""Corrections of wordings."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("polls", "0004_questions_constrain")]

    operations = [
        migrations.CreateModel(
            name="Correction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("before", models.CharField(max_length=600)),
                ("after", models.CharField(max_length=600, verbose_name="correct wording")),
                ("note", models.CharField(max_length=300, verbose_name="why it is corrected")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "poll",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="corrections", to="polls.poll"
                    ),
                ),
            ],
            options={"ordering": ["created_at", "id"]},
        ),
    ]
