"""The first tables of the room. Made by toolchain/first_tables.py of the models: read those instead."""

import django.db.models.functions.text
from django.db import migrations, models

from safeboard.core.migrating import FirstTables


class Migration(FirstTables):

    initial = True

    dependencies = [
    ]

    operations = [
        # models.py: Somebody with an account: one for life, whatever agencies and boards they work for.
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('email', models.EmailField(max_length=254, unique=True, verbose_name='email address')),
                ('name', models.CharField(max_length=120, verbose_name='full name')),
                ('is_active', models.BooleanField(default=True, verbose_name='may sign in')),
                ('joined', models.DateTimeField(auto_now_add=True, verbose_name='joined')),
                ('sessions_ended', models.PositiveIntegerField(default=0, editable=False, verbose_name='times that all sessions were ended')),
            ],
            options={
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='person_email_once')],
            },
        ),
    ]
