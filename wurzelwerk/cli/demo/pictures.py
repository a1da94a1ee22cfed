"""Pictures of the invented houses: drawn here, so that nobody's house is shown."""

from io import BytesIO
from random import Random

from PIL import Image, ImageDraw

from wurzelwerk.housing.photo_files import Picture, prepare

WALLS = ("#c9a27e", "#b9544a", "#8f9a8b", "#d8cdb4", "#7d8ea3", "#a78a6d")
ROOFS = ("#4d3b37", "#5b4a42", "#3c4450", "#6a3f38")
WIDTH, HEIGHT = 960, 640


def facade(number: int) -> Picture:
    """Draw the front of a house with windows; the number decides how it looks."""
    rng = Random(number)
    image = Image.new("RGB", (WIDTH, HEIGHT), "#dbe7ef")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 560, WIDTH, HEIGHT), fill="#8b9085")
    floors, bays = rng.randint(2, 4), rng.randint(3, 5)
    left, right, top = 160, 800, 560 - floors * 110
    draw.polygon([(left - 30, top), (right + 30, top), ((left + right) // 2, top - 110)], fill=rng.choice(ROOFS))
    draw.rectangle((left, top, right, 560), fill=rng.choice(WALLS), outline="#3a3a3a", width=3)
    step = (right - left) // bays
    for floor in range(floors):
        for bay in range(bays):
            x, y = left + bay * step + step // 2 - 28, top + floor * 110 + 22
            door = floor == floors - 1 and bay == bays // 2
            if door:
                draw.rectangle((x, y, x + 56, 560), fill="#5a4632", outline="#2d241b", width=3)
                continue
            lit = rng.random() < 0.25
            draw.rectangle((x, y, x + 56, y + 66), fill="#f3dd93" if lit else "#e9f1f5", outline="#ffffff", width=5)
            draw.line((x + 28, y, x + 28, y + 66), fill="#ffffff", width=4)
    draw.ellipse((820, 470, 910, 560), fill="#6d8f5b")
    out = BytesIO()
    image.save(out, "JPEG", quality=80)
    return prepare(out.getvalue(), name="haus.jpg")
