"""Addresses of the portfolio: dwellings, lettings, rights, photos, owners, OpenImmo."""

from django.urls import path

from .views import portfolio, portfolio_import, portfolio_lettings, portfolio_owners, portfolio_photos

urlpatterns = [
    path("wohnungen/", portfolio.dwelling_list, name="dwelling_list"),
    path("wohnungen/neu/", portfolio.dwelling_new, name="dwelling_new"),
    path("angebote/wohnungen/", portfolio.offered_dwellings, name="offered_dwellings"),
    # one dwelling
    path("wohnungen/<uuid:pk>/", portfolio.dwelling, name="dwelling"),
    path("wohnungen/<uuid:pk>/bearbeiten/", portfolio.dwelling_edit, name="dwelling_edit"),
    path("wohnungen/<uuid:pk>/ablegen/", portfolio.dwelling_archive, name="dwelling_archive"),
    path("wohnungen/<uuid:pk>/zurueckholen/", portfolio.dwelling_restore, name="dwelling_restore"),
    # its lettings and rights
    path("wohnungen/<uuid:pk>/angebot/", portfolio_lettings.letting_new, name="letting_new"),
    path("vermietungen/<uuid:pk>/", portfolio_lettings.letting_edit, name="letting_edit"),
    path("vermietungen/<uuid:pk>/zurueckziehen/", portfolio_lettings.letting_withdraw, name="letting_withdraw"),
    path("vermietungen/<uuid:pk>/oeffnen/", portfolio_lettings.letting_reopen, name="letting_reopen"),
    path("wohnungen/<uuid:pk>/belegungsrecht/", portfolio_lettings.right_new, name="right_new"),
    path("belegungsrechte/<uuid:pk>/", portfolio_lettings.right_edit, name="right_edit"),
    path("wohnungen/<uuid:pk>/belegungsrecht/zurueckholen/", portfolio_lettings.right_restore, name="right_restore"),
    path("belegungsrechte/<uuid:pk>/entfernen/", portfolio_lettings.right_remove, name="right_remove"),
    # its photos
    path("wohnungen/<uuid:pk>/fotos/", portfolio_photos.photo_list, name="photo_list"),
    path("fotos/<uuid:pk>/bild.jpg", portfolio_photos.photo_image, name="photo_image"),
    path("fotos/<uuid:pk>/klein.jpg", portfolio_photos.photo_small, name="photo_small"),
    path("fotos/<uuid:pk>/beschriften/", portfolio_photos.photo_caption, name="photo_caption"),
    path("fotos/<uuid:pk>/entfernen/", portfolio_photos.photo_remove, name="photo_remove"),
    path("fotos/<uuid:pk>/verschieben/<slug:way>/", portfolio_photos.photo_move, name="photo_move"),
    # owners
    path("eigentuemer/", portfolio_owners.owner_list, name="owner_list"),
    path("eigentuemer/<uuid:pk>/", portfolio_owners.owner, name="owner"),
    path("eigentuemer/<uuid:pk>/bearbeiten/", portfolio_owners.owner_edit, name="owner_edit"),
    # OpenImmo
    path("wohnungen/import/", portfolio_import.import_new, name="import_new"),
    path("wohnungen/import/<uuid:pk>/", portfolio_import.import_run, name="import_run"),
    path("wohnungen/import/<uuid:pk>/stand/", portfolio_import.import_progress, name="import_progress"),
    path("wohnungen/import/<uuid:pk>/uebernehmen/", portfolio_import.import_take, name="import_take"),
    path("wohnungen/import/<uuid:pk>/erneut/", portfolio_import.import_again, name="import_again"),
]
