"""The first tables of the room. Made by toolchain/first_tables.py of the models: read those instead."""

import django.core.validators
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
        # models/meetings.py: A meeting of the subgroup. ``key`` is its name in calendars, ``sequence`` counts the changes they must learn.
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('sequence', models.PositiveIntegerField(default=0)),
                ('title', models.CharField(max_length=160, verbose_name='title')),
                ('starts_at', models.DateTimeField(verbose_name='begins')),
                ('ends_at', models.DateTimeField(verbose_name='ends')),
                ('where', models.CharField(blank=True, max_length=300, verbose_name='where, or how to join')),
                ('state', models.CharField(choices=[('planned', 'Planned'), ('called', 'Invitations sent'), ('held', 'Held'), ('cancelled', 'Cancelled')], default='planned', max_length=10, verbose_name='where it stands')),
                ('cancelled_why', models.CharField(blank=True, max_length=300, verbose_name='why it is cancelled')),
                ('called_at', models.DateTimeField(blank=True, null=True)),
                ('approved_on', models.DateField(blank=True, null=True, verbose_name='minutes approved on')),
                ('corrections', models.CharField(blank=True, max_length=1000, verbose_name='corrections agreed')),
                ('digest', models.CharField(blank=True, max_length=64)),
                ('approved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('approved_in', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='approved', to='meetings.meeting')),
                ('board', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.board', verbose_name='board')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-starts_at', '-pk'],
            },
        ),
        # models/meetings.py: An item of the agenda, and its minute. ``edition`` counts the changes of the minute.
        migrations.CreateModel(
            name='AgendaItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveIntegerField()),
                ('kind', models.CharField(choices=[('opening', 'Welcome and apologies'), ('interests', 'Declarations of interest'), ('last', 'Minutes of the last meeting'), ('standing', 'Standing item'), ('report', 'Report of another subgroup'), ('item', 'Item'), ('other', 'Any other business'), ('next', 'Next meeting')], default='item', max_length=10, verbose_name='kind')),
                ('standing', models.CharField(blank=True, max_length=60)),
                ('title', models.CharField(max_length=160, verbose_name='title')),
                ('about', models.TextField(blank=True, max_length=1000, verbose_name='what it is about')),
                ('purpose', models.CharField(choices=[('decide', 'To decide'), ('discuss', 'To discuss'), ('note', 'To note')], default='note', max_length=8, verbose_name='what members are asked to do')),
                ('minutes', models.PositiveSmallIntegerField(default=5, verbose_name='minutes')),
                ('led_by', models.CharField(blank=True, max_length=120, verbose_name='who leads')),
                ('lines', models.JSONField(default=list)),
                ('confidential', models.BooleanField(default=False, verbose_name='confidential')),
                ('minute', safeboard.core.sealed.SealedTextField(blank=True, verbose_name='minute')),
                ('edition', models.PositiveIntegerField(default=0)),
                ('minuted_at', models.DateTimeField(blank=True, null=True)),
                ('board', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.board', verbose_name='board')),
                ('minuted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='meetings.meeting')),
            ],
            options={
                'ordering': ['order', 'pk'],
            },
        ),
        # models/members.py: Somebody's seat in the subgroup, from when until when. It ends; it is never removed.
        migrations.CreateModel(
            name='Member',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('part', models.CharField(choices=[('chair', 'Chair'), ('deputy-chair', 'Deputy chair'), ('core', 'Core member'), ('co-opted', 'Co-opted member'), ('young', 'Young people’s representative'), ('deputy', 'Deputy of a member')], max_length=12, verbose_name='part')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail address')),
                ('speaks_for', models.CharField(blank=True, max_length=160, verbose_name='whom they speak for')),
                ('since', models.DateField(verbose_name='from')),
                ('until', models.DateField(blank=True, null=True, verbose_name='last day')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='what to know')),
                ('form_key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.agency')),
                ('board', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.board', verbose_name='board')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='account')),
                ('stands_for', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deputies', to='meetings.member', verbose_name='deputy of')),
            ],
            options={
                'ordering': ['name', 'pk'],
                'indexes': [models.Index(fields=['board', 'until'], name='members_by_board')],
                'constraints': [models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='term_ends'), models.CheckConstraint(condition=models.Q(models.Q(('part', 'deputy'), _negated=True), ('stands_for__isnull', False), _connector='OR'), name='deputy_stands_for_somebody')],
            },
        ),
        migrations.AddField(
            model_name='meeting',
            name='chaired_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='meetings.member', verbose_name='who chaired it'),
        ),
        # models/meetings.py: An interest that somebody declared: who, about which item, what was done.
        migrations.CreateModel(
            name='Interest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', safeboard.core.sealed.SealedTextField(verbose_name='what the interest is')),
                ('done', models.CharField(choices=[('stayed', 'Noted; took part'), ('silent', 'Stayed, and took no part in the decision'), ('left', 'Left the room, and does not get the papers')], max_length=6, verbose_name='what was done')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('form_key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('board', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.board', verbose_name='board')),
                ('item', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='interests', to='meetings.agendaitem')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='interests', to='meetings.meeting')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='interests', to='meetings.member')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        # models/meetings.py: One member, or a guest, at one meeting: what they answered, and whether they came.
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('guest', models.CharField(blank=True, max_length=160, verbose_name='guest')),
                ('answer', models.CharField(choices=[('asked', 'No answer yet'), ('coming', 'Is coming'), ('apologies', 'Sends apologies')], default='asked', max_length=10, verbose_name='answer')),
                ('came', models.CharField(blank=True, choices=[('', 'Not noted yet'), ('present', 'Present'), ('deputy', 'A deputy came'), ('away', 'Away')], default='', max_length=8, verbose_name='came')),
                ('deputy', models.CharField(blank=True, max_length=120, verbose_name='who came as deputy')),
                ('board', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.board', verbose_name='board')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendances', to='meetings.meeting')),
                ('member', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='meetings.member')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('meeting', 'member'), name='attendance_once'), models.CheckConstraint(condition=models.Q(models.Q(('guest', ''), ('member__isnull', False)), models.Q(('member__isnull', True), models.Q(('guest', ''), _negated=True)), _connector='OR'), name='attendance_of_member_or_guest')],
            },
        ),
        # models/minutes.py: The second of two texts that were written for one minute at once. It is kept until somebody has settled it.
        migrations.CreateModel(
            name='MinuteClash',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', safeboard.core.sealed.SealedTextField(verbose_name='the second text')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('board', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.board', verbose_name='board')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='clashes', to='meetings.agendaitem')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('settled_at__isnull', True)), fields=('item', 'by'), name='one_open_clash_of_a_person')],
            },
        ),
        # models/papers.py: A meeting's agenda and papers as one PDF, for one person: what they may not read is not in it. Kept for a day.
        migrations.CreateModel(
            name='Pack',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_of', models.CharField(max_length=64, verbose_name='digest of what went in')),
                ('content', safeboard.core.sealed.SealedBytesField(blank=True)),
                ('size', models.PositiveIntegerField(default=0)),
                ('pages', models.PositiveIntegerField(default=0)),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('made_at', models.DateTimeField(blank=True, null=True)),
                ('failed_at', models.DateTimeField(blank=True, null=True)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('board', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.board', verbose_name='board')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='packs', to='meetings.meeting')),
            ],
            options={
                'ordering': ['-pk'],
                'constraints': [models.UniqueConstraint(fields=('meeting', 'asked_by', 'made_of'), name='pack_once')],
            },
        ),
        # models/papers.py: A paper of an item. It is confidential where it says so, or its item is. ``pages``: 0 where it has none.
        migrations.CreateModel(
            name='Paper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('paper', 'A paper of this subgroup'), ('received', 'A report from the board or from another subgroup')], default='paper', max_length=8, verbose_name='what it is')),
                ('title', models.CharField(max_length=160, verbose_name='title')),
                ('summary', models.TextField(blank=True, max_length=2000, verbose_name='what members need to know of it')),
                ('source', models.CharField(blank=True, max_length=160, verbose_name='from whom')),
                ('confidential', models.BooleanField(default=False, verbose_name='confidential')),
                ('apart', models.BooleanField(default=False, verbose_name='not in the pack')),
                ('name', models.CharField(max_length=200, verbose_name='file name')),
                ('size', models.PositiveIntegerField(verbose_name='size in bytes')),
                ('media_type', models.CharField(max_length=100)),
                ('pages', models.PositiveIntegerField(default=0, verbose_name='pages')),
                ('scanned', models.BooleanField(default=False, verbose_name='looked over by the virus scanner')),
                ('content', safeboard.core.sealed.SealedBytesField()),
                ('added_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('form_key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('board', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.board', verbose_name='board')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='meetings.agendaitem')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='papers', to='meetings.meeting')),
            ],
            options={
                'ordering': ['item__order', 'pk'],
            },
        ),
        # models/reports.py: What a subgroup reports of a time, and what it asks for.
        migrations.CreateModel(
            name='SubgroupReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subgroup', models.CharField(blank=True, max_length=120, verbose_name='which subgroup')),
                ('given_by', models.CharField(max_length=120, verbose_name='who gives it')),
                ('since', models.DateField(verbose_name='from')),
                ('until', models.DateField(verbose_name='until')),
                ('text', safeboard.core.sealed.SealedTextField(blank=True, verbose_name='what it says')),
                ('asked', safeboard.core.sealed.SealedTextField(blank=True, verbose_name='what it asks for')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('form_key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('board', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.board', verbose_name='board')),
                ('item', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='report', to='meetings.agendaitem')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-until', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('until__gte', models.F('since'))), name='report_ends_after'), models.CheckConstraint(condition=models.Q(models.Q(('item__isnull', True), ('subgroup', '')), models.Q(('item__isnull', False), models.Q(('subgroup', ''), _negated=True)), _connector='OR'), name='report_received_or_given')],
            },
        ),
        # models/terms.py: One version of the terms of reference. ``sections``: [{id, title, text}], in their order.
        migrations.CreateModel(
            name='Terms',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='version')),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('agreed', 'In force'), ('superseded', 'Superseded')], default='draft', max_length=10, verbose_name='where it stands')),
                ('pack', models.CharField(blank=True, max_length=40)),
                ('item', models.CharField(blank=True, max_length=60)),
                ('item_version', models.PositiveIntegerField(default=0)),
                ('sections', models.JSONField(default=list)),
                ('quorum_share', models.PositiveSmallIntegerField(default=50, validators=[django.core.validators.MaxValueValidator(100)], verbose_name='share of the voting members, in per cent')),
                ('quorum_least', models.PositiveSmallIntegerField(default=3, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(50)], verbose_name='never fewer than')),
                ('quorum_chair', models.BooleanField(default=True, verbose_name='the chair or the deputy chair must be there')),
                ('papers_days', models.PositiveSmallIntegerField(default=5, validators=[django.core.validators.MaxValueValidator(60)], verbose_name='papers go out this many days before')),
                ('page_limit', models.PositiveSmallIntegerField(default=20, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(500)], verbose_name='a longer paper needs a summary')),
                ('edition', models.PositiveIntegerField(default=1)),
                ('agreed_on', models.DateField(blank=True, null=True, verbose_name='agreed on')),
                ('agreed_by', models.CharField(blank=True, max_length=160, verbose_name='agreed by, with the minute')),
                ('review_on', models.DateField(blank=True, null=True, verbose_name='to be looked at again on')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('board', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.board', verbose_name='board')),
                ('changed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'terms of reference',
                'ordering': ['-number'],
                'constraints': [models.UniqueConstraint(fields=('board', 'number'), name='terms_version_once'), models.UniqueConstraint(condition=models.Q(('state', 'draft')), fields=('board',), name='one_draft_of_the_terms'), models.UniqueConstraint(condition=models.Q(('state', 'agreed')), fields=('board',), name='one_version_of_the_terms_holds')],
            },
        ),
        # models/members.py: A piece of the e-safety officer's work, under one of the aspects of the role (Checklists appendix A).
        migrations.CreateModel(
            name='Work',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField(verbose_name='when')),
                ('aspect', models.CharField(max_length=60, verbose_name='aspect of the role')),
                ('minutes', models.PositiveIntegerField(verbose_name='time taken, in minutes')),
                ('what', models.CharField(max_length=500, verbose_name='what was done')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('form_key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('board', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.board', verbose_name='board')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-on', '-pk'],
                'indexes': [models.Index(fields=['board', 'on'], name='work_by_day')],
            },
        ),
        # models/minutes.py: A decision of a meeting. ``quorate``: whether enough were there; below the quorum it awaits confirmation.
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='number within the meeting')),
                ('text', safeboard.core.sealed.SealedTextField(verbose_name='what was decided')),
                ('quorate', models.BooleanField(default=True, verbose_name='taken by a quorum')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('form_key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('board', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.board', verbose_name='board')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='meetings.agendaitem')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='decisions', to='meetings.meeting')),
            ],
            options={
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(fields=('meeting', 'number'), name='decision_number_once')],
            },
        ),
        migrations.AddIndex(
            model_name='meeting',
            index=models.Index(fields=['board', 'starts_at'], name='meetings_by_day'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='meeting_ends_after'),
        ),
    ]
