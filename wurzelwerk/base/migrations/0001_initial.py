from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='SubmittedForm',
            fields=[
                ('key', models.CharField(max_length=128, primary_key=True, serialize=False)),
                ('taken_at', models.DateTimeField(db_index=True)),
            ],
        ),
    ]
