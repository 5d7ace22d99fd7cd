"""The first tables of the room. Made by toolchain/first_tables.py of the models: read those instead."""

from django.db import migrations, models

from safeboard.core.migrating import FirstTables


class Migration(FirstTables):
    initial = True

    dependencies = []

    operations = [
        # models.py: One version of one item of a pack. Its words never change: a trigger in the database refuses it.
        migrations.CreateModel(
            name="PublishedItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("pack", models.CharField(max_length=60, verbose_name="pack")),
                ("kind", models.CharField(max_length=60, verbose_name="kind")),
                ("item", models.CharField(max_length=60, verbose_name="item")),
                ("version", models.PositiveIntegerField(verbose_name="version")),
                ("sha256", models.CharField(max_length=64, verbose_name="digest")),
                ("body", models.JSONField(verbose_name="body")),
                ("published_at", models.DateTimeField(auto_now_add=True, verbose_name="published")),
            ],
            options={
                "verbose_name": "published item",
                "verbose_name_plural": "published items",
                "ordering": ["pack", "kind", "item", "-version"],
                "constraints": [
                    models.UniqueConstraint(fields=("pack", "kind", "item", "version"), name="published_once"),
                    models.CheckConstraint(condition=models.Q(("version__gte", 1)), name="published_version_from_one"),
                ],
            },
        ),
    ]
