import django.db.models.deletion
import wurzelwerk.base.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('network', '0001_initial'),
        ('network', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Circle',
            fields=[
                ('id', models.UUIDField(default=wurzelwerk.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('team', 'Team'), ('role', 'Rolle'), ('person', 'Person')], max_length=10)),
                ('role', models.CharField(blank=True, max_length=40)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='circles', to='network.organisation')),
                ('site', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='circles', to='network.site')),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='circles', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('kind', 'team'), ('site__isnull', False)), fields=('site',), name='circle_team_site_once'), models.UniqueConstraint(condition=models.Q(('kind', 'team'), ('site__isnull', True)), fields=('organisation',), name='circle_team_once'), models.UniqueConstraint(condition=models.Q(('kind', 'role')), fields=('organisation', 'role'), name='circle_role_once'), models.UniqueConstraint(condition=models.Q(('kind', 'person')), fields=('organisation', 'user'), name='circle_person_once'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'team'), ('role', ''), ('user__isnull', True)), models.Q(('kind', 'role'), ('site__isnull', True), ('user__isnull', True), models.Q(('role', ''), _negated=True)), models.Q(('kind', 'person'), ('role', ''), ('site__isnull', True), ('user__isnull', False)), _connector='OR'), name='circle_shape')],
            },
        ),
        migrations.CreateModel(
            name='Akte',
            fields=[
                ('id', models.UUIDField(default=wurzelwerk.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('reference', models.CharField(max_length=40, verbose_name='Aktenzeichen')),
                ('subject', models.CharField(max_length=20)),
                ('opened_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(null=True)),
                ('controller', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='akten', to='network.organisation')),
                ('site', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='akten', to='network.site')),
                ('circle', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.circle')),
            ],
            options={
                'indexes': [models.Index(fields=['circle', '-opened_at'], name='akte_circle_opened'), models.Index(fields=['reference', 'id'], name='akte_reference'), models.Index(fields=['reference'], name='akte_reference_begins', opclasses=['varchar_pattern_ops'])],
                'constraints': [models.UniqueConstraint(fields=('controller', 'reference'), name='akte_reference_once'), models.CheckConstraint(condition=models.Q(('closed_at__isnull', True), ('closed_at__gte', models.F('opened_at')), _connector='OR'), name='akte_period')],
            },
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.UUIDField(default=wurzelwerk.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('subject', models.UUIDField()),
                ('by_custodian', models.UUIDField(null=True)),
                ('purpose', models.CharField(max_length=40, verbose_name='Zweck')),
                ('stages', models.JSONField(default=list, verbose_name='Stufen')),
                ('language', models.CharField(default='de', max_length=8, verbose_name='Sprache des Blattes')),
                ('interpreter', models.CharField(blank=True, max_length=120, verbose_name='Sprachmittlung durch')),
                ('prepared_at', models.DateTimeField()),
                ('valid_until', models.DateField(verbose_name='gilt bis')),
                ('signed_on', models.DateField(null=True, verbose_name='unterschrieben am')),
                ('revoked_at', models.DateTimeField(null=True)),
                ('revoked_how', models.CharField(blank=True, max_length=200, verbose_name='Widerruf')),
                ('akte', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.akte')),
                ('circle', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.circle')),
                ('receiver', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.organisation')),
                ('signature_recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['prepared_at', 'pk'],
                'indexes': [models.Index(fields=['akte'], name='consent_akte')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('signature_recorded_by__isnull', True), ('signed_on__isnull', True)), models.Q(('signature_recorded_by__isnull', False), ('signed_on__isnull', False)), _connector='OR'), name='consent_signed_has_recorder'), models.UniqueConstraint(condition=models.Q(('revoked_at__isnull', True)), fields=('subject', 'receiver', 'purpose'), name='consent_one_standing')],
            },
        ),
        migrations.CreateModel(
            name='Grant',
            fields=[
                ('id', models.UUIDField(default=wurzelwerk.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('scope', models.CharField(choices=[('register', 'Bestehen der Akte'), ('contact', 'Namen und Kontaktdaten'), ('residence', 'Aufenthalt'), ('economic', 'Einkommen und Leistungen'), ('search_profile', 'Suchprofil Wohnen'), ('plan', 'Bedarfe, Plan und Aufgaben'), ('journal', 'Journal'), ('calendar', 'Termine'), ('documents', 'Dokumente und Nachweise'), ('pathway', 'Stand auf dem Weg'), ('release', 'Freigaben'), ('referral', 'Überweisungen'), ('placement', 'Vermittlung'), ('portfolio', 'Wohnungen'), ('owner', 'Eigentümerinnen und Eigentümer'), ('offer', 'Angebote')], max_length=20)),
                ('form', models.CharField(choices=[('read', 'lesen'), ('write', 'lesen und schreiben'), ('pass_on', 'lesen und weitergeben')], default='read', max_length=10)),
                ('purpose', models.CharField(max_length=40)),
                ('basis', models.CharField(choices=[('consent', 'Einwilligung'), ('contract', 'Vertrag'), ('law', 'Rechtsvorschrift'), ('task', 'Zusammenarbeit in der eigenen Stelle')], max_length=10)),
                ('basis_text', models.CharField(blank=True, max_length=200)),
                ('because', models.UUIDField(null=True)),
                ('valid_from', models.DateField()),
                ('valid_until', models.DateField(null=True)),
                ('granted_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(null=True)),
                ('akte', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grants', to='trust.akte')),
                ('circle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grants', to='trust.circle')),
                ('granted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('revoked_at__isnull', True)), fields=['circle', 'scope', 'form', 'akte', 'valid_from', 'valid_until', 'basis', 'revoked_at'], name='grant_standing'), models.Index(fields=['because'], name='grant_because')],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), ('valid_until__gte', models.F('valid_from')), _connector='OR'), name='grant_period'), models.CheckConstraint(condition=models.Q(models.Q(('basis', 'law'), _negated=True), models.Q(('basis_text', ''), _negated=True), _connector='OR'), name='grant_law_named'), models.UniqueConstraint(condition=models.Q(('revoked_at__isnull', True)), fields=('akte', 'circle', 'scope', 'form', 'because'), name='grant_standing_once')],
            },
        ),
        migrations.CreateModel(
            name='PersonLink',
            fields=[
                ('id', models.UUIDField(default=wurzelwerk.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('from_subject', models.UUIDField()),
                ('to_subject', models.UUIDField()),
                ('because', models.UUIDField()),
                ('linked_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('from_akte', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links_out', to='trust.akte')),
                ('to_akte', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links_in', to='trust.akte')),
            ],
            options={
                'indexes': [models.Index(fields=['to_subject'], name='person_link_to'), models.Index(fields=['because'], name='person_link_because')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('from_subject', 'to_akte'), name='person_link_once'), models.CheckConstraint(condition=models.Q(('from_akte', models.F('to_akte')), _negated=True), name='person_link_two_akten')],
            },
        ),
        migrations.CreateModel(
            name='Pseudonym',
            fields=[
                ('id', models.UUIDField(default=wurzelwerk.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('key', models.UUIDField(default=wurzelwerk.base.ids.random_key, unique=True)),
                ('kind', models.CharField(choices=[('person', 'Person'), ('household', 'Household'), ('case', 'Case')], max_length=10)),
                ('subject', models.UUIDField()),
                ('akte', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.akte')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('subject', 'kind'), name='pseudonym_once')],
            },
        ),
        migrations.CreateModel(
            name='ReferenceCounter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField()),
                ('last', models.PositiveIntegerField(default=0)),
                ('controller', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='network.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('controller', 'year'), name='counter_once')],
            },
        ),
    ]
