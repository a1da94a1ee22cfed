import django.db.models.deletion
import wurzelwerk.base.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('network', '0001_initial'),
        ('trust', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Offer',
            fields=[
                ('id', models.UUIDField(default=wurzelwerk.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('service', models.CharField(max_length=20)),
                ('title', models.CharField(max_length=160, verbose_name='Titel')),
                ('state', models.CharField(choices=[('draft', 'in Vorbereitung'), ('open', 'offen'), ('reserved', 'zugesagt'), ('taken', 'vergeben'), ('withdrawn', 'zurückgezogen')], default='draft', max_length=10, verbose_name='Stand')),
                ('audience', models.CharField(choices=[('team', 'nur das eigene Team'), ('network', 'alle Stellen des Netzes'), ('public', 'öffentlich')], default='network', max_length=10, verbose_name='sichtbar für')),
                ('capacity', models.PositiveIntegerField(default=1, verbose_name='Plätze')),
                ('available_from', models.DateField(blank=True, null=True, verbose_name='frei ab')),
                ('available_until', models.DateField(blank=True, null=True, verbose_name='frei bis')),
                ('opened_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(null=True)),
                ('akte', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.akte')),
                ('circle', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.circle')),
                ('district', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.district', verbose_name='Stadtbezirk')),
            ],
            options={
                'verbose_name': 'Angebot',
                'indexes': [models.Index(fields=['circle', 'state', '-opened_at'], name='offer_circle_state'), models.Index(fields=['service', 'state', '-opened_at'], name='offer_service_state')],
                'constraints': [models.CheckConstraint(condition=models.Q(('available_until__isnull', True), ('available_from__isnull', True), ('available_until__gte', models.F('available_from')), _connector='OR'), name='offer_period'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('state__in', ['taken', 'withdrawn'])), models.Q(models.Q(('state__in', ['taken', 'withdrawn']), _negated=True), ('closed_at__isnull', True)), _connector='OR'), name='offer_closed_has_time')],
            },
        ),
    ]
