"""The first tables of the room. Made by toolchain/first_tables.py of the models: read those instead."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from safeboard.core.migrating import FirstTables


class Migration(FirstTables):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
    ]

    operations = [
        # models.py: The one row that says where the chain ends. Writers lock it, so that entries follow one another.
        migrations.CreateModel(
            name='ChainHead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.BigIntegerField(default=0)),
                ('hash', models.CharField(default='0000000000000000000000000000000000000000000000000000000000000000', max_length=64)),
            ],
        ),
        # models.py: The chain's newest hash at a moment, signed with a key outside the database and exported.
        migrations.CreateModel(
            name='Checkpoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('number', models.BigIntegerField(help_text='the newest entry it covers')),
                ('hash', models.CharField(max_length=64)),
                ('signature', models.CharField(max_length=128)),
            ],
            options={
                'ordering': ['-number'],
            },
        ),
        # models.py: One change, or one look at something sensitive. Never case text: ids, choices and salted digests only.
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('number', models.BigIntegerField(primary_key=True, serialize=False, verbose_name='number')),
                ('at', models.DateTimeField(verbose_name='when')),
                ('job', models.CharField(blank=True, max_length=60, verbose_name='job')),
                ('place_kind', models.CharField(blank=True, choices=[('agency', 'Agency'), ('board', 'Board'), ('service', 'This service')], max_length=10)),
                ('place_id', models.BigIntegerField(null=True)),
                ('verb', models.CharField(max_length=60, verbose_name='what was done')),
                ('object_type', models.CharField(max_length=60)),
                ('object_id', models.BigIntegerField(null=True)),
                ('facts', models.JSONField(default=dict)),
                ('previous', models.CharField(max_length=64)),
                ('hash', models.CharField(max_length=64)),
                ('mac', models.CharField(max_length=64)),
                ('person', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-number'],
                'indexes': [models.Index(fields=['object_type', 'object_id', '-number'], name='entry_by_object')],
            },
        ),
        # models.py: The salt of an entry's digests. Removing it makes the digests say nothing: that is how a record is erased.
        migrations.CreateModel(
            name='DigestSalt',
            fields=[
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='salt', serialize=False, to='core.entry')),
                ('salt', models.BinaryField(max_length=16)),
            ],
        ),
        # models.py: One thread between records of two rooms: an incident led to a lesson, a lesson to an action.
        migrations.CreateModel(
            name='Link',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_type', models.CharField(max_length=60)),
                ('from_id', models.BigIntegerField()),
                ('to_type', models.CharField(max_length=60)),
                ('to_id', models.BigIntegerField()),
                ('kind', models.CharField(max_length=30)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'indexes': [models.Index(fields=['to_type', 'to_id'], name='link_back')],
                'constraints': [models.UniqueConstraint(fields=('from_type', 'from_id', 'to_type', 'to_id', 'kind'), name='link_once')],
            },
        ),
    ]
