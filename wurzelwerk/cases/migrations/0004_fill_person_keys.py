"""Give the people who are already there the keys under which they are found."""

from django.db import migrations

from wurzelwerk.linkage.keys import keys_of

BATCH = 2_000


def fill(apps, schema_editor):
    """Write the keys of everybody who has none yet."""
    people, keys = apps.get_model("cases", "Person"), apps.get_model("cases", "PersonKeys")
    batch = []
    for person in people.objects.filter(found_by__isnull=True).order_by("pk").iterator(BATCH):
        name = f"{person.given_name} {person.family_name}".strip()
        found = keys_of([name], birth=person.birth_date, phones=[person.phone] if person.phone else [])
        batch.append(keys(akte_id=person.akte_id, circle_id=person.circle_id, person_id=person.pk, keys=found))
        if len(batch) == BATCH:
            keys.objects.bulk_create(batch)
            batch = []
    keys.objects.bulk_create(batch)


class Migration(migrations.Migration):

    dependencies = [("cases", "0003_person_keys")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
