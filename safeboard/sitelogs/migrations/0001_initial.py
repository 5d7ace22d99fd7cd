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
        # models/asking.py: What questions rest on: a record of this service, a notice, a review, or a reason that somebody allowed.
        migrations.CreateModel(
            name='Authority',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ground', models.CharField(choices=[('incident', 'An incident'), ('notice', 'A notice that asks for data'), ('review', 'A random review'), ('reason', 'Another reason, allowed by somebody')], max_length=10, verbose_name='what it rests on')),
                ('because_type', models.CharField(blank=True, max_length=60)),
                ('because_id', models.BigIntegerField(blank=True, null=True)),
                ('reason', safeboard.core.sealed.SealedTextField(verbose_name='the reason, or the reference')),
                ('allowed_by', safeboard.core.sealed.SealedTextField(blank=True, verbose_name='who allowed it')),
                ('allowed_on', models.DateField(blank=True, null=True, verbose_name='when it was allowed')),
                ('network', models.CharField(choices=[('yes', 'Yes, I am sure that they are not'), ('no', 'No, they may be involved'), ('unsure', 'I am not sure')], default='unsure', max_length=6, verbose_name='network staff are not involved')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_why', safeboard.core.sealed.SealedTextField(blank=True, verbose_name='why it was withdrawn')),
                ('form_key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.agency', verbose_name='agency')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'authorities',
                'ordering': ['-pk'],
            },
        ),
        # models/sources.py: The filter of a setting, whose lines are kept. ``key`` names it in the archive; its board knows that it is kept.
        migrations.CreateModel(
            name='LogSetting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(max_length=60, unique=True, verbose_name='name in the archive')),
                ('layout', models.CharField(choices=[('auto', 'Find out by trying'), ('squid', 'Squid, its own format'), ('squid-combined', 'Squid, combined'), ('e2guardian', 'e2guardian, its own format'), ('e2guardian-csv', 'e2guardian, CSV'), ('e2guardian-tab', 'e2guardian, tabs'), ('e2guardian-squid', 'e2guardian, Squid format'), ('w3c', 'W3C extended'), ('csv', 'CSV of another filter')], default='auto', max_length=20, verbose_name='how its lines are written')),
                ('zone', models.CharField(default='Europe/London', max_length=40, verbose_name='clock of its lines')),
                ('columns', models.JSONField(blank=True, default=dict)),
                ('keep_days', models.PositiveIntegerField(default=92, verbose_name='days that its lines are kept')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('verified_at', models.DateTimeField(blank=True, null=True, verbose_name='last held against its hashes')),
                ('fault', models.CharField(blank=True, max_length=200, verbose_name='the first segment that does not hold')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.agency', verbose_name='agency')),
                ('setting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.setting', verbose_name='setting')),
            ],
            options={
                'ordering': ['key'],
                'constraints': [models.CheckConstraint(condition=models.Q(('keep_days__gte', 92)), name='log_setting_three_months')],
            },
        ),
        # models/sources.py: Lines that a live case needs: while it stands, no segment that holds them is disposed of (Toolkit s3).
        migrations.CreateModel(
            name='LogHold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField(verbose_name='from')),
                ('until', models.DateField(verbose_name='to')),
                ('why', safeboard.core.sealed.SealedTextField(verbose_name='why')),
                ('because_type', models.CharField(blank=True, max_length=60)),
                ('because_id', models.BigIntegerField(blank=True, null=True)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('released_at', models.DateTimeField(blank=True, null=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.agency', verbose_name='agency')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('released_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('log', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holds', to='sitelogs.logsetting')),
            ],
            options={
                'ordering': ['-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('until__gte', models.F('since'))), name='log_hold_right_way_round')],
            },
        ),
        # models/sources.py: What a filter's program shows to send lines of one setting. It reads nothing. Only a keyed digest is kept.
        migrations.CreateModel(
            name='LogDoor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('start', models.CharField(help_text='its first letters, to know it by', max_length=20)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('ends_on', models.DateField(verbose_name='last day')),
                ('last_used_on', models.DateField(blank=True, null=True, verbose_name='last used')),
                ('revoked_at', models.DateTimeField(blank=True, null=True, verbose_name='revoked')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.agency')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('log', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sitelogs.logsetting')),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        # models/sources.py: A file of lines that came in. Its bytes are kept, sealed, between the preview and the yes; then never again.
        migrations.CreateModel(
            name='Intake',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('how', models.CharField(choices=[('page', 'This page'), ('door', 'Sent by a program'), ('command', 'Command or watched folder')], max_length=8, verbose_name='how it came')),
                ('name', safeboard.core.sealed.SealedTextField(blank=True, verbose_name='name of the file')),
                ('size', models.PositiveBigIntegerField(default=0)),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('layout', models.CharField(blank=True, choices=[('auto', 'Find out by trying'), ('squid', 'Squid, its own format'), ('squid-combined', 'Squid, combined'), ('e2guardian', 'e2guardian, its own format'), ('e2guardian-csv', 'e2guardian, CSV'), ('e2guardian-tab', 'e2guardian, tabs'), ('e2guardian-squid', 'e2guardian, Squid format'), ('w3c', 'W3C extended'), ('csv', 'CSV of another filter')], max_length=20)),
                ('content', safeboard.core.sealed.SealedBytesField(blank=True)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('taken_at', models.DateTimeField(blank=True, null=True, verbose_name='taken in')),
                ('lines', models.PositiveBigIntegerField(default=0)),
                ('unreadable', models.PositiveBigIntegerField(default=0, verbose_name='lines that could not be read')),
                ('again', models.BooleanField(default=False, verbose_name='had been taken in before')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.agency', verbose_name='agency')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('log', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='intakes', to='sitelogs.logsetting')),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        # models/asking.py: A question to the logs: what is asked, of which filters, under which authority, by whom.
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('terms', safeboard.core.sealed.SealedJSONField()),
                ('logs', models.JSONField(default=list, help_text='ids of the filters that are asked')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('about_self', models.BooleanField(default=False, verbose_name='may be about who asks')),
                ('needs_second', models.BooleanField(default=False)),
                ('second_at', models.DateTimeField(blank=True, null=True)),
                ('allowed', models.BooleanField(blank=True, null=True)),
                ('second_why', safeboard.core.sealed.SealedTextField(blank=True)),
                ('name', safeboard.core.sealed.SealedTextField(blank=True, verbose_name='kept under the name')),
                ('form_key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.agency', verbose_name='agency')),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='sitelogs.authority')),
                ('second', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        # models/reviews.py: How often a filter's lines are looked through at random, and when next.
        migrations.CreateModel(
            name='ReviewPlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('weeks', models.PositiveSmallIntegerField(default=4, verbose_name='every so many weeks')),
                ('minutes', models.PositiveSmallIntegerField(default=30, verbose_name='minutes that are looked through')),
                ('next_on', models.DateField(verbose_name='next')),
                ('stopped_at', models.DateTimeField(blank=True, null=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.agency', verbose_name='agency')),
                ('log', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='plan', to='sitelogs.logsetting')),
            ],
            options={
                'ordering': ['next_on', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('minutes__gte', 5), ('minutes__lte', 480), ('weeks__gte', 1), ('weeks__lte', 52)), name='review_plan_sane')],
            },
        ),
        # models/reviews.py: One random review: the slot that was drawn, who looked, and what was found.
        migrations.CreateModel(
            name='RandomReview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField()),
                ('drawn_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('found', models.CharField(blank=True, choices=[('', 'Not looked through yet'), ('nothing', 'Nothing to follow up'), ('something', 'Something to follow up')], default='', max_length=10, verbose_name='what was found')),
                ('note', safeboard.core.sealed.SealedTextField(blank=True, verbose_name='note')),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.agency', verbose_name='agency')),
                ('done_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('question', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='review', to='sitelogs.question')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='sitelogs.reviewplan')),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        # models/asking.py: That somebody may ask: trained in the law on a day, and the head signed the agreement on a day (Leeds).
        migrations.CreateModel(
            name='Clearance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('trained_on', models.DateField(verbose_name='trained in the law on')),
                ('training', safeboard.core.sealed.SealedTextField(verbose_name='which training')),
                ('signed_on', models.DateField(verbose_name='agreement signed on')),
                ('signed_by', safeboard.core.sealed.SealedTextField(verbose_name='head who signed it')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.agency', verbose_name='agency')),
                ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who')),
            ],
            options={
                'ordering': ['-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('agency', 'person'), name='clearance_once')],
            },
        ),
        # models/releases.py: A quarter's counts as the board sees them. No hidden figure is in it: what is not shown is not kept.
        migrations.CreateModel(
            name='LogRelease',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('quarter', models.PositiveSmallIntegerField(verbose_name='quarter')),
                ('tables', models.JSONField(default=dict, verbose_name='figures')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='released')),
                ('board', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.board', verbose_name='board')),
            ],
            options={
                'ordering': ['-year', '-quarter'],
                'constraints': [models.UniqueConstraint(fields=('board', 'year', 'quarter'), name='log_release_once'), models.CheckConstraint(condition=models.Q(('quarter__gte', 1), ('quarter__lte', 4)), name='log_release_of_a_quarter')],
            },
        ),
    ]
