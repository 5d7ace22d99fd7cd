"""The first tables of the room. Made by toolchain/first_tables.py of the models: read those instead."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from safeboard.core.migrating import FirstTables


class Migration(FirstTables):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
    ]

    operations = [
        # models.py: An organisation in a board's work. It may sit in several boards, in each as its own kind of member.
        migrations.CreateModel(
            name='Agency',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=160, verbose_name='name')),
                ('reference', models.CharField(blank=True, max_length=40, verbose_name="the board's reference for it")),
                ('gives_technology', models.CharField(choices=[('yes', 'Yes'), ('no', 'No'), ('unknown', 'Not known')], default='unknown', max_length=8, verbose_name='gives children access to the internet')),
                ('reaches_children', models.CharField(choices=[('yes', 'Yes'), ('no', 'No'), ('unknown', 'Not known')], default='unknown', max_length=8, verbose_name='gives the board access to children')),
                ('made_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'verbose_name_plural': 'agencies',
                'ordering': ['name'],
            },
        ),
        # models.py: The body that leads safeguarding in an area and runs the e-safety strategy.
        migrations.CreateModel(
            name='Board',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, unique=True, verbose_name='name')),
                ('label', models.CharField(default='Safeguarding children partnership', max_length=80, verbose_name='what the board is called here')),
                ('pack', models.CharField(default='england-2026', max_length=40, verbose_name='content pack')),
                ('area', models.CharField(blank=True, max_length=120, verbose_name='area')),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('duty_point', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='partnership.agency', verbose_name='who reads worries that may not go to the place they are about')),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.AddField(
            model_name='agency',
            name='home_board',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.board', verbose_name='the board whose charts and contacts it follows'),
        ),
        # models.py: A local service that the board's agencies ring: the police team, the duty team, the designated officer.
        migrations.CreateModel(
            name='BoardContact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40, verbose_name='kind of contact')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('telephone', models.CharField(blank=True, max_length=40, verbose_name='telephone')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                ('hours', models.CharField(blank=True, max_length=120, verbose_name='when they can be reached')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='what to know')),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('board', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.board', verbose_name='board')),
            ],
            options={
                'ordering': ['kind', 'name'],
            },
        ),
        # models.py: A spreadsheet that was read: what it would change, and whether that was done.
        migrations.CreateModel(
            name='ImportRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('filename', models.CharField(max_length=200)),
                ('sha256', models.CharField(max_length=64)),
                ('layout', models.CharField(max_length=20)),
                ('plan', models.JSONField()),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('form_key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('board', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.board', verbose_name='board')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        # models.py: A place where children reach technology: a school, a library branch, a children's home (Toolkit s3).
        migrations.CreateModel(
            name='Setting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=160, verbose_name='name')),
                ('kind', models.CharField(max_length=40, verbose_name='kind of setting')),
                ('urn', models.CharField(blank=True, max_length=20, verbose_name='unique reference number')),
                ('street', models.CharField(blank=True, max_length=160, verbose_name='street')),
                ('town', models.CharField(blank=True, max_length=80, verbose_name='town')),
                ('postcode', models.CharField(blank=True, max_length=10, verbose_name='postcode')),
                ('telephone', models.CharField(blank=True, max_length=40, verbose_name='telephone')),
                ('users', models.CharField(blank=True, max_length=200, verbose_name='who may use the technology here')),
                ('equipment', models.CharField(choices=[('ours', "The setting's own"), ('theirs', "The child's own"), ('both', 'Both'), ('none', 'None'), ('unknown', 'Not known')], default='unknown', max_length=8, verbose_name='whose equipment')),
                ('connection', models.CharField(choices=[('fixed', 'Fixed'), ('wireless', 'Wireless'), ('mobile', 'Mobile'), ('several', 'More than one of these'), ('unknown', 'Not known')], default='unknown', max_length=8, verbose_name='connection')),
                ('filtering_provider', models.CharField(blank=True, max_length=120, verbose_name='filtering provider')),
                ('filtering_plan', models.CharField(choices=[('yes', 'Yes'), ('no', 'No'), ('unknown', 'Not known')], default='unknown', max_length=8, verbose_name='has a filtering and monitoring plan')),
                ('acceptable_use', models.CharField(choices=[('yes', 'Yes'), ('no', 'No'), ('unknown', 'Not known')], default='unknown', max_length=8, verbose_name='has an acceptable-use policy')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='closed on')),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.agency', verbose_name='agency')),
            ],
            options={
                'ordering': ['name'],
                'indexes': [models.Index(fields=['urn'], name='setting_by_urn')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('urn', ''), _negated=True), fields=('agency', 'urn'), name='setting_urn_once')],
            },
        ),
        # models.py: An agency's contact: its lead, designated officer, technician (Toolkit Annex D parts 2 and 5).
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40, verbose_name='kind of contact')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('telephone', models.CharField(blank=True, max_length=40, verbose_name='telephone')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                ('hours', models.CharField(blank=True, max_length=120, verbose_name='when they can be reached')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='what to know')),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.agency', verbose_name='agency')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('setting', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='contacts', to='partnership.setting', verbose_name='only for this setting')),
            ],
            options={
                'ordering': ['kind', 'name'],
            },
        ),
        # models.py: A one-time link that makes a membership. Only a digest of its secret is kept.
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('board_manager', 'Board manager'), ('esafety_officer', 'E-safety officer'), ('subgroup_member', 'Subgroup member'), ('agency_lead', 'Agency e-safety lead'), ('staff', 'Member of staff'), ('designated_officer', 'Designated child protection officer'), ('responsible_person', 'Head, governor or trustee responsible'), ('allegations_officer', 'Designated officer for staff allegations'), ('infrastructure', 'Infrastructure staff'), ('senior_person', 'Nominated senior person'), ('inspector', 'Inspector or peer reviewer'), ('administrator', 'System administrator')], max_length=24, verbose_name='role')),
                ('email', models.EmailField(max_length=254, verbose_name='email address')),
                ('name', models.CharField(max_length=120, verbose_name='full name')),
                ('ends', models.DateField(blank=True, null=True, verbose_name='last day of the role')),
                ('secret_digest', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('runs_out_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.agency')),
                ('board', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.board')),
                ('invited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('agency__isnull', True), ('board__isnull', False), ('role__in', ['board_manager', 'esafety_officer', 'inspector', 'subgroup_member'])), models.Q(('agency__isnull', False), ('board__isnull', True), ('role__in', ['agency_lead', 'allegations_officer', 'designated_officer', 'infrastructure', 'inspector', 'responsible_person', 'senior_person', 'staff'])), models.Q(('agency__isnull', True), ('board__isnull', True), ('role__in', ['administrator'])), _connector='OR'), name='invitation_in_one_place')],
            },
        ),
        # models.py: What a person may do where, from when until when. It ends; it is never removed.
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('board_manager', 'Board manager'), ('esafety_officer', 'E-safety officer'), ('subgroup_member', 'Subgroup member'), ('agency_lead', 'Agency e-safety lead'), ('staff', 'Member of staff'), ('designated_officer', 'Designated child protection officer'), ('responsible_person', 'Head, governor or trustee responsible'), ('allegations_officer', 'Designated officer for staff allegations'), ('infrastructure', 'Infrastructure staff'), ('senior_person', 'Nominated senior person'), ('inspector', 'Inspector or peer reviewer'), ('administrator', 'System administrator')], max_length=24, verbose_name='role')),
                ('starts', models.DateField(verbose_name='from')),
                ('ends', models.DateField(blank=True, null=True, verbose_name='last day')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='ended')),
                ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.agency')),
                ('board', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.board')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['agency', 'role'], name='members_by_agency')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('agency__isnull', True), ('board__isnull', False), ('role__in', ['board_manager', 'esafety_officer', 'inspector', 'subgroup_member'])), models.Q(('agency__isnull', False), ('board__isnull', True), ('role__in', ['agency_lead', 'allegations_officer', 'designated_officer', 'infrastructure', 'inspector', 'responsible_person', 'senior_person', 'staff'])), models.Q(('agency__isnull', True), ('board__isnull', True), ('role__in', ['administrator'])), _connector='OR'), name='membership_in_one_place'), models.CheckConstraint(condition=models.Q(models.Q(('role', 'inspector'), _negated=True), ('ends__isnull', False), _connector='OR'), name='inspector_has_an_end'), models.UniqueConstraint(condition=models.Q(('agency__isnull', False), ('ended_at__isnull', True)), fields=('person', 'role', 'agency'), name='membership_once_in_agency'), models.UniqueConstraint(condition=models.Q(('board__isnull', False), ('ended_at__isnull', True)), fields=('person', 'role', 'board'), name='membership_once_in_board'), models.UniqueConstraint(condition=models.Q(('agency__isnull', True), ('board__isnull', True), ('ended_at__isnull', True)), fields=('person', 'role'), name='membership_once_in_service')],
            },
        ),
        # models.py: An agency's place in a board, of one of the pack's four kinds.
        migrations.CreateModel(
            name='Seat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40, verbose_name='kind of member')),
                ('in_subgroup', models.BooleanField(default=False, verbose_name='sits in the e-safety subgroup')),
                ('since', models.DateField(blank=True, null=True, verbose_name='since')),
                ('until', models.DateField(blank=True, null=True, verbose_name='until')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='seats', to='partnership.agency')),
                ('board', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='seats', to='partnership.board')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('board', 'agency'), name='seat_once')],
            },
        ),
    ]
