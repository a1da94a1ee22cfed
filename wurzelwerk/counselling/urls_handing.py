"""Addresses of handing work over: what is open, and the notes that are left."""

from django.urls import path

from .views import handing, handover, leaving

HOUSEHOLD = "haushalte/<uuid:household>"

urlpatterns = [
    path("team/abschied/", leaving.leaving, name="leaving"),
    path("team/abschied/<uuid:user>/zurueck/", leaving.leaving_take_back, name="leaving_take_back"),
    path("uebergabe/<uuid:user>/", handover.handover, name="handover"),
    path("uebergabe/<uuid:user>/blaetter.pdf", handing.handover_pdf, name="handover_pdf"),
    path(f"{HOUSEHOLD}/uebergabenotizen/", handing.handover_notes, name="handover_notes"),
    path(f"{HOUSEHOLD}/uebergabenotizen/neu/", handing.handover_note_new, name="handover_note_new"),
    path("uebergabenotizen/<uuid:handing>/aendern/", handing.handover_note_edit, name="handover_note_edit"),
    path("uebergabenotizen/<uuid:handing>/gelesen/", handing.handover_note_read, name="handover_note_read"),
    path("uebergabenotizen/<uuid:handing>/entfernen/", handing.handover_note_remove, name="handover_note_remove"),
    path("uebergabenotizen/<uuid:handing>/zurueck/", handing.handover_note_restore, name="handover_note_restore"),
    path("uebergabenotizen/<uuid:handing>/blatt.pdf", handing.handover_note_pdf, name="handover_note_pdf"),
]
