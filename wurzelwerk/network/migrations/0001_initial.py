import django.contrib.auth.models
import django.contrib.auth.validators
import django.db.models.deletion
import django.utils.timezone
import wurzelwerk.base.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.UUIDField(default=wurzelwerk.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('code', models.SlugField(max_length=40, unique=True)),
                ('name', models.CharField(max_length=160, verbose_name='Name')),
                ('short_name', models.CharField(max_length=60, verbose_name='Kurzname')),
                ('kind', models.CharField(choices=[('municipality', 'Kommune'), ('welfare', 'Wohlfahrtsverband'), ('housing', 'Wohnungsunternehmen'), ('authority', 'Behörde'), ('association', 'Verein'), ('business', 'Betrieb')], max_length=20, verbose_name='Art')),
                ('is_controller', models.BooleanField(default=False, verbose_name='eigene Verantwortliche für Akten')),
                ('street', models.CharField(blank=True, max_length=120, verbose_name='Straße und Hausnummer')),
                ('postcode', models.CharField(blank=True, max_length=10, verbose_name='Postleitzahl')),
                ('city', models.CharField(blank=True, max_length=80, verbose_name='Ort')),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='Telefon')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='E-Mail')),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('username', models.CharField(error_messages={'unique': 'A user with that username already exists.'}, help_text='Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.', max_length=150, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='username')),
                ('first_name', models.CharField(blank=True, max_length=150, verbose_name='first name')),
                ('last_name', models.CharField(blank=True, max_length=150, verbose_name='last name')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                ('id', models.UUIDField(default=wurzelwerk.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='Telefon')),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': 'user',
                'verbose_name_plural': 'users',
                'abstract': False,
            },
            managers=[
                ('objects', django.contrib.auth.models.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name='District',
            fields=[
                ('code', models.CharField(max_length=20, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=80, verbose_name='Name')),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('source', models.CharField(max_length=200)),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='network.district')),
            ],
            options={
                'ordering': ['order', 'code'],
            },
        ),
        migrations.CreateModel(
            name='Programme',
            fields=[
                ('id', models.UUIDField(default=wurzelwerk.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('code', models.SlugField(max_length=40, unique=True)),
                ('name', models.CharField(max_length=160, verbose_name='Name')),
                ('funder', models.CharField(max_length=160, verbose_name='Förderung durch')),
                ('starts_on', models.DateField(verbose_name='Beginn')),
                ('ends_on', models.DateField(verbose_name='Ende')),
                ('districts', models.ManyToManyField(related_name='programmes', to='network.district', verbose_name='Gebiet')),
                ('organisations', models.ManyToManyField(related_name='programmes', to='network.organisation')),
            ],
            options={
                'ordering': ['starts_on', 'name'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='programme_period')],
            },
        ),
        migrations.CreateModel(
            name='ProgrammeTarget',
            fields=[
                ('id', models.UUIDField(default=wurzelwerk.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('indicator', models.CharField(max_length=60)),
                ('value', models.PositiveIntegerField()),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='targets', to='network.programme')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('programme', 'indicator'), name='programme_target_once')],
            },
        ),
        migrations.CreateModel(
            name='Site',
            fields=[
                ('id', models.UUIDField(default=wurzelwerk.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('code', models.SlugField(max_length=40, unique=True)),
                ('name', models.CharField(max_length=120, verbose_name='Name')),
                ('street', models.CharField(blank=True, max_length=120, verbose_name='Straße und Hausnummer')),
                ('postcode', models.CharField(blank=True, max_length=10, verbose_name='Postleitzahl')),
                ('city', models.CharField(blank=True, max_length=80, verbose_name='Ort')),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='Telefon')),
                ('districts', models.ManyToManyField(related_name='sites', to='network.district', verbose_name='Zuständig für')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sites', to='network.organisation')),
            ],
            options={
                'ordering': ['organisation__name', 'name'],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.UUIDField(default=wurzelwerk.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('role', models.CharField(max_length=40)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='network.organisation')),
                ('site', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='network.site')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='membership_period'), models.UniqueConstraint(condition=models.Q(('site__isnull', False)), fields=('user', 'site', 'role', 'valid_from'), name='membership_once_site'), models.UniqueConstraint(condition=models.Q(('site__isnull', True)), fields=('user', 'organisation', 'role', 'valid_from'), name='membership_once_organisation')],
            },
        ),
    ]
