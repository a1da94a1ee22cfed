import django.db.models.deletion
import wurzelwerk.base.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('cases', '0001_initial'),
        ('network', '__first__'),
        ('trust', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Journey',
            fields=[
                ('id', models.UUIDField(default=wurzelwerk.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('pathway', models.CharField(max_length=20)),
                ('stage', models.CharField(max_length=30, verbose_name='Stufe')),
                ('since', models.DateField(verbose_name='seit')),
                ('started_on', models.DateField(verbose_name='begonnen')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='beendet')),
                ('akte', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.akte')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='journeys', to='cases.case')),
                ('circle', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.circle')),
            ],
            options={
                'indexes': [models.Index(fields=['circle', 'pathway', 'stage'], name='journey_circle_stage')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_on__isnull', True)), fields=('case', 'pathway'), name='journey_one_open')],
            },
        ),
        migrations.CreateModel(
            name='Move',
            fields=[
                ('id', models.UUIDField(default=wurzelwerk.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('from_stage', models.CharField(blank=True, max_length=30)),
                ('to_stage', models.CharField(max_length=30)),
                ('moved_at', models.DateTimeField()),
                ('is_back', models.BooleanField(default=False)),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='Begründung')),
                ('akte', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.akte')),
                ('circle', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.circle')),
                ('journey', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='moves', to='pathways.journey')),
                ('moved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['moved_at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('is_back', False), models.Q(('reason', ''), _negated=True), _connector='OR'), name='move_back_has_reason')],
            },
        ),
    ]
