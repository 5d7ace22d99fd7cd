"""The first tables of the room. Made by toolchain/first_tables.py of the models: read those instead."""

import django.db.models.deletion
import safeboard.charts.models
from django.conf import settings
from django.db import migrations, models

from safeboard.core.migrating import FirstTables


class Migration(FirstTables):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('partnership', '0001_initial'),
    ]

    operations = [
        # models.py: An agency's own copy: it holds there before its board's.
        migrations.CreateModel(
            name='AgencyChart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=safeboard.charts.models.new_key, editable=False, max_length=40, unique=True)),
                ('pack', models.CharField(max_length=40, verbose_name='the pack it is a copy from')),
                ('chart', models.CharField(max_length=60)),
                ('pack_version', models.PositiveIntegerField(verbose_name="the pack's version that was last looked at")),
                ('version', models.PositiveIntegerField(blank=True, null=True)),
                ('last_version', models.PositiveIntegerField(default=0)),
                ('draft', models.JSONField(blank=True, null=True)),
                ('edition', models.PositiveIntegerField(default=0)),
                ('earlier', models.JSONField(blank=True, default=list)),
                ('tried', models.JSONField(blank=True, default=list)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.agency', verbose_name='agency')),
                ('changed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['chart'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('agency', 'pack', 'chart'), name='agency_chart_once')],
            },
        ),
        # models.py: A published version of an agency's copy.
        migrations.CreateModel(
            name='AgencyChartVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('note', models.CharField(max_length=500, verbose_name='what changed')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.agency', verbose_name='agency')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('copy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='charts.agencychart')),
            ],
            options={
                'ordering': ['-number'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('copy', 'number'), name='agency_chart_version_once')],
            },
        ),
        # models.py: A board's copy: it holds for every agency whose home it is, unless the agency keeps one of its own.
        migrations.CreateModel(
            name='BoardChart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=safeboard.charts.models.new_key, editable=False, max_length=40, unique=True)),
                ('pack', models.CharField(max_length=40, verbose_name='the pack it is a copy from')),
                ('chart', models.CharField(max_length=60)),
                ('pack_version', models.PositiveIntegerField(verbose_name="the pack's version that was last looked at")),
                ('version', models.PositiveIntegerField(blank=True, null=True)),
                ('last_version', models.PositiveIntegerField(default=0)),
                ('draft', models.JSONField(blank=True, null=True)),
                ('edition', models.PositiveIntegerField(default=0)),
                ('earlier', models.JSONField(blank=True, default=list)),
                ('tried', models.JSONField(blank=True, default=list)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('board', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.board', verbose_name='board')),
                ('changed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['chart'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('board', 'pack', 'chart'), name='board_chart_once')],
            },
        ),
        # models.py: A published version of a board's copy.
        migrations.CreateModel(
            name='BoardChartVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('note', models.CharField(max_length=500, verbose_name='what changed')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('board', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.board', verbose_name='board')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('copy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='charts.boardchart')),
            ],
            options={
                'ordering': ['-number'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('copy', 'number'), name='board_chart_version_once')],
            },
        ),
    ]
