"""The first tables of the room. Made by toolchain/first_tables.py of the models: read those instead."""

import django.db.models.deletion
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
        # models.py: The one row that says up to which entry of the history other programs were told.
        migrations.CreateModel(
            name='Cursor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.BigIntegerField()),
            ],
        ),
        # models.py: One event on its way to one address that the administrator set. Never a word of a case: a kind, ids, a time.
        migrations.CreateModel(
            name='Call',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('to', models.CharField(help_text='a digest of the address: the address stays in the environment', max_length=64)),
                ('entry', models.BigIntegerField()),
                ('body', models.JSONField()),
                ('state', models.CharField(choices=[('queued', 'Waiting to be sent'), ('sent', 'Sent'), ('failed', 'Could not be sent')], default='queued', max_length=8, verbose_name='state')),
                ('made_at', models.DateTimeField(verbose_name='made')),
                ('not_before', models.DateTimeField(verbose_name='not before')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='attempts')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='ended')),
                ('last_error', models.CharField(blank=True, max_length=120, verbose_name='what went wrong')),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [models.Index(condition=models.Q(('state', 'queued')), fields=['not_before'], name='call_due')],
                'constraints': [models.UniqueConstraint(fields=('to', 'entry'), name='call_once')],
            },
        ),
        # models.py: What another program shows to act for the person who made it, in one place, within its scopes.
        migrations.CreateModel(
            name='Token',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, verbose_name='what uses it')),
                ('roles', models.JSONField(default=list)),
                ('scopes', models.JSONField(default=list, verbose_name='what it may do')),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('start', models.CharField(help_text='its first letters, to know it by', max_length=20)),
                ('made_at', models.DateTimeField(auto_now_add=True, verbose_name='made')),
                ('ends_on', models.DateField(verbose_name='last day')),
                ('last_used_on', models.DateField(blank=True, null=True, verbose_name='last used')),
                ('revoked_at', models.DateTimeField(blank=True, null=True, verbose_name='revoked')),
                ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.agency')),
                ('board', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.board')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('revoked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('agency__isnull', False), ('board__isnull', True)), models.Q(('agency__isnull', True), ('board__isnull', False)), _connector='OR'), name='token_of_one_place')],
            },
        ),
    ]
