"""Delete a list: by its author, or when it was kept long enough."""

from django.db import transaction

from .models import Sheet, SheetLine


@transaction.atomic
def delete(sheet: Sheet) -> None:
    """Delete a list with its rows and, once that is kept, its file."""
    rows = SheetLine.objects.for_system(reason="goes with the list").filter(sheet=sheet).order_by()
    rows._raw_delete(rows.db)
    storage, name = sheet.file.storage, sheet.file.name
    sheet.delete()
    if name:
        transaction.on_commit(lambda: storage.delete(name))
