"""Photos: recognised by content, freed of metadata, behind one door."""

import io
import struct
import zlib

import pytest
from PIL import Image

from wurzelwerk.base.errors import BadInput
from wurzelwerk.housing.actions.photos import add_photos
from wurzelwerk.housing.models import DwellingPhoto
from wurzelwerk.housing.photo_files import LONGEST, SMALL, prepare

from .conftest import picture, upload


def photos(dwelling) -> list[DwellingPhoto]:
    return list(DwellingPhoto.objects.for_system(reason="test").filter(dwelling=dwelling))


def with_place(**options) -> bytes:
    """A photo that says where it was taken, and that it lies on its side."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Telefon von Jonas"
    exif.get_ifd(0x8825)[2] = (51.0, 31.0, 0.0)
    return picture(exif=exif, **options)


def claiming(width: int, height: int) -> bytes:
    """A PNG of a few bytes that claims to be huge."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


def test_photo_is_turned_upright_and_loses_its_metadata():
    source = with_place(size=(60, 40))
    assert b"Telefon von Jonas" in source
    kept = prepare(source, name="a.jpg").large
    image = Image.open(io.BytesIO(kept))
    assert image.size == (40, 60)
    assert dict(image.getexif()) == {}
    assert b"Telefon" not in kept and b"Exif" not in kept


def test_photo_is_scaled_and_kept_as_jpeg():
    ready = prepare(picture("PNG", size=(3000, 1500)), name="a.png")
    sizes = [Image.open(io.BytesIO(part)) for part in (ready.large, ready.small)]
    assert [(image.format, image.size) for image in sizes] == [
        ("JPEG", (LONGEST, LONGEST // 2)), ("JPEG", (SMALL, SMALL // 2)),
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_photo_of_each_kind_is_taken(kind):
    assert prepare(picture(kind), name="a").large.startswith(b"\xff\xd8")


def test_transparent_photo_gets_a_white_ground():
    target = io.BytesIO()
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(target, "PNG")
    assert Image.open(io.BytesIO(prepare(target.getvalue(), name="a").large)).getpixel((0, 0)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "kein Foto"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "kein Foto"),
        (b"%PDF-1.7", "kein Foto"),
        (b"GIF89a" + b"\0" * 40, "kein Foto"),
        (picture()[:200], "kein Foto"),
        (picture("BMP"), "kein Foto"),
        (claiming(60_000, 60_000), "zu viele Bildpunkte"),
        (claiming(9_000, 9_000), "zu viele Bildpunkte"),
        (b"\xff\xd8" + b"\0" * 10_000_000, "größer als 10 MB"),
    ],
)
def test_what_is_no_photo_is_refused_in_words(content, sentence):
    with pytest.raises(BadInput) as error:
        prepare(content, name="bild.jpg")
    assert error.value.message.startswith("„bild.jpg“")
    assert sentence in error.value.message


def test_photos_are_added_once_and_at_the_end(dwelling, actor, now, files_kept):
    home, by = dwelling(), actor("jonas")
    red, blue = prepare(picture(colour="red"), name="r"), prepare(picture(colour="blue"), name="b")
    assert len(add_photos(dwelling=home, pictures=[red, red], by=by, at=now)) == 1
    assert len(add_photos(dwelling=home, pictures=[blue, red], by=by, at=now)) == 1
    assert [photo.position for photo in photos(home)] == [1, 2]
    again = prepare(red.large, name="kept")
    assert add_photos(dwelling=home, pictures=[again], by=by, at=now) == []
    assert len(files_kept()) == 4


def test_more_than_twenty_photos_are_refused(browser, dwelling, files_kept):
    home = dwelling()
    url = f"/wohnungen/{home.pk}/fotos/"
    client = browser("jonas")
    many = [upload(picture(colour=(n * 12, 0, 0)), f"{n}.jpg") for n in range(20)]
    assert client.post(url, {"photos": many}).status_code == 302
    answer = client.post(url, {"photos": [upload(picture(colour="blue"))]})
    assert "höchstens 20 Fotos; es sind schon 20" in answer.content.decode()
    assert len(files_kept()) == 40


def test_upload_of_a_wrong_file_is_said_at_the_field(browser, dwelling, files_kept):
    url = f"/wohnungen/{dwelling().pk}/fotos/"
    client = browser("jonas")
    for file in (upload(b"<html>", "bild.jpg"), upload(b"x", "bild.exe"), upload(b"\xff" * 10_000_001)):
        answer = client.post(url, {"photos": file})
        assert (answer.status_code, len(answer.context["form"].errors["photos"])) == (422, 1)
    assert client.post(url, {}).context["form"].errors["photos"] == ["Bitte „Fotos“ als Datei auswählen."]
    assert files_kept() == []


def test_photo_leaves_as_an_image_and_nothing_else(browser, dwelling, actor, now):
    home = dwelling()
    [photo] = add_photos(dwelling=home, pictures=[prepare(with_place(), name="a")], by=actor("jonas"), at=now)
    answer = browser("katja").get(f"/fotos/{photo.pk}/bild.jpg")
    content = b"".join(answer.streaming_content)
    assert content.startswith(b"\xff\xd8")
    assert (answer["Content-Type"], answer["X-Content-Type-Options"], answer["Content-Disposition"]) == (
        "image/jpeg", "nosniff", "inline",
    )  # fmt: skip
    assert answer["Cache-Control"] == "private, max-age=3600"
    assert str(home.pk) not in photo.file.name


def test_photos_are_captioned_ordered_and_removed(browser, dwelling, actor, now, files_kept):
    home = dwelling()
    pictures = [prepare(picture(colour=colour), name="a") for colour in ("red", "green", "blue")]
    made = add_photos(dwelling=home, pictures=pictures, by=actor("jonas"), at=now)
    client = browser("jonas")
    client.post(f"/fotos/{made[2].pk}/verschieben/frueher/")
    client.post(f"/fotos/{made[0].pk}/verschieben/frueher/")
    assert [photo.pk for photo in photos(home)] == [made[0].pk, made[2].pk, made[1].pk]
    assert client.post(f"/fotos/{made[0].pk}/verschieben/quer/").status_code == 404
    client.post(f"/fotos/{made[0].pk}/beschriften/", {"caption": "Küche <b>"})
    text = client.get(f"/wohnungen/{home.pk}/").content.decode()
    assert 'alt="Küche &lt;b&gt;"' in text
    assert client.get(f"/fotos/{made[0].pk}/entfernen/").status_code == 200
    assert len(photos(home)) == 3


@pytest.mark.django_db(transaction=True)
def test_removed_photo_takes_its_files_along(browser, dwelling, actor, now, files_kept):
    [photo] = add_photos(dwelling=dwelling(), pictures=[prepare(picture(), name="a")], by=actor("jonas"), at=now)
    assert len(files_kept()) == 2
    browser("jonas").post(f"/fotos/{photo.pk}/entfernen/")
    assert files_kept() == []


def test_photos_do_not_stay_where_the_write_fails(browser, form, files_kept, monkeypatch):
    from wurzelwerk.housing.actions import taking_in

    def fails(**_values):
        taken = add_photos(**_values)
        raise RuntimeError(f"the line drops after {len(taken)}")

    monkeypatch.setattr(taking_in, "add_photos", fails)
    with pytest.raises(RuntimeError):
        browser("jonas").post("/wohnungen/neu/", form(photos=[upload(picture())]))
    assert files_kept() == []
