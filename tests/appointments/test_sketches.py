"""The picture of the way to a room: pixels alone, by whoever keeps rooms, on the slip and behind the link."""

import io
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image
from pypdf import PdfReader

from wurzelwerk.appointments import actions as calendar
from wurzelwerk.appointments.actions import PlaceData
from wurzelwerk.appointments.models import Place, Sketch
from wurzelwerk.base.errors import BadInput, NotAllowed
from wurzelwerk.portal.slip import Slip, render_slip
from wurzelwerk.trust.link_actions import issue_link

pytestmark = pytest.mark.django_db
SAID = "Durch das grüne Tor in den Hof"


def picture(size=(1600, 900), kind="JPEG", **more) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", size, "green").save(target, kind, **more)
    return target.getvalue()


def photographed() -> bytes:
    """A picture as a telephone takes it: with where it was taken."""
    data = Image.Exif()
    data[0x010F] = "Telefon von Samira"
    data.get_ifd(0x8825)[1] = "N"
    return picture(exif=data)


@pytest.fixture
def kept(room, actor, now) -> Sketch:
    return calendar.keep_sketch(place=room, content=photographed(), said=SAID, by=actor("elif"), at=now)


def upload(client: Client, room: Place, content: bytes, name: str = "weg.jpg"):
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("place_sketch_new", args=[room.pk]), {"picture": file, "said": SAID})


def test_picture_is_kept_small_and_without_what_the_camera_added(kept, browser, room):
    answer = browser().get(reverse("place_sketch", args=[room.pk]))
    image = Image.open(io.BytesIO(answer.content))
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert (image.size, dict(image.getexif()), b"Samira" in photographed()) == ((1200, 675), {}, True)
    assert b"Samira" not in answer.content


@pytest.mark.parametrize("content", [b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.7", b"", b"\xff\xd8\xff"])
def test_what_is_no_picture_is_refused(content, room, actor, now):
    with pytest.raises(BadInput):
        calendar.keep_sketch(place=room, content=content, said=SAID, by=actor("elif"), at=now)


def test_only_who_keeps_rooms_keeps_pictures(kept, room, actor, browser, now):
    with pytest.raises(NotAllowed):
        calendar.keep_sketch(place=room, content=picture(), said=SAID, by=actor("amira"), at=now)
    amira = browser()
    assert upload(amira, room, picture()).status_code == 404
    assert amira.post(reverse("sketch_remove", args=[kept.pk])).status_code == 404
    assert browser("carla").get(reverse("place_sketch", args=[room.pk])).status_code == 404


def test_replaced_picture_comes_back_by_undo(kept, room, browser):
    elif_ = browser("elif")
    answer = upload(elif_, room, picture((300, 200)))
    assert (answer.status_code, Sketch.objects.filter(removed_at__isnull=True).get() == kept) == (302, False)
    assert reverse("sketch_restore", args=[kept.pk]) in elif_.get(answer.headers["Location"]).content.decode()
    elif_.post(reverse("sketch_restore", args=[kept.pk]))
    assert Sketch.objects.filter(removed_at__isnull=True).get() == kept
    elif_.post(reverse("sketch_remove", args=[kept.pk]))
    assert elif_.get(reverse("place_sketch", args=[room.pk])).status_code == 404


def test_rubbish_comes_back_at_its_field(room, browser):
    answer = upload(browser("elif"), room, b"nichts davon")
    assert answer.status_code == 422
    assert "kein Bild, das gelesen werden kann" in answer.content.decode()


def test_link_page_shows_picture_and_way_without_an_account(kept, booked, room, actor, now, client):
    calendar.change_place(
        place=room, data=PlaceData("Raum 1", way="U43 bis Nordmarkt, Eingang im Hof"), by=actor("elif"), at=now
    )
    row = booked(room=room)
    issued = issue_link(purpose="portal.appointment", thing=row, valid_until=row.ends_at, by=actor("amira"), at=now)
    page = client.get(issued.path)
    text = page.content.decode()
    assert [word for word in (SAID, "U43 bis Nordmarkt", f'src="{issued.path}?bild=1"') if word not in text] == []
    shown = client.get(f"{issued.path}?bild=1")
    assert (shown.status_code, shown["Content-Type"], shown["X-Content-Type-Options"]) == (200, "image/jpeg", "nosniff")
    calendar.remove_sketch(sketch=kept, by=actor("elif"), at=now)
    assert client.get(f"{issued.path}?bild=1")["Content-Type"].startswith("text/html")
    assert client.get("/l/abcdefghijklmnopqrstuv/?bild=1").status_code == 404


@pytest.mark.parametrize("language", ["de", "ar", "uk"])
@pytest.mark.parametrize("size", [(1600, 900), (900, 1600)])
def test_slip_with_picture_and_way_is_one_page(room, booked, actor, now, language, size):
    way = "U43 bis Nordmarkt, dann 200 m geradeaus, durch das grüne Tor, Eingang im Hof, 2. OG, Aufzug links. " * 2
    data = PlaceData("Raum 1", way=way, latitude=Decimal("51.5239"), longitude=Decimal("7.4591"))
    calendar.change_place(place=room, data=data, by=actor("elif"), at=now)
    sketch = calendar.keep_sketch(place=room, content=picture(size), said=SAID, by=actor("elif"), at=now)
    row = booked(room=room)
    slip = Slip(row, room, row.akte.site, "https://wurzelwerk.example/l/abcdefghijklmnopqrstuv/", now, sketch)
    pdf = PdfReader(io.BytesIO(render_slip(slip, language=language)))
    assert (len(pdf.pages), len(pdf.pages[0].images)) == (1, 1)


def test_list_of_rooms_asks_the_same_for_one_and_three_pictures(kept, room, browser, actor, now):
    client, address = browser("elif"), reverse("place_list")
    counts = []
    for number in (2, 3):
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        counts.append(len(asked))
        other = calendar.add_place(site=room.site, data=PlaceData(f"Raum {number}"), by=actor("elif"), at=now)
        calendar.keep_sketch(place=other, content=picture((60, 40)), said=SAID, by=actor("elif"), at=now)
    assert counts[0] == counts[1]
