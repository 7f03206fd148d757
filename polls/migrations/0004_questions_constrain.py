"""What questions hold now leaves polls, ballots and options."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

FITS = (
    Q(kind="single", rule="plurality")
    | Q(kind__in=["several", "approval"], rule="approval")
    | Q(kind="score", rule__in=("score", "star"))
    | Q(kind="ranking", rule__in=("irv", "stv", "schulze", "ranked_pairs", "minimax", "borda"))
    | Q(kind="budget", rule__in=("budget_greedy", "budget_equal_shares"))
    | Q(kind="quadratic", rule="quadratic")
    | Q(kind="consent", rule="consent")
    | Q(kind__in=["number", "text"], rule="")
)


class Migration(migrations.Migration):
    dependencies = [("polls", "0003_questions_populate")]

    operations = [
        migrations.AddConstraint(
            "question", models.UniqueConstraint(fields=["poll", "key"], name="question_key")
        ),
        migrations.AddConstraint("question", models.CheckConstraint(condition=FITS, name="question_rule_fits_kind")),
        migrations.RemoveConstraint("poll", "poll_rule_fits_kind"),
        migrations.RemoveConstraint("ballot", "open_ballot_once"),
        migrations.RemoveConstraint("ballot", "confidential_ballot_once"),
        migrations.RemoveConstraint("ballot", "ballot_form_once"),
        migrations.AlterField(
            "ballot",
            "question",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="ballots", to="polls.question"
            ),
        ),
        migrations.RemoveField("ballot", "poll"),
        migrations.AddConstraint(
            "ballot", models.UniqueConstraint(fields=["question", "voter"], name="open_paper_once")
        ),
        migrations.AddConstraint(
            "ballot", models.UniqueConstraint(fields=["question", "pseudonym"], name="confidential_paper_once")
        ),
        migrations.AddConstraint(
            "ballot", models.UniqueConstraint(fields=["question", "form_hash"], name="paper_form_once")
        ),
        migrations.RemoveField("poll", "kind"),
        migrations.RemoveField("poll", "rule"),
        migrations.RemoveField("poll", "max_choices"),
        migrations.DeleteModel("Option"),
    ]
