"""The tables of meetings."""

import django.db.models.deletion
import lykta.domain.meetings.rules
from django.conf import settings
from django.db import migrations, models

from lykta.infrastructure.locked import refuse_changes


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("documents", "0002_kinds"),
        ("events", "0002_reports"),
        ("partners", "0001_tables"),
        ("places", "0002_places"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Action",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            (lykta.domain.meetings.rules.ActionKind["PRESENCE"], "närvaro"),
                            (lykta.domain.meetings.rules.ActionKind["LIGHTING"], "belysning"),
                            (
                                lykta.domain.meetings.rules.ActionKind["CLEAN_REPAIR"],
                                "sanering, reparation",
                            ),
                            (lykta.domain.meetings.rules.ActionKind["DIALOGUE"], "samtal"),
                            (
                                lykta.domain.meetings.rules.ActionKind["CONTROL"],
                                "kontroll, tillsyn",
                            ),
                            (lykta.domain.meetings.rules.ActionKind["INFORMATION"], "information"),
                            (
                                lykta.domain.meetings.rules.ActionKind["DESIGN"],
                                "utformning av platsen",
                            ),
                            (lykta.domain.meetings.rules.ActionKind["ACTIVITY"], "aktivitet"),
                            (
                                lykta.domain.meetings.rules.ActionKind["CAMERA_REVIEW"],
                                "kameraöversyn",
                            ),
                            (lykta.domain.meetings.rules.ActionKind["OTHER"], "annat"),
                        ],
                        max_length=15,
                    ),
                ),
                ("due", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            (lykta.domain.meetings.rules.ActionState["OPEN"], "inte påbörjad"),
                            (lykta.domain.meetings.rules.ActionState["DOING"], "pågår"),
                            (lykta.domain.meetings.rules.ActionState["DONE"], "klar"),
                            (lykta.domain.meetings.rules.ActionState["CANCELLED"], "avbruten"),
                        ],
                        default=lykta.domain.meetings.rules.ActionState["OPEN"],
                        max_length=10,
                    ),
                ),
                ("result", models.CharField(blank=True, max_length=300)),
                ("done_at", models.DateTimeField(null=True)),
                ("told_at", models.DateTimeField(null=True)),
                ("effect_week", models.DateField()),
                ("effect", models.CharField(blank=True, max_length=300)),
                ("changed_at", models.DateTimeField()),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["due", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ActionStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            (lykta.domain.meetings.rules.ActionState["OPEN"], "inte påbörjad"),
                            (lykta.domain.meetings.rules.ActionState["DOING"], "pågår"),
                            (lykta.domain.meetings.rules.ActionState["DONE"], "klar"),
                            (lykta.domain.meetings.rules.ActionState["CANCELLED"], "avbruten"),
                        ],
                        max_length=10,
                    ),
                ),
                ("due", models.DateField()),
                ("result", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField()),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="meetings.action",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.CharField(max_length=300)),
                (
                    "priority",
                    models.CharField(
                        choices=[
                            (lykta.domain.meetings.rules.Priority["HIGH"], "hög"),
                            (lykta.domain.meetings.rules.Priority["NORMAL"], "vanlig"),
                            (lykta.domain.meetings.rules.Priority["LOW"], "låg"),
                        ],
                        default=lykta.domain.meetings.rules.Priority["NORMAL"],
                        max_length=10,
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "area",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.area",
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="events.category",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reports",
                    models.ManyToManyField(blank=True, related_name="+", to="events.report"),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.AddField(
            model_name="action",
            name="decision",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="action",
                to="meetings.decision",
            ),
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("monday", models.DateField(unique=True)),
                ("begins_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("place", models.CharField(blank=True, max_length=120)),
                ("note", models.TextField(blank=True, max_length=2000)),
                ("no_action", models.CharField(blank=True, max_length=300)),
                ("closed_at", models.DateTimeField(null=True)),
                ("changed_at", models.DateTimeField()),
                (
                    "closed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-monday"],
            },
        ),
        migrations.AddField(
            model_name="decision",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decisions",
                to="meetings.meeting",
            ),
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.organisation",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attendance",
                        to="meetings.meeting",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PlannedEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                ("is_yearly", models.BooleanField(default=False)),
                ("changed_at", models.DateTimeField()),
                (
                    "area",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.area",
                    ),
                ),
            ],
            options={
                "ordering": ["first_day", "name"],
            },
        ),
        migrations.CreateModel(
            name="WeeklyPicture",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("monday", models.DateField(unique=True)),
                ("figures_sha256", models.CharField(max_length=64)),
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.document",
                    ),
                ),
            ],
            options={
                "ordering": ["-monday"],
            },
        ),
        migrations.AddIndex(
            model_name="action",
            index=models.Index(models.F("state"), models.F("due"), name="action_by_state"),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("begins_at"))),
                name="meeting_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.UniqueConstraint(
                models.F("meeting"), models.F("organisation"), name="attended_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="plannedevent",
            constraint=models.CheckConstraint(
                condition=models.Q(("last_day__gte", models.F("first_day"))),
                name="no_planned_event_ends_first",
            ),
        ),
        refuse_changes("meetings_weeklypicture"),
    ]
