"""Who is reminded of an appointment is chosen where several agreed to be."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import wurzelwerk.base.ids


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0017_named_referrals"),
        ("portal", "0001_initial"),
        ("trust", "0007_handover_notes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ReminderChoice",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=wurzelwerk.base.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("person", models.UUIDField(null=True)),
                ("chosen_at", models.DateTimeField()),
                (
                    "akte",
                    models.ForeignKey(
                        editable=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="trust.akte"
                    ),
                ),
                (
                    "appointment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.appointment"
                    ),
                ),
                (
                    "chosen_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "circle",
                    models.ForeignKey(
                        editable=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="trust.circle"
                    ),
                ),
            ],
            options={
                "ordering": ["chosen_at", "pk"],
                "constraints": [models.UniqueConstraint(fields=("appointment", "person"), name="reminder_choice_once")],
            },
        ),
    ]
