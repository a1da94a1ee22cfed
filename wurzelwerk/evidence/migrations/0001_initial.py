import wurzelwerk.base.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Fact',
            fields=[
                ('id', models.UUIDField(default=wurzelwerk.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('event', models.UUIDField(default=wurzelwerk.base.ids.new_id)),
                ('type', models.CharField(max_length=60)),
                ('occurred_on', models.DateField()),
                ('recorded_at', models.DateTimeField()),
                ('person_key', models.UUIDField(null=True)),
                ('household_key', models.UUIDField(null=True)),
                ('case_key', models.UUIDField(null=True)),
                ('controller', models.CharField(max_length=40)),
                ('programme', models.CharField(blank=True, max_length=40)),
                ('site', models.CharField(blank=True, max_length=40)),
                ('dimensions', models.JSONField(default=dict)),
                ('voids', models.UUIDField(null=True, unique=True)),
            ],
            options={
                'indexes': [models.Index(fields=['type', 'occurred_on'], name='fact_type_day'), models.Index(fields=['case_key', 'type'], name='fact_case_type'), models.Index(fields=['household_key', 'type'], name='fact_household_type')],
            },
        ),
    ]
