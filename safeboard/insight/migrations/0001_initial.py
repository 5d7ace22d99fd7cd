"""The first tables of the room. Made by toolchain/first_tables.py of the models: read those instead."""

import django.db.models.deletion
import django.utils.timezone
import safeboard.core.sealed
import safeboard.insight.models.indicators
import uuid
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
        # models/indicators.py: All indicators as they were at the end of a quarter: what later ones are held against.
        migrations.CreateModel(
            name='Baseline',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('quarter', models.PositiveSmallIntegerField(verbose_name='quarter')),
                ('values', models.JSONField(default=dict, verbose_name='figures')),
                ('frozen_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('board', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.board', verbose_name='board')),
            ],
            options={
                'ordering': ['-year', '-quarter'],
                'constraints': [models.UniqueConstraint(fields=('board', 'year', 'quarter'), name='baseline_once'), models.CheckConstraint(condition=models.Q(('quarter__gte', 1), ('quarter__lte', 4)), name='baseline_of_a_quarter')],
            },
        ),
        # models/indicators.py: An indicator in a board's use: one of the pack by its name, or one of its own; target, baseline and owner.
        migrations.CreateModel(
            name='BoardIndicator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(default=safeboard.insight.models.indicators.own_name, max_length=60)),
                ('version', models.PositiveIntegerField(default=0)),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('pies', models.CharField(choices=[('policies', 'policies'), ('infrastructure', 'infrastructure'), ('education', 'education'), ('standards', 'standards')], max_length=14, verbose_name='part')),
                ('definition', models.JSONField(default=dict)),
                ('direction', models.CharField(choices=[('up', 'up'), ('down', 'down'), ('watch', 'watch')], max_length=5, verbose_name='which way is better')),
                ('target', models.PositiveIntegerField(blank=True, null=True, verbose_name='target')),
                ('target_on', models.DateField(blank=True, null=True, verbose_name='to be reached by')),
                ('baseline_figure', models.PositiveIntegerField(blank=True, null=True, verbose_name='an older figure')),
                ('baseline_said', models.CharField(blank=True, max_length=200, verbose_name='where the older figure is from')),
                ('number', models.PositiveSmallIntegerField(default=0, verbose_name='place in the list')),
                ('retired_at', models.DateTimeField(blank=True, null=True)),
                ('baseline', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='insight.baseline')),
                ('board', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.board', verbose_name='board')),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['number', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('board', 'name'), name='board_indicator_once')],
            },
        ),
        # models/neighbours.py: Another board, known by its key: whoever took it in compared the key's fingerprint by another way.
        migrations.CreateModel(
            name='Neighbour',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='board')),
                ('area', models.CharField(blank=True, max_length=200, verbose_name='area')),
                ('public_key', models.CharField(max_length=64, verbose_name='its key')),
                ('since', models.DateTimeField(default=django.utils.timezone.now)),
                ('board', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.board', verbose_name='board')),
                ('trusted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['name', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('board', 'public_key', 'name'), name='neighbour_once')],
            },
        ),
        # models/neighbours.py: The figures of another board of one quarter, as they were signed: written once.
        migrations.CreateModel(
            name='NeighbourFigures',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('quarter', models.PositiveSmallIntegerField(verbose_name='quarter')),
                ('figures', models.JSONField(default=list, verbose_name='figures')),
                ('signature', models.CharField(max_length=128)),
                ('taken_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('board', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.board', verbose_name='board')),
                ('neighbour', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='figures', to='insight.neighbour')),
                ('taken_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-year', '-quarter', 'neighbour_id'],
                'constraints': [models.UniqueConstraint(fields=('neighbour', 'year', 'quarter'), name='neighbour_quarter_once')],
            },
        ),
        # models/releases.py: A quarter as the board sees it. No hidden figure is in it: what is not shown is not kept.
        migrations.CreateModel(
            name='Release',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('quarter', models.PositiveSmallIntegerField(verbose_name='quarter')),
                ('tables', models.JSONField(default=dict, verbose_name='figures')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='released')),
                ('final', models.BooleanField(default=False, verbose_name='final')),
                ('board', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.board', verbose_name='board')),
            ],
            options={
                'ordering': ['-year', '-quarter'],
                'constraints': [models.UniqueConstraint(fields=('board', 'year', 'quarter'), name='release_once'), models.CheckConstraint(condition=models.Q(('quarter__gte', 1), ('quarter__lte', 4)), name='release_of_a_quarter')],
            },
        ),
        # models/reports.py: A board's report of a year. ``figures``: its figures by name, once they are frozen; they are frozen once.
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('state', models.CharField(choices=[('draft', 'Being written'), ('consulted', 'Open for comments'), ('signed', 'Signed by the chair'), ('published', 'Published')], default='draft', max_length=10, verbose_name='where it stands')),
                ('pack', models.CharField(max_length=60)),
                ('template', models.CharField(max_length=60)),
                ('template_version', models.PositiveIntegerField(default=0)),
                ('figures', models.JSONField(default=dict, verbose_name='figures')),
                ('frozen_at', models.DateTimeField(blank=True, null=True, verbose_name='figures frozen')),
                ('terms', models.JSONField(default=list, verbose_name='words and meanings')),
                ('consulted', models.BooleanField(default=False, verbose_name='members and agencies were asked about it')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('board', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.board', verbose_name='board')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-year'],
                'constraints': [models.UniqueConstraint(fields=('board', 'year'), name='report_of_a_year_once')],
            },
        ),
        # models/reports.py: A whole copy of a report, with its figures: opened for comments, or signed. ``body`` never changes.
        migrations.CreateModel(
            name='ReportIssue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('number', models.PositiveSmallIntegerField()),
                ('year', models.PositiveSmallIntegerField()),
                ('title', models.CharField(max_length=200)),
                ('body', models.JSONField(editable=False)),
                ('sha256', models.CharField(editable=False, max_length=64)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('signed', models.BooleanField(default=False, verbose_name='signed by the chair')),
                ('signed_by', models.CharField(blank=True, max_length=120, verbose_name='the chair who signed it')),
                ('closes_on', models.DateField(blank=True, null=True, verbose_name='comments until')),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('opened_at', models.DateTimeField(blank=True, null=True, verbose_name='opened to the agencies')),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('public', models.BooleanField(default=False, verbose_name='anybody may read it')),
                ('board', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.board', verbose_name='board')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='issues', to='insight.report')),
            ],
            options={
                'ordering': ['-number'],
                'constraints': [models.UniqueConstraint(fields=('report', 'number'), name='issue_once'), models.UniqueConstraint(condition=models.Q(('signed', True)), fields=('report',), name='report_signed_once')],
            },
        ),
        # models/reports.py: What a member of the subgroup, or an agency, says about a section that is open for comments, and the answer.
        migrations.CreateModel(
            name='ReportComment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reach', models.CharField(choices=[('agency', 'The agency alone'), ('board', 'The board, and the agency that it names'), ('everybody', 'The board and all its agencies')], default='board', max_length=10, verbose_name='who may read it')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('part', models.UUIDField()),
                ('text', safeboard.core.sealed.SealedTextField(verbose_name='comment')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('taken', models.CharField(blank=True, choices=[('yes', 'We changed it so'), ('partly', 'We changed part of it'), ('no', 'We left it as it was'), ('noted', 'Thank you: nothing to change')], max_length=8, verbose_name='what came of it')),
                ('answer', safeboard.core.sealed.SealedTextField(blank=True, verbose_name='answer')),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.agency', verbose_name='agency')),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('board', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.board', verbose_name='board')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('issue', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='insight.reportissue')),
            ],
            options={
                'ordering': ['at', 'pk'],
            },
        ),
        # models/reports.py: A section of a report; its key stays the same through all issues.
        migrations.CreateModel(
            name='ReportPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('section', models.CharField(max_length=60)),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('title', models.CharField(max_length=200)),
                ('belongs', models.JSONField(default=list, verbose_name='what belongs in it')),
                ('text', models.TextField(blank=True)),
                ('figures', models.JSONField(default=list)),
                ('taken', models.JSONField(default=list)),
                ('left_out', models.BooleanField(default=False, verbose_name='left out of the report')),
                ('edition', models.PositiveIntegerField(default=1)),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('board', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.board', verbose_name='board')),
                ('changed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='insight.report')),
            ],
            options={
                'ordering': ['order', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('report', 'section'), name='section_of_a_report_once')],
            },
        ),
        # models/reports.py: Whether the worker asks the agencies of each month for their return by itself, and who said so.
        migrations.CreateModel(
            name='ReturnClock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.BooleanField(default=False, verbose_name='asked for without a press')),
                ('set_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('board', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.board', verbose_name='board')),
                ('set_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('board',), name='return_clock_once')],
            },
        ),
        # models/reports.py: The month, 1 to 12, in which an agency makes its annual return to a board.
        migrations.CreateModel(
            name='ReturnMonth',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reach', models.CharField(choices=[('agency', 'The agency alone'), ('board', 'The board, and the agency that it names'), ('everybody', 'The board and all its agencies')], default='board', max_length=10, verbose_name='who may read it')),
                ('month', models.PositiveSmallIntegerField(verbose_name='month')),
                ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.agency', verbose_name='agency')),
                ('board', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.board', verbose_name='board')),
            ],
            options={
                'ordering': ['month', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('board', 'agency'), name='return_month_once'), models.CheckConstraint(condition=models.Q(('month__gte', 1), ('month__lte', 12)), name='return_month_of_a_year')],
            },
        ),
        # models/reviewers.py: Strategy, plan, minutes, rounds, indicators and report as one signed ZIP, open until the end of a day.
        migrations.CreateModel(
            name='ReviewerPack',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('title', models.CharField(max_length=160, verbose_name='who it is for')),
                ('until', models.DateField(verbose_name='last day on which it can be opened')),
                ('content', safeboard.core.sealed.SealedBytesField(blank=True)),
                ('size', models.PositiveIntegerField(default=0)),
                ('files', models.JSONField(default=list, verbose_name='what is in it')),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('made_at', models.DateTimeField(blank=True, null=True)),
                ('failed_at', models.DateTimeField(blank=True, null=True)),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('board', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.board', verbose_name='board')),
            ],
            options={
                'ordering': ['-asked_at', '-pk'],
            },
        ),
        # models/indicators.py: All indicators of a board at a moment. ``month``: that of a monthly one, such as 2026-03; '' for one on demand.
        migrations.CreateModel(
            name='Snapshot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='taken')),
                ('month', models.CharField(blank=True, max_length=7)),
                ('values', models.JSONField(default=dict, verbose_name='figures')),
                ('standing', models.JSONField(default=dict, verbose_name='agencies by part')),
                ('board', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.board', verbose_name='board')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-at', '-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('month', ''), _negated=True), fields=('board', 'month'), name='snapshot_of_a_month_once')],
            },
        ),
        # models/indicators.py: How an agency stood at a snapshot: for the board and that agency alone.
        migrations.CreateModel(
            name='Standing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reach', models.CharField(choices=[('agency', 'The agency alone'), ('board', 'The board, and the agency that it names'), ('everybody', 'The board and all its agencies')], default='board', max_length=10, verbose_name='who may read it')),
                ('at', models.DateTimeField(verbose_name='taken')),
                ('marks', models.JSONField(default=dict, verbose_name='what is in place')),
                ('titles', models.JSONField(default=dict, verbose_name="titles of the board's own indicators")),
                ('letters', models.JSONField(default=dict, verbose_name='how it stands')),
                ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.agency', verbose_name='agency')),
                ('board', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.board', verbose_name='board')),
                ('snapshot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='standings', to='insight.snapshot')),
            ],
            options={
                'indexes': [models.Index(fields=['agency', 'board', '-at'], name='standing_by_agency')],
                'constraints': [models.UniqueConstraint(fields=('snapshot', 'agency'), name='standing_once')],
            },
        ),
    ]
