"""The first tables of the room. Made by toolchain/first_tables.py of the models: read those instead."""

import django.db.models.deletion
import django.utils.timezone
import safeboard.core.sealed
import safeboard.standards.models.reviews
import safeboard.standards.models.surveys
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
        # models/reviews.py: A review that a board writes itself. Its published versions lie with the packs' under its key, for ever the same.
        migrations.CreateModel(
            name='BoardReview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=safeboard.standards.models.reviews.new_key, editable=False, max_length=40, unique=True)),
                ('pack', models.CharField(max_length=40, verbose_name='the pack it was begun from')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('version', models.PositiveIntegerField(blank=True, null=True)),
                ('draft', models.JSONField(blank=True, null=True)),
                ('edition', models.PositiveIntegerField(default=0)),
                ('earlier', models.JSONField(blank=True, default=list)),
                ('tried', models.BooleanField(default=False, verbose_name='was tried as it is now')),
                ('withdrawn', models.BooleanField(default=False, verbose_name='not sent any more')),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('board', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.board', verbose_name='board')),
                ('changed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['title', 'pk'],
            },
        ),
        # models/returns.py: An agency's answers to one version of a review: one, for all boards that ask the same at the same time.
        migrations.CreateModel(
            name='Return',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('pack', models.CharField(max_length=60)),
                ('review', models.CharField(max_length=60)),
                ('version', models.PositiveIntegerField()),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('begun_at', models.DateTimeField(blank=True, null=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.agency', verbose_name='agency')),
            ],
            options={
                'ordering': ['-made_at', '-pk'],
                'indexes': [models.Index(fields=['agency', 'review', '-id'], name='return_by_review')],
            },
        ),
        # models/returns.py: An answer that falls short, until it is put right: by an action that is done, or by another answer.
        migrations.CreateModel(
            name='Gap',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question', models.CharField(max_length=60)),
                ('value', models.CharField(max_length=60)),
                ('state', models.CharField(choices=[('open', 'Open'), ('done', 'Put right: its action is done'), ('answered', 'Put right: answered otherwise since')], default='open', max_length=8)),
                ('found_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.agency', verbose_name='agency')),
                ('of', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='gaps', to='standards.return')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('of', 'question'), name='gap_once'), models.CheckConstraint(condition=models.Q(('state', 'open'), ('closed_at__isnull', False), _connector='OR'), name='gap_closed_has_a_time')],
            },
        ),
        # models/returns.py: An answer that is being written: the agency's alone, until it is sent.
        migrations.CreateModel(
            name='DraftAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question', models.CharField(max_length=60)),
                ('value', models.CharField(blank=True, max_length=60)),
                ('words', safeboard.core.sealed.SealedTextField(blank=True, verbose_name='in words')),
                ('plan', safeboard.core.sealed.SealedTextField(blank=True, verbose_name='what will be done')),
                ('review_on', models.DateField(blank=True, null=True, verbose_name='looked at again on')),
                ('evidence', models.JSONField(blank=True, default=list, verbose_name='numbers of what lies on the shelf')),
                ('state', models.CharField(choices=[('given', 'Answered'), ('to-confirm', 'To be confirmed')], default='given', max_length=10)),
                ('origin', models.CharField(blank=True, choices=[('register', 'From the register'), ('last-time', 'From last time')], max_length=10)),
                ('edition', models.PositiveIntegerField(default=1)),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.agency', verbose_name='agency')),
                ('changed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('of', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='standards.return')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('of', 'question'), name='draft_answer_once')],
            },
        ),
        # models/rounds.py: One sending of a review. ``pack``, ``review`` and ``version`` say which words were sent, for ever the same.
        migrations.CreateModel(
            name='Round',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('pack', models.CharField(max_length=60)),
                ('review', models.CharField(max_length=60)),
                ('version', models.PositiveIntegerField()),
                ('note', models.TextField(blank=True, verbose_name='what the agencies are told with it')),
                ('chosen', models.JSONField(blank=True, default=list, verbose_name='ids of the agencies it is to go to')),
                ('opens_on', models.DateField(verbose_name='sent on')),
                ('due_on', models.DateField(verbose_name='to be answered by')),
                ('remind_before', models.PositiveSmallIntegerField(default=14, verbose_name='days before that day a reminder goes')),
                ('remind_every', models.PositiveSmallIntegerField(default=7, verbose_name='days between reminders once it is late')),
                ('state', models.CharField(choices=[('draft', 'Being prepared'), ('sent', 'Sent'), ('closed', 'Closed')], default='draft', max_length=6, verbose_name='how far it is')),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('form_key', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('board', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.board', verbose_name='board')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-due_on', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('due_on__gte', models.F('opens_on'))), name='round_due_after_it_opens')],
            },
        ),
        # models/rounds.py: An agency in a round: how far it is, what the board has of it, and what the board makes of that.
        migrations.CreateModel(
            name='RoundAgency',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stand', models.CharField(choices=[('not-started', 'Not started'), ('part-done', 'Part done'), ('submitted', 'Sent to the board'), ('returned', 'Sent back for more'), ('accepted', 'Accepted')], default='not-started', max_length=12, verbose_name='where it stands')),
                ('asked', models.PositiveSmallIntegerField(default=0, verbose_name='questions')),
                ('answered', models.PositiveSmallIntegerField(default=0, verbose_name='answered')),
                ('to_confirm', models.PositiveSmallIntegerField(default=0, verbose_name='to be confirmed')),
                ('gaps', models.PositiveSmallIntegerField(default=0, verbose_name='fall short')),
                ('score', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='of a hundred')),
                ('told', models.JSONField(blank=True, default=list)),
                ('nobody', models.BooleanField(default=False, verbose_name='there was nobody to write to')),
                ('told_at', models.DateTimeField(blank=True, null=True)),
                ('reminded_on', models.DateField(blank=True, null=True)),
                ('started_at', models.DateTimeField(blank=True, null=True)),
                ('submitted_at', models.DateTimeField(blank=True, null=True)),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='accepted, or sent back')),
                ('remarks', safeboard.core.sealed.SealedTextField(blank=True, verbose_name='what more is needed')),
                ('more', models.JSONField(blank=True, default=list, verbose_name='questions that need more')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.agency', verbose_name='agency')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('of', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='standards.return')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='agencies', to='standards.round')),
            ],
        ),
        # models/rounds.py: A board's other view of one answer, with its reason. What the agency said stays beside it.
        migrations.CreateModel(
            name='Moderation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question', models.CharField(max_length=60)),
                ('before', models.CharField(blank=True, max_length=60)),
                ('value', models.CharField(max_length=60)),
                ('reason', safeboard.core.sealed.SealedTextField(verbose_name='why')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.agency', verbose_name='agency')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='moderations', to='standards.roundagency')),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['place', 'question', '-id'], name='moderation_by_question')],
            },
        ),
        # models/returns.py: What an agency sent, as it was then. The next one stands beside it.
        migrations.CreateModel(
            name='Submission',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.agency', verbose_name='agency')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('of', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='submissions', to='standards.return')),
            ],
            options={
                'ordering': ['-number'],
                'constraints': [models.UniqueConstraint(fields=('of', 'number'), name='submission_number_once')],
            },
        ),
        migrations.AddField(
            model_name='roundagency',
            name='submission',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='standards.submission'),
        ),
        # models/returns.py: An answer as it was sent. ``figure`` is its value as a number, for spreads; ``gap``: it calls for an action.
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question', models.CharField(max_length=60)),
                ('value', models.CharField(blank=True, max_length=60)),
                ('words', safeboard.core.sealed.SealedTextField(blank=True, verbose_name='in words')),
                ('plan', safeboard.core.sealed.SealedTextField(blank=True, verbose_name='what will be done')),
                ('review_on', models.DateField(blank=True, null=True, verbose_name='looked at again on')),
                ('evidence', models.JSONField(blank=True, default=list, verbose_name='numbers of what lies on the shelf')),
                ('figure', models.FloatField(blank=True, null=True)),
                ('gap', models.BooleanField(default=False)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.agency', verbose_name='agency')),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='standards.submission')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('submission', 'question'), name='answer_once')],
            },
        ),
        # models/surveys.py: A survey of a board. ``questions`` are the words as they are asked; once published they never change.
        migrations.CreateModel(
            name='Survey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('audience', models.CharField(choices=[('child', 'Children and young people'), ('parent', 'Parents and carers'), ('staff', 'Staff')], max_length=6, verbose_name='who is asked')),
                ('title', models.CharField(max_length=160, verbose_name='title')),
                ('opening', models.TextField(max_length=1500, verbose_name='what it says before the questions')),
                ('thanks', models.TextField(max_length=1500, verbose_name='what it says at the end')),
                ('pack', models.CharField(max_length=40)),
                ('item', models.CharField(blank=True, max_length=60)),
                ('version', models.PositiveIntegerField(blank=True, null=True)),
                ('questions', models.JSONField(default=list, verbose_name='questions')),
                ('opens_on', models.DateField(verbose_name='opens on')),
                ('closes_on', models.DateField(verbose_name='last day')),
                ('one_a_device', models.BooleanField(default=False, verbose_name='one answer from each phone or computer')),
                ('by_agency', models.BooleanField(default=False, verbose_name='a link of its own for each agency')),
                ('state', models.CharField(choices=[('draft', 'Being written'), ('published', 'Published'), ('counted', 'Closed and counted')], default='draft', max_length=9, verbose_name='how far it is')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('form_key', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('before', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='standards.survey')),
                ('board', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.board', verbose_name='board')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-closes_on', '-pk'],
                'indexes': [models.Index(fields=['state', 'closes_on'], name='survey_to_count')],
                'constraints': [models.CheckConstraint(condition=models.Q(('closes_on__gte', models.F('opens_on'))), name='survey_closes_after_it_opens')],
            },
        ),
        # models/surveys.py: A public address of a survey: one for everybody, or one for each agency, so that nobody has to say where.
        migrations.CreateModel(
            name='SurveyLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(default=safeboard.standards.models.surveys.new_token, editable=False, max_length=40, unique=True)),
                ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.agency', verbose_name='agency')),
                ('board', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.board', verbose_name='board')),
                ('survey', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='standards.survey')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('survey', 'agency'), name='survey_link_of_an_agency_once'), models.UniqueConstraint(condition=models.Q(('agency__isnull', True)), fields=('survey',), name='survey_link_for_everybody_once')],
            },
        ),
        # models/surveys.py: What one person ticked. ``key`` is by chance, made with the page, so that a reply sent twice is one.
        migrations.CreateModel(
            name='SurveyReply',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(unique=True)),
                ('answers', models.JSONField(default=dict, verbose_name='what was ticked')),
                ('board', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.board', verbose_name='board')),
                ('link', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='standards.surveylink')),
                ('survey', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='replies', to='standards.survey')),
            ],
            options={
                'abstract': False,
            },
        ),
        # models/surveys.py: What a survey found, protected before it was written and then as it is; agencies and, once published, all see it.
        migrations.CreateModel(
            name='SurveyResult',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=160)),
                ('audience', models.CharField(choices=[('child', 'Children and young people'), ('parent', 'Parents and carers'), ('staff', 'Staff')], max_length=6)),
                ('answers', models.JSONField(default=str, verbose_name='how many answered')),
                ('tables', models.JSONField(default=list, verbose_name='figures')),
                ('counted_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('before', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='standards.surveyresult')),
                ('board', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.board', verbose_name='board')),
                ('survey', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='result', to='standards.survey')),
            ],
            options={
                'ordering': ['-counted_at', '-pk'],
            },
        ),
        # models/surveys.py: Whether most of an agency's staff say that something is so: a word, no count. For the board and that agency.
        migrations.CreateModel(
            name='StaffView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reach', models.CharField(choices=[('agency', 'The agency alone'), ('board', 'The board, and the agency that it names'), ('everybody', 'The board and all its agencies')], default='board', max_length=10, verbose_name='who may read it')),
                ('question', models.CharField(max_length=60)),
                ('review', models.CharField(blank=True, max_length=60, verbose_name='review that asks the lead')),
                ('asked', models.CharField(blank=True, max_length=60, verbose_name='question of that review')),
                ('agree', models.BooleanField(verbose_name='most of them say so')),
                ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.agency', verbose_name='agency')),
                ('board', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.board', verbose_name='board')),
                ('result', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='staff_views', to='standards.surveyresult')),
            ],
            options={
                'indexes': [models.Index(fields=['agency', '-id'], name='staff_view_by_agency')],
                'constraints': [models.UniqueConstraint(fields=('result', 'agency', 'question'), name='staff_view_once')],
            },
        ),
        # models/surveys.py: 'You said, we did': something that people said in a survey, and what came of it (Toolkit s2; Annex G 5.4).
        migrations.CreateModel(
            name='Heard',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('said', models.CharField(max_length=300, verbose_name='you said')),
                ('did', models.CharField(max_length=600, verbose_name='we did')),
                ('came', models.CharField(choices=[('done', 'Done'), ('doing', 'Being done'), ('not', 'Cannot be done')], default='doing', max_length=5, verbose_name='what came of it')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('form_key', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('board', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.board', verbose_name='board')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('result', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='heard', to='standards.surveyresult')),
            ],
            options={
                'verbose_name_plural': 'heard',
                'ordering': ['pk'],
            },
        ),
        # models/surveys.py: What somebody wrote in their own words, apart from what they ticked: read by the board's officers alone.
        migrations.CreateModel(
            name='SurveyWords',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question', models.CharField(max_length=60)),
                ('text', safeboard.core.sealed.SealedTextField(verbose_name='in their own words')),
                ('acted', models.CharField(blank=True, choices=[('read', 'Read: there is nothing to do'), ('passed-on', 'Read, and passed on as a concern about a child')], max_length=9, verbose_name='what was done')),
                ('acted_at', models.DateTimeField(blank=True, null=True)),
                ('acted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('board', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.board', verbose_name='board')),
                ('link', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='standards.surveylink')),
                ('survey', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='words', to='standards.survey')),
            ],
            options={
                'verbose_name_plural': 'survey words',
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['survey', 'acted'], name='survey_words_unread')],
            },
        ),
        # models/reviews.py: How far a board took up a recommendation: who, since when, what shows it (Checklists).
        migrations.CreateModel(
            name='Adoption',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('pack', models.CharField(max_length=40)),
                ('recommendation', models.CharField(max_length=60)),
                ('state', models.CharField(choices=[('not-looked-at', 'Not looked at yet'), ('adopted', 'Adopted'), ('partly', 'Partly adopted'), ('not', 'Not adopted')], default='not-looked-at', max_length=14, verbose_name='how far')),
                ('who', safeboard.core.sealed.SealedTextField(blank=True, verbose_name='who took it up')),
                ('since', models.DateField(blank=True, null=True, verbose_name='since')),
                ('evidence', safeboard.core.sealed.SealedTextField(blank=True, verbose_name='what shows it')),
                ('look_on', models.DateField(blank=True, null=True, verbose_name='look at it again on')),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('board', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.board', verbose_name='board')),
                ('changed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('board', 'pack', 'recommendation'), name='adoption_once')],
            },
        ),
        # models/reviews.py: That a version was published: by whom, when, and what changed in their words.
        migrations.CreateModel(
            name='BoardReviewVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('note', models.CharField(max_length=500, verbose_name='what changed')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('board', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.board', verbose_name='board')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='standards.boardreview')),
            ],
            options={
                'ordering': ['-number'],
                'constraints': [models.UniqueConstraint(fields=('review', 'number'), name='board_review_version_once')],
            },
        ),
        # models/returns.py: Something on an agency's shelf of evidence: a file or words of where it is, attached once and used again.
        migrations.CreateModel(
            name='Proof',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='number on the shelf')),
                ('title', safeboard.core.sealed.SealedTextField(verbose_name='what it is')),
                ('where', safeboard.core.sealed.SealedTextField(blank=True, verbose_name='where it is kept')),
                ('dated', models.DateField(blank=True, null=True, verbose_name='its date')),
                ('name', safeboard.core.sealed.SealedTextField(blank=True, verbose_name='file name')),
                ('size', models.PositiveIntegerField(default=0, verbose_name='size in bytes')),
                ('media_type', models.CharField(blank=True, max_length=60, verbose_name='type, told from the content')),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('content', safeboard.core.sealed.SealedBytesField(default=b'')),
                ('scan', models.CharField(blank=True, max_length=12, verbose_name='virus scan')),
                ('added_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('form_key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.agency', verbose_name='agency')),
            ],
            options={
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(fields=('agency', 'number'), name='proof_number_once')],
            },
        ),
        migrations.AddIndex(
            model_name='roundagency',
            index=models.Index(fields=['round', 'stand'], name='round_agency_by_stand'),
        ),
        migrations.AddIndex(
            model_name='roundagency',
            index=models.Index(fields=['agency', 'stand'], name='round_agency_by_agency'),
        ),
        migrations.AddConstraint(
            model_name='roundagency',
            constraint=models.UniqueConstraint(fields=('round', 'agency'), name='round_agency_once'),
        ),
        migrations.AddConstraint(
            model_name='roundagency',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('stand__in', ['submitted', 'returned', 'accepted']), _negated=True), ('submission__isnull', False), _connector='OR'), name='round_agency_sent_has_a_submission'),
        ),
    ]
