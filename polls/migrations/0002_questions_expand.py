"""Room for questions beside what polls and ballots hold now."""

import django.db.models.deletion
from django.db import migrations, models

KINDS = [
    ("single", "choose one"),
    ("several", "choose several"),
    ("approval", "mark all that are acceptable"),
    ("score", "give points to each"),
    ("ranking", "put in order"),
    ("budget", "choose projects within a budget"),
    ("quadratic", "share out credits, strong wishes cost more"),
    ("consent", "consent (musyawarah)"),
    ("number", "write a number"),
    ("text", "write a text"),
]
RULES = [
    ("plurality", "most votes"),
    ("approval", "most votes, several per person"),
    ("score", "most points"),
    ("star", "most points, then a run-off of the two best (STAR)"),
    ("irv", "instant run-off"),
    ("stv", "single transferable vote"),
    ("schulze", "Schulze (pairwise)"),
    ("ranked_pairs", "ranked pairs (pairwise)"),
    ("minimax", "minimax (pairwise)"),
    ("borda", "Borda (points for places)"),
    ("budget_greedy", "most votes first, while the money lasts"),
    ("budget_equal_shares", "equal shares"),
    ("quadratic", "most votes, paid with credits"),
    ("consent", "consent"),
]


class Migration(migrations.Migration):
    dependencies = [("polls", "0001_initial")]

    operations = [
        migrations.RenameField("poll", "question", "title"),
        migrations.AlterField("poll", "title", models.CharField(max_length=240, verbose_name="title")),
        migrations.CreateModel(
            name="Question",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=8)),
                ("position", models.PositiveSmallIntegerField()),
                ("text", models.CharField(max_length=240, verbose_name="question")),
                ("help", models.CharField(blank=True, max_length=600, verbose_name="help")),
                ("kind", models.CharField(choices=KINDS, default="single", max_length=10, verbose_name="kind")),
                (
                    "rule",
                    models.CharField(blank=True, choices=RULES, max_length=20, verbose_name="how it is counted"),
                ),
                ("options", models.JSONField(default=list)),
                ("settings", models.JSONField(default=dict)),
                ("required", models.BooleanField(default=True, verbose_name="must be answered")),
                (
                    "shuffled",
                    models.BooleanField(default=False, verbose_name="answers in another order for each voter"),
                ),
                ("show_if", models.JSONField(blank=True, null=True)),
                (
                    "poll",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="questions", to="polls.poll"
                    ),
                ),
            ],
            options={"ordering": ["position"]},
        ),
        migrations.AddField(
            "ballot",
            "question",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="ballots", to="polls.question"
            ),
        ),
        migrations.AddField(
            "remark",
            "question",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="remarks",
                to="polls.question",
            ),
        ),
        migrations.AddField(
            "waitingremark",
            "question",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="waiting_remarks",
                to="polls.question",
            ),
        ),
    ]
