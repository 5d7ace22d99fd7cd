"""The first tables of the room. Made by toolchain/first_tables.py of the models: read those instead."""

import django.db.models.deletion
import safeboard.core.sealed
from django.conf import settings
from django.db import migrations, models

from safeboard.core.migrating import FirstTables


class Migration(FirstTables):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
    ]

    operations = [
        # models.py: When a clock last ran, whether that went well, and who holds it while it runs.
        migrations.CreateModel(
            name='ClockState',
            fields=[
                ('name', models.CharField(max_length=60, primary_key=True, serialize=False, verbose_name='clock')),
                ('next_at', models.DateTimeField(blank=True, null=True, verbose_name='next run')),
                ('held_until', models.DateTimeField(blank=True, null=True, verbose_name='held until')),
                ('last_ran', models.DateTimeField(blank=True, null=True, verbose_name='last run')),
                ('last_ok', models.DateTimeField(blank=True, null=True, verbose_name='last went well')),
                ('last_error', models.CharField(blank=True, max_length=200, verbose_name='what went wrong')),
                ('failures', models.PositiveIntegerField(default=0, verbose_name='failed runs in a row')),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        # models.py: One message to one person: that something needs them, with a link. Never case text, never a file.
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.CharField(max_length=254, verbose_name='email address')),
                ('subject', models.CharField(max_length=200, verbose_name='subject')),
                ('body', safeboard.core.sealed.SealedTextField(verbose_name='text')),
                ('kind', models.CharField(max_length=40, verbose_name='why')),
                ('about_type', models.CharField(blank=True, max_length=60)),
                ('about_id', models.BigIntegerField(blank=True, null=True)),
                ('place_kind', models.CharField(blank=True, choices=[('agency', 'Agency'), ('board', 'Board'), ('service', 'This service')], max_length=10)),
                ('place_id', models.BigIntegerField(blank=True, null=True)),
                ('dedupe', models.CharField(blank=True, max_length=160, null=True, unique=True)),
                ('quiet', models.BooleanField(default=False, verbose_name="waits for the day's digest")),
                ('state', models.CharField(choices=[('queued', 'Waiting to be sent'), ('sent', 'Sent'), ('failed', 'Could not be sent'), ('shown', 'Shown here: no mail server is set')], default='queued', max_length=8, verbose_name='state')),
                ('made_at', models.DateTimeField(verbose_name='made')),
                ('not_before', models.DateTimeField(verbose_name='not before')),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='sent')),
                ('failed_at', models.DateTimeField(blank=True, null=True, verbose_name='failed')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='attempts')),
                ('last_error', models.CharField(blank=True, max_length=120, verbose_name='what went wrong')),
                ('caused_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='caused by')),
                ('gathered_in', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='gathered', to='outbox.message', verbose_name='digest')),
                ('to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='for')),
            ],
            options={
                'ordering': ['-made_at', '-pk'],
                'indexes': [models.Index(condition=models.Q(('state', 'queued')), fields=['not_before'], name='message_due'), models.Index(fields=['to', '-made_at'], name='message_by_addressee'), models.Index(fields=['caused_by', '-made_at'], name='message_by_cause'), models.Index(fields=['state', '-made_at'], name='message_by_state')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state', 'sent'), _negated=True), ('sent_at__isnull', False), _connector='OR'), name='message_sent_has_a_time'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'failed'), _negated=True), ('failed_at__isnull', False), _connector='OR'), name='message_failed_has_a_time'), models.CheckConstraint(condition=models.Q(('dedupe', ''), _negated=True), name='message_dedupe_is_a_word')],
            },
        ),
    ]
