"""Referrals to bodies outside keep whose name and contact they pass on, and the address to which their link went."""

from django.db import migrations, models


def name(apps, schema_editor):
    """Say of referrals that stand who was the first of the household when they were sent."""
    referrals, members = apps.get_model("cases", "Referral"), apps.get_model("cases", "HouseholdMember")
    for referral in referrals.objects.filter(state__in=["sent", "accepted"]).exclude(way="account"):
        day = referral.sent_at.date()
        there = members.objects.filter(household_id=referral.household_id, presence="present", joined_on__lte=day)
        there = there.exclude(left_on__lt=day).order_by("position", "pk")
        referral.named = there.values_list("person_id", flat=True).first()
        referral.sent_to = referral.receiver.email if referral.way == "link" else ""
        referral.save(update_fields=["named", "sent_to"])


class Migration(migrations.Migration):
    dependencies = [("cases", "0016_open_tasks"), ("network", "0001_initial")]

    operations = [
        migrations.AddField(model_name="referral", name="named", field=models.UUIDField(null=True)),
        migrations.AddField(model_name="referral", name="sent_to", field=models.EmailField(blank=True, max_length=254)),
        migrations.RunPython(name, migrations.RunPython.noop),
    ]
