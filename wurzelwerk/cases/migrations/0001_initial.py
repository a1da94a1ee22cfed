import datetime
import django.db.models.deletion
import wurzelwerk.base.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('network', '0001_initial'),
        ('network', '__first__'),
        ('trust', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Case',
            fields=[
                ('id', models.UUIDField(default=wurzelwerk.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('service', models.CharField(max_length=20)),
                ('opened_on', models.DateField(verbose_name='eröffnet')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='abgeschlossen')),
                ('last_contact_on', models.DateField(blank=True, null=True, verbose_name='letzter Kontakt')),
                ('akte', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.akte')),
                ('circle', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.circle')),
                ('lead', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='zuständig')),
                ('programme', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.programme', verbose_name='Programm')),
            ],
            options={
                'verbose_name': 'Fall',
                'indexes': [models.Index(fields=['circle', '-opened_on'], name='case_circle_opened'), models.Index(fields=['lead', 'closed_on'], name='case_lead'), models.Index(condition=models.Q(('closed_on__isnull', True)), fields=['akte'], name='case_open_akte'), models.Index(condition=models.Q(('closed_on__isnull', True)), fields=['last_contact_on', 'id'], name='case_open_contact')],
                'constraints': [models.CheckConstraint(condition=models.Q(('closed_on__isnull', True), ('closed_on__gte', models.F('opened_on')), _connector='OR'), name='case_period')],
            },
        ),
        migrations.CreateModel(
            name='Appointment',
            fields=[
                ('id', models.UUIDField(default=wurzelwerk.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=20, verbose_name='Art')),
                ('starts_at', models.DateTimeField(verbose_name='Beginn')),
                ('ends_at', models.DateTimeField(verbose_name='Ende')),
                ('place', models.CharField(blank=True, max_length=200, verbose_name='Ort')),
                ('state', models.CharField(choices=[('planned', 'vereinbart'), ('kept', 'wahrgenommen'), ('missed', 'nicht erschienen'), ('cancelled', 'abgesagt')], default='planned', max_length=10)),
                ('akte', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.akte')),
                ('circle', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.circle')),
                ('host', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='mit')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='appointments', to='cases.case')),
            ],
            options={
                'ordering': ['starts_at', 'pk'],
                'indexes': [models.Index(fields=['host', 'starts_at'], name='appointment_host'), models.Index(fields=['case'], name='appointment_case')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='appointment_period')],
            },
        ),
        migrations.CreateModel(
            name='Household',
            fields=[
                ('id', models.UUIDField(default=wurzelwerk.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=160, verbose_name='Haushalt')),
                ('formed_at', models.DateTimeField()),
                ('akte', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.akte')),
                ('circle', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.circle')),
            ],
            options={
                'verbose_name': 'Haushalt',
                'indexes': [models.Index(fields=['circle', 'name', 'id'], name='household_circle_name'), models.Index(fields=['name', 'id'], name='household_name'), models.Index(fields=['name'], name='household_name_begins', opclasses=['varchar_pattern_ops']), models.Index(fields=['akte'], name='household_akte')],
            },
        ),
        migrations.CreateModel(
            name='EconomicSituation',
            fields=[
                ('id', models.UUIDField(default=wurzelwerk.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('income_kinds', models.JSONField(default=list, verbose_name='Einkommen')),
                ('monthly_net', models.DecimalField(blank=True, decimal_places=2, max_digits=9, null=True, verbose_name='Nettoeinkommen im Monat')),
                ('yearly_chargeable', models.DecimalField(blank=True, decimal_places=2, max_digits=10, null=True, verbose_name='anrechenbares Jahreseinkommen')),
                ('akte', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.akte')),
                ('circle', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.circle')),
                ('household', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='economy', to='cases.household')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('monthly_net__isnull', True), ('monthly_net__gte', 0), _connector='OR'), models.Q(('yearly_chargeable__isnull', True), ('yearly_chargeable__gte', 0), _connector='OR')), name='economy_not_negative')],
            },
        ),
        migrations.CreateModel(
            name='Accommodation',
            fields=[
                ('id', models.UUIDField(default=wurzelwerk.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=30, verbose_name='Art der Unterkunft')),
                ('street', models.CharField(blank=True, max_length=120, verbose_name='Straße und Hausnummer')),
                ('postcode', models.CharField(blank=True, max_length=10, verbose_name='Postleitzahl')),
                ('city', models.CharField(blank=True, max_length=80, verbose_name='Ort')),
                ('since', models.DateField(blank=True, null=True, verbose_name='seit')),
                ('until', models.DateField(blank=True, null=True, verbose_name='bis')),
                ('must_leave_by', models.DateField(blank=True, null=True, verbose_name='muss verlassen werden bis')),
                ('akte', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.akte')),
                ('circle', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.circle')),
                ('district', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.district', verbose_name='Stadtbezirk')),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='accommodations', to='cases.household')),
            ],
            options={
                'ordering': ['-since', '-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('until__isnull', True)), fields=('household',), name='accommodation_one_present'), models.CheckConstraint(condition=models.Q(('until__isnull', True), ('since__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='accommodation_period')],
            },
        ),
        migrations.CreateModel(
            name='Need',
            fields=[
                ('id', models.UUIDField(default=wurzelwerk.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=30, verbose_name='Bedarf')),
                ('text', models.CharField(blank=True, max_length=300, verbose_name='Beschreibung')),
                ('urgency', models.PositiveSmallIntegerField(choices=[(1, 'sofort'), (2, 'in den nächsten Wochen'), (3, 'später')], default=2, verbose_name='Dringlichkeit')),
                ('noted_on', models.DateField()),
                ('met_on', models.DateField(blank=True, null=True)),
                ('akte', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.akte')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='needs', to='cases.case')),
                ('circle', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.circle')),
            ],
            options={
                'ordering': ['urgency', 'noted_on', 'pk'],
                'indexes': [models.Index(fields=['case'], name='need_case')],
            },
        ),
        migrations.CreateModel(
            name='Goal',
            fields=[
                ('id', models.UUIDField(default=wurzelwerk.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('text', models.CharField(max_length=300, verbose_name='Ziel in eigenen Worten')),
                ('agreed_on', models.DateField()),
                ('reached_on', models.DateField(blank=True, null=True)),
                ('akte', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.akte')),
                ('circle', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.circle')),
                ('need', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='goals', to='cases.need')),
            ],
            options={
                'ordering': ['agreed_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.UUIDField(default=wurzelwerk.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('text', models.CharField(max_length=200)),
                ('made_at', models.DateTimeField()),
                ('read_at', models.DateTimeField(null=True)),
                ('akte', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.akte')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to='cases.case')),
                ('circle', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.circle')),
                ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-made_at', '-pk'],
                'indexes': [models.Index(fields=['recipient', 'read_at', '-made_at'], name='notice_recipient')],
            },
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.UUIDField(default=wurzelwerk.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('given_name', models.CharField(blank=True, max_length=120, verbose_name='Vorname')),
                ('family_name', models.CharField(blank=True, max_length=120, verbose_name='Familienname')),
                ('birth_date', models.DateField(blank=True, null=True, verbose_name='Geburtsdatum')),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='Telefon')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='E-Mail')),
                ('akte', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.akte')),
                ('circle', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.circle')),
            ],
            options={
                'verbose_name': 'Person',
                'indexes': [models.Index(fields=['circle', 'family_name', 'given_name'], name='person_circle_name'), models.Index(fields=['akte'], name='person_akte')],
                'constraints': [models.CheckConstraint(condition=models.Q(('family_name', ''), ('given_name', ''), _negated=True), name='person_has_a_name'), models.CheckConstraint(condition=models.Q(('birth_date__isnull', True), ('birth_date__gte', datetime.date(1900, 1, 1)), _connector='OR'), name='person_birth_plausible')],
            },
        ),
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.UUIDField(default=wurzelwerk.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=20, verbose_name='Art')),
                ('theme', models.CharField(max_length=30, verbose_name='Thema')),
                ('occurred_at', models.DateTimeField(verbose_name='am')),
                ('minutes', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='Minuten')),
                ('interpreter', models.BooleanField(default=False, verbose_name='mit Sprachmittlung')),
                ('text', models.TextField(max_length=20000, verbose_name='Eintrag')),
                ('written_at', models.DateTimeField()),
                ('akte', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.akte')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='cases.case')),
                ('circle', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.circle')),
                ('participants', models.ManyToManyField(related_name='+', to='cases.person', verbose_name='Beteiligte')),
            ],
            options={
                'ordering': ['-occurred_at', '-pk'],
                'indexes': [models.Index(fields=['case', '-occurred_at'], name='note_case_day')],
            },
        ),
        migrations.CreateModel(
            name='HouseholdMember',
            fields=[
                ('id', models.UUIDField(default=wurzelwerk.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('relation', models.CharField(max_length=20, verbose_name='Beziehung')),
                ('benefit_unit', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='Bedarfsgemeinschaft')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('joined_on', models.DateField()),
                ('left_on', models.DateField(blank=True, null=True)),
                ('akte', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.akte')),
                ('circle', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.circle')),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='cases.household')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='cases.person')),
            ],
            options={
                'ordering': ['position', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('left_on__isnull', True)), fields=('household', 'person'), name='member_once'), models.CheckConstraint(condition=models.Q(('left_on__isnull', True), ('left_on__gte', models.F('joined_on')), _connector='OR'), name='member_period')],
            },
        ),
        migrations.CreateModel(
            name='CaseParty',
            fields=[
                ('id', models.UUIDField(default=wurzelwerk.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('role', models.CharField(choices=[('client', 'ratsuchend'), ('counterpart', 'Gegenseite'), ('owner', 'Eigentümer:in')], default='client', max_length=12)),
                ('akte', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.akte')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parties', to='cases.case')),
                ('circle', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.circle')),
                ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.organisation')),
                ('household', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='case_parties', to='cases.household')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='case_parties', to='cases.person')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('household__isnull', False), ('organisation__isnull', True), ('person__isnull', True)), models.Q(('household__isnull', True), ('organisation__isnull', True), ('person__isnull', False)), models.Q(('household__isnull', True), ('organisation__isnull', False), ('person__isnull', True)), _connector='OR'), name='party_is_one'), models.UniqueConstraint(condition=models.Q(('household__isnull', False)), fields=('case', 'household'), name='party_household_once')],
            },
        ),
        migrations.CreateModel(
            name='PersonLanguage',
            fields=[
                ('id', models.UUIDField(default=wurzelwerk.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=12, verbose_name='Sprache')),
                ('needs_interpreter', models.BooleanField(default=False, verbose_name='Sprachmittlung nötig')),
                ('akte', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.akte')),
                ('circle', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.circle')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='languages', to='cases.person')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('person', 'code'), name='person_language_once')],
            },
        ),
        migrations.CreateModel(
            name='Referral',
            fields=[
                ('id', models.UUIDField(default=wurzelwerk.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('purpose', models.CharField(max_length=40, verbose_name='Zweck')),
                ('persons', models.PositiveSmallIntegerField(verbose_name='Personen im Haushalt')),
                ('message', models.CharField(blank=True, max_length=500, verbose_name='Nachricht ohne Namen')),
                ('state', models.CharField(choices=[('sent', 'gesendet, wartet auf Antwort'), ('accepted', 'angenommen'), ('refused', 'abgelehnt'), ('withdrawn', 'zurückgezogen'), ('ended', 'beendet')], default='sent', max_length=10)),
                ('sent_at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(null=True)),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='Begründung')),
                ('ended_at', models.DateTimeField(null=True)),
                ('akte', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.akte')),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='referrals', to='cases.case')),
                ('circle', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.circle')),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='referrals', to='cases.household')),
                ('receiver', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.organisation', verbose_name='an')),
                ('receiver_akte', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.akte')),
                ('sent_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-sent_at', '-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['sent', 'accepted'])), fields=('household', 'receiver', 'purpose'), name='referral_one_standing'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'accepted'), _negated=True), ('receiver_akte__isnull', False), _connector='OR'), name='referral_accepted_has_akte'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('answered_by__isnull', True)), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='referral_answer_has_author')],
            },
        ),
        migrations.CreateModel(
            name='Residence',
            fields=[
                ('id', models.UUIDField(default=wurzelwerk.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('basis', models.CharField(choices=[('not_asked', 'nicht erfragt'), ('as_printed', 'wie im Dokument aufgedruckt'), ('eu', 'EU-Freizügigkeit nach eigener Angabe'), ('german', 'deutsche Staatsangehörigkeit nach eigener Angabe'), ('no_answer', 'keine Angabe gewünscht')], default='not_asked', max_length=12, verbose_name='Aufenthalt')),
                ('as_printed', models.CharField(blank=True, max_length=200, verbose_name='Text im Dokument')),
                ('code', models.CharField(blank=True, max_length=20, verbose_name='Titel')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='gültig bis')),
                ('condition', models.CharField(blank=True, max_length=200, verbose_name='Nebenbestimmung')),
                ('akte', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.akte')),
                ('circle', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.circle')),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='residence', to='cases.person')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('basis', 'as_printed'), models.Q(('as_printed', ''), _negated=True)), models.Q(models.Q(('basis', 'as_printed'), _negated=True), ('as_printed', ''), ('code', ''), ('valid_until__isnull', True)), _connector='OR'), name='residence_printed_text')],
            },
        ),
        migrations.CreateModel(
            name='Step',
            fields=[
                ('id', models.UUIDField(default=wurzelwerk.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('text', models.CharField(max_length=300, verbose_name='Schritt')),
                ('by_client', models.BooleanField(default=False, verbose_name='macht der Haushalt selbst')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='bis')),
                ('state', models.CharField(choices=[('open', 'offen'), ('done', 'erledigt'), ('dropped', 'entfällt')], default='open', max_length=10)),
                ('closed_on', models.DateField(blank=True, null=True)),
                ('akte', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.akte')),
                ('assignee', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('circle', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.circle')),
                ('goal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='cases.goal')),
            ],
            options={
                'ordering': ['due_on', 'pk'],
                'indexes': [models.Index(fields=['assignee', 'state', 'due_on'], name='step_assignee')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('closed_on__isnull', True), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('closed_on__isnull', False)), _connector='OR'), name='step_closed_has_day')],
            },
        ),
        migrations.CreateModel(
            name='Task',
            fields=[
                ('id', models.UUIDField(default=wurzelwerk.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('title', models.CharField(max_length=200, verbose_name='Aufgabe')),
                ('due_on', models.DateField(verbose_name='fällig')),
                ('origin', models.CharField(blank=True, max_length=40)),
                ('made_at', models.DateTimeField()),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('outcome', models.CharField(blank=True, max_length=300, verbose_name='Ergebnis')),
                ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                ('akte', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.akte')),
                ('assignee', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tasks', to='cases.case')),
                ('circle', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.circle')),
                ('done_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['due_on', 'pk'],
                'indexes': [models.Index(fields=['assignee', 'done_at', 'due_on'], name='task_assignee_due')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('done_at__isnull', True), ('done_by__isnull', True)), models.Q(('done_at__isnull', False), ('done_by__isnull', False)), _connector='OR'), name='task_done_has_doer'), models.CheckConstraint(condition=models.Q(('done_at__isnull', True), ('cancelled_at__isnull', True), _connector='OR'), name='task_done_or_cancelled')],
            },
        ),
    ]
