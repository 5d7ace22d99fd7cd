"""The first tables of the room. Made by toolchain/first_tables.py of the models: read those instead."""

import django.db.models.deletion
import django.utils.timezone
import safeboard.core.sealed
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
        # models/plan.py: Something to be done by a date. ``key`` is its address, and makes a form count once.
        migrations.CreateModel(
            name='Action',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reach', models.CharField(choices=[('agency', 'The agency alone'), ('board', 'The board, and the agency that it names'), ('everybody', 'The board and all its agencies')], default='board', max_length=10, verbose_name='who may read it')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('title', models.CharField(max_length=200, verbose_name='what is to be done')),
                ('why', safeboard.core.sealed.SealedTextField(blank=True, verbose_name='why')),
                ('owner_role', models.CharField(blank=True, choices=[('board_manager', 'Board manager'), ('esafety_officer', 'E-safety officer'), ('subgroup_member', 'Subgroup member'), ('agency_lead', 'Agency e-safety lead'), ('staff', 'Member of staff'), ('designated_officer', 'Designated child protection officer'), ('responsible_person', 'Head, governor or trustee responsible'), ('allegations_officer', 'Designated officer for staff allegations'), ('infrastructure', 'Infrastructure staff'), ('senior_person', 'Nominated senior person'), ('inspector', 'Inspector or peer reviewer'), ('administrator', 'System administrator')], max_length=24, verbose_name='role that sees to it')),
                ('state', models.CharField(choices=[('asked', 'Asked'), ('accepted', 'Accepted'), ('declined', 'Declined'), ('open', 'Under way'), ('done', 'Done'), ('dropped', 'Dropped')], default='open', max_length=8, verbose_name='state')),
                ('starts_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='starts on')),
                ('due_on', models.DateField(verbose_name='expected by')),
                ('first_due_on', models.DateField(verbose_name='first expected by')),
                ('cost', models.DecimalField(blank=True, decimal_places=2, max_digits=10, null=True, verbose_name='cost in pounds')),
                ('raised_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('raised_in_kind', models.CharField(choices=[('agency', 'Agency'), ('board', 'Board'), ('service', 'This service')], max_length=10)),
                ('raised_in_id', models.BigIntegerField()),
                ('source_title', safeboard.core.sealed.SealedTextField(blank=True, verbose_name='what it came from')),
                ('source_url', models.CharField(blank=True, max_length=200)),
                ('answer_by', models.DateField(blank=True, null=True, verbose_name='answer asked by')),
                ('answered_on', models.DateField(blank=True, null=True, verbose_name='answered on')),
                ('answer', safeboard.core.sealed.SealedTextField(blank=True, verbose_name='what the agency answered')),
                ('passed_on', models.DateField(blank=True, null=True, verbose_name='passed on')),
                ('done_on', models.DateField(blank=True, null=True, verbose_name='done on')),
                ('evidence', safeboard.core.sealed.SealedTextField(blank=True, verbose_name='how one can tell that it was done')),
                ('dropped', safeboard.core.sealed.SealedTextField(blank=True, verbose_name='why it was dropped')),
                ('warned_on', models.DateField(blank=True, null=True)),
                ('late_on', models.DateField(blank=True, null=True)),
                ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.agency', verbose_name='agency')),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('board', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.board', verbose_name='board')),
                ('done_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('left', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who sees to it')),
                ('raised_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['due_on', 'pk'],
            },
        ),
        # models/plan_parts.py: A file that shows that an action was done, sealed. What is kept is what came.
        migrations.CreateModel(
            name='ActionFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('name', safeboard.core.sealed.SealedTextField(verbose_name='file name')),
                ('size', models.PositiveIntegerField(verbose_name='size in bytes')),
                ('media_type', models.CharField(max_length=60, verbose_name='type, told from the content')),
                ('sha256', models.CharField(max_length=64)),
                ('content', safeboard.core.sealed.SealedBytesField()),
                ('scanned', models.BooleanField(default=False, verbose_name='a virus scanner found nothing in it')),
                ('added_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='strategy.action')),
                ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        # models/plan.py: A note of progress. It is added, never altered.
        migrations.CreateModel(
            name='ActionNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('text', safeboard.core.sealed.SealedTextField(verbose_name='progress')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='strategy.action')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-at', '-pk'],
            },
        ),
        # models/documents.py: One document through its whole life. ``template`` is the item of the pack that it was begun from.
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(choices=[('strategy', 'Strategy'), ('guidance', 'Practice guidance'), ('reporting', 'Reporting mechanism')], max_length=10, verbose_name='kind of document')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('consultation', 'Out for consultation'), ('redraft', 'Redraft'), ('ratified', 'Ratified'), ('published', 'Published'), ('review', 'Under review'), ('superseded', 'Superseded')], default='draft', max_length=12, verbose_name='where it stands')),
                ('pack', models.CharField(blank=True, max_length=40)),
                ('template', models.CharField(blank=True, max_length=60)),
                ('template_version', models.PositiveIntegerField(default=0)),
                ('starts_on', models.DateField(blank=True, null=True, verbose_name='in force from')),
                ('review_on', models.DateField(blank=True, null=True, verbose_name='to be reviewed by')),
                ('consulted', models.BooleanField(default=False, verbose_name='agencies were asked about this round')),
                ('edition', models.PositiveIntegerField(default=1)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('board', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.board', verbose_name='board')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['kind', '-made_at', '-pk'],
            },
        ),
        # models/plan.py: A step on the way, by a date no later than the action's.
        migrations.CreateModel(
            name='Milestone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('title', models.CharField(max_length=200, verbose_name='what will have been reached')),
                ('due_on', models.DateField(verbose_name='by when')),
                ('first_due_on', models.DateField(verbose_name='first by when')),
                ('done_on', models.DateField(blank=True, null=True, verbose_name='reached on')),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='strategy.action')),
            ],
            options={
                'ordering': ['due_on', 'pk'],
            },
        ),
        # models/plan.py: What is to be reached under a priority, and how one will know: in words, by an indicator, or both.
        migrations.CreateModel(
            name='Objective',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('number', models.PositiveSmallIntegerField(verbose_name='number')),
                ('title', models.CharField(max_length=300, verbose_name='what is to be reached')),
                ('measure', models.CharField(blank=True, max_length=500, verbose_name='how we shall know')),
                ('indicator_pack', models.CharField(blank=True, max_length=40)),
                ('indicator', models.CharField(blank=True, max_length=60, verbose_name='indicator')),
                ('indicator_title', models.CharField(blank=True, max_length=200)),
                ('retired_on', models.DateField(blank=True, null=True, verbose_name='ended on')),
                ('board', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.board', verbose_name='board')),
            ],
            options={
                'ordering': ['priority__number', 'number', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='action',
            name='objective',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='strategy.objective', verbose_name='objective'),
        ),
        # models/documents.py: A paragraph, priority, objective, action or term of a document; its key stays the same through all versions.
        migrations.CreateModel(
            name='Part',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(choices=[('position', 'Position statement'), ('purpose', 'Purpose'), ('audience', 'Who it is for'), ('driver', 'What drives it'), ('plan', 'Links to other plans'), ('chapter', 'Chapter'), ('paragraph', 'Paragraph'), ('priority', 'Priority'), ('objective', 'Objective'), ('action', 'Action'), ('monitoring', 'How it is monitored'), ('term', 'Word and meaning'), ('plain', 'In plain English'), ('children', 'For children')], max_length=10)),
                ('order', models.PositiveIntegerField(default=0)),
                ('title', models.CharField(blank=True, max_length=300)),
                ('text', models.TextField(blank=True)),
                ('measure', models.TextField(blank=True, verbose_name='how we shall know')),
                ('indicator_pack', models.CharField(blank=True, max_length=40)),
                ('indicator', models.CharField(blank=True, max_length=60, verbose_name='indicator')),
                ('indicator_title', models.CharField(blank=True, max_length=200)),
                ('owner_role', models.CharField(blank=True, choices=[('board_manager', 'Board manager'), ('esafety_officer', 'E-safety officer'), ('subgroup_member', 'Subgroup member'), ('agency_lead', 'Agency e-safety lead'), ('staff', 'Member of staff'), ('designated_officer', 'Designated child protection officer'), ('responsible_person', 'Head, governor or trustee responsible'), ('allegations_officer', 'Designated officer for staff allegations'), ('infrastructure', 'Infrastructure staff'), ('senior_person', 'Nominated senior person'), ('inspector', 'Inspector or peer reviewer'), ('administrator', 'System administrator')], max_length=24, verbose_name='role that sees to it')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='by when')),
                ('edition', models.PositiveIntegerField(default=1)),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('taken_out_at', models.DateTimeField(blank=True, null=True)),
                ('after', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='strategy.part', verbose_name='waits for')),
                ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.agency')),
                ('board', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.board', verbose_name='board')),
                ('changed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='strategy.document')),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='below', to='strategy.part')),
            ],
            options={
                'ordering': ['order', 'pk'],
                'indexes': [models.Index(fields=['document', 'kind', 'order'], name='part_in_order')],
            },
        ),
        # models/plan_parts.py: A plan that was read from a spreadsheet or a Word table: what it would add, and whether that was done.
        migrations.CreateModel(
            name='PlanImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('filename', models.CharField(max_length=200)),
                ('sha256', models.CharField(max_length=64)),
                ('found', safeboard.core.sealed.SealedJSONField(default=dict)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('board', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.board', verbose_name='board')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        # models/plan.py: What a board puts first: an area of its plan.
        migrations.CreateModel(
            name='Priority',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('number', models.PositiveSmallIntegerField(verbose_name='number')),
                ('title', models.CharField(max_length=200, verbose_name='what it is')),
                ('retired_on', models.DateField(blank=True, null=True, verbose_name='ended on')),
                ('board', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.board', verbose_name='board')),
            ],
            options={
                'verbose_name_plural': 'priorities',
                'ordering': ['number', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='objective',
            name='priority',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='objectives', to='strategy.priority', verbose_name='priority'),
        ),
        # models/plan.py: That an action was given another date, and why.
        migrations.CreateModel(
            name='Redating',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('before', models.DateField(verbose_name='was expected by')),
                ('after', models.DateField(verbose_name='is expected by')),
                ('why', safeboard.core.sealed.SealedTextField(verbose_name='why')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='strategy.action')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-at', '-pk'],
            },
        ),
        # models/money.py: What an objective needs in a financial year (from 1 April of ``year``): days of people's time, or pounds.
        migrations.CreateModel(
            name='Resource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('year', models.PositiveSmallIntegerField(verbose_name='financial year from April')),
                ('means', models.CharField(choices=[('time', 'Time, in days'), ('money', 'Money, in pounds')], max_length=5, verbose_name='time or money')),
                ('title', models.CharField(max_length=200, verbose_name='what for')),
                ('source', models.CharField(blank=True, max_length=200, verbose_name='who gives it')),
                ('asked', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='asked')),
                ('committed', models.DecimalField(decimal_places=2, default=0, max_digits=12, verbose_name='committed')),
                ('spent', models.DecimalField(decimal_places=2, default=0, max_digits=12, verbose_name='spent')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('board', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.board', verbose_name='board')),
                ('changed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('objective', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='resources', to='strategy.objective', verbose_name='objective')),
            ],
            options={
                'ordering': ['-year', 'objective__priority__number', 'objective__number', 'means', 'pk'],
                'indexes': [models.Index(fields=['board', 'year'], name='resource_by_year')],
                'constraints': [models.CheckConstraint(condition=models.Q(('asked__gte', 0), ('committed__gte', 0), ('spent__gte', 0)), name='resource_is_not_negative')],
            },
        ),
        # models/documents.py: A whole copy of a document as it was opened for consultation, or ratified. ``body`` never changes.
        migrations.CreateModel(
            name='Version',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('number', models.PositiveIntegerField()),
                ('kind', models.CharField(choices=[('strategy', 'Strategy'), ('guidance', 'Practice guidance'), ('reporting', 'Reporting mechanism')], max_length=10)),
                ('title', models.CharField(max_length=200)),
                ('body', models.JSONField(editable=False)),
                ('sha256', models.CharField(editable=False, max_length=64)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('opened_at', models.DateTimeField(blank=True, null=True, verbose_name='opened to the agencies')),
                ('closes_on', models.DateField(blank=True, null=True, verbose_name='comments until')),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('minute', models.CharField(blank=True, max_length=200, verbose_name='meeting and minute')),
                ('ratified_on', models.DateField(blank=True, null=True, verbose_name='ratified on')),
                ('unconsulted_why', models.CharField(blank=True, max_length=300, verbose_name='why agencies were not asked')),
                ('review_on', models.DateField(blank=True, null=True, verbose_name='to be reviewed by')),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('superseded_at', models.DateTimeField(blank=True, null=True)),
                ('public', models.BooleanField(default=False, verbose_name='anybody may read the plain pages')),
                ('board', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.board', verbose_name='board')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='strategy.document')),
            ],
            options={
                'ordering': ['-number'],
                'constraints': [models.UniqueConstraint(fields=('document', 'number'), name='version_once')],
            },
        ),
        # models/documents.py: That an agency has a version which is in force.
        migrations.CreateModel(
            name='Receipt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.agency', verbose_name='agency')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='receipts', to='strategy.version')),
            ],
            options={
                'ordering': ['at', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('agency', 'version'), name='receipt_once')],
            },
        ),
        # models/documents.py: What an agency, or somebody of the board where ``agency`` is empty, says about one paragraph; and the answer.
        migrations.CreateModel(
            name='Comment',
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
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='strategy.version')),
            ],
            options={
                'ordering': ['at', 'pk'],
            },
        ),
        # models/plan.py: That an action cannot begin before another is done. ``first`` is the other one.
        migrations.CreateModel(
            name='WaitsFor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='waits', to='strategy.action')),
                ('first', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='waited_for_by', to='strategy.action')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('action', 'first'), name='waits_once'), models.CheckConstraint(condition=models.Q(('action', models.F('first')), _negated=True), name='waits_for_another')],
            },
        ),
        # models/plan_parts.py: A person's private link to a calendar of what is theirs to do. Only a digest of its secret is kept.
        migrations.CreateModel(
            name='CalendarLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('last_used_on', models.DateField(blank=True, null=True)),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('revoked_at__isnull', True)), fields=('person',), name='calendar_link_once_at_a_time')],
            },
        ),
        # models/chronology.py: One line of the chronology. Where it came from a record, that record makes it once for each kind.
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('on', models.DateField(verbose_name='date')),
                ('until', models.DateField(blank=True, null=True, verbose_name='last day')),
                ('month_only', models.BooleanField(default=False, verbose_name='only the month is known')),
                ('kind', models.CharField(choices=[('document', 'Strategy or guidance'), ('meeting', 'Meeting'), ('campaign', 'Campaign or event'), ('training', 'Talk or training'), ('review', 'Review or audit'), ('other', 'Something else')], max_length=10, verbose_name='kind')),
                ('what', models.CharField(max_length=500, verbose_name='what was done')),
                ('source_type', models.CharField(blank=True, max_length=80)),
                ('source_id', models.BigIntegerField(blank=True, null=True)),
                ('source_url', models.CharField(blank=True, max_length=300)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('board', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.board', verbose_name='board')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['on', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('source_id__isnull', False)), fields=('board', 'source_type', 'source_id', 'kind'), name='event_once_of_a_source'), models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('on')), _connector='OR'), name='event_ends_after')],
            },
        ),
        migrations.AddIndex(
            model_name='action',
            index=models.Index(fields=['board', 'state', 'due_on'], name='action_by_board'),
        ),
        migrations.AddIndex(
            model_name='action',
            index=models.Index(fields=['agency', 'state', 'due_on'], name='action_by_agency'),
        ),
        migrations.AddIndex(
            model_name='action',
            index=models.Index(fields=['owner', 'state', 'due_on'], name='action_by_owner'),
        ),
        migrations.AddConstraint(
            model_name='action',
            constraint=models.CheckConstraint(condition=models.Q(('due_on__gte', models.F('starts_on'))), name='action_ends_after_its_start'),
        ),
        migrations.AddConstraint(
            model_name='action',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'done'), _negated=True), ('done_on__isnull', False), _connector='OR'), name='action_done_on_a_day'),
        ),
        migrations.AddConstraint(
            model_name='action',
            constraint=models.CheckConstraint(condition=models.Q(('agency__isnull', False), models.Q(('state__in', ['asked', 'accepted', 'declined']), _negated=True), _connector='OR'), name='action_asked_of_an_agency'),
        ),
        migrations.AddConstraint(
            model_name='action',
            constraint=models.CheckConstraint(condition=models.Q(('agency__isnull', False), models.Q(('reach', 'agency'), _negated=True), _connector='OR'), name='action_alone_in_an_agency'),
        ),
    ]
