"""Addresses of referrals to bodies without an account."""

from django.urls import path

from .views import outside

HOUSEHOLD = "haushalte/<uuid:household>"
OUTSIDE = "ueberweisungen/aussen/<uuid:outside>"

urlpatterns = [
    path(f"{HOUSEHOLD}/stellen/neu/", outside.body_new, name="body_new"),
    path(f"{HOUSEHOLD}/freigaben/aussen/", outside.outside_release_new, name="outside_release_new"),
    path(f"{HOUSEHOLD}/ueberweisen/aussen/<uuid:body>/<slug:aim>/", outside.outside_new, name="outside_new"),
    path(f"{HOUSEHOLD}/ueberweisen/gesetz/", outside.outside_law_new, name="outside_law_new"),
    path(f"{OUTSIDE}/link/", outside.outside_issue, name="outside_issue"),
    path(f"{OUTSIDE}/mail/", outside.outside_mail, name="outside_mail"),
    path(f"{OUTSIDE}/blatt/", outside.outside_sheet, name="outside_sheet"),
    path(f"{OUTSIDE}/antwort/", outside.outside_record, name="outside_record"),
    path(f"{OUTSIDE}/rueckfrage/", outside.outside_reply, name="outside_reply"),
]
