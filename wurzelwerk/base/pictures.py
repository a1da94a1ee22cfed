"""Pictures by what is in them: read with limits, turned upright, and written as pixels alone.

What a phone writes into a picture (place, time, device) is not in what is written here.
"""

import io

from PIL import Image, ImageOps

KINDS = ("JPEG", "PNG", "WEBP")
PIXELS = 60_000_000
"""More than any telephone takes; a file of a few bytes can claim billions."""


class NotAPicture(ValueError):
    """The content is no picture of these kinds, or a broken one."""


class TooManyPixels(ValueError):
    """The picture claims more pixels than are taken."""


def read(content: bytes, *, longest: int) -> Image.Image:
    """Return the picture upright in RGB, what was transparent on white. Raises NotAPicture, TooManyPixels.

    `longest`: about the size that is wanted of it, in pixels; a much larger JPEG is read smaller at once.
    """
    try:
        return _flat(ImageOps.exif_transpose(_opened(content, longest)))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise TooManyPixels from None
    except TooManyPixels:
        raise
    except (OSError, ValueError, SyntaxError, EOFError):
        raise NotAPicture from None


def _opened(content: bytes, longest: int) -> Image.Image:
    image = Image.open(io.BytesIO(content), formats=KINDS)
    if image.width * image.height > PIXELS:
        raise TooManyPixels
    image.draft("RGB", (longest, longest))
    image.load()
    return image


def _flat(image: Image.Image) -> Image.Image:
    """Return the pixels alone in RGB, what was transparent on white."""
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        layered = image.convert("RGBA")
        ground = Image.new("RGB", layered.size, "white")
        ground.paste(layered, mask=layered.getchannel("A"))
        return ground
    return image.convert("RGB")


def written(image: Image.Image, longest: int, *, kind: str = "JPEG") -> bytes:
    """Return the pixels as a file of this kind (JPEG, PNG), no side longer than `longest`."""
    smaller = image.copy()
    smaller.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    bare = Image.new("RGB", smaller.size)
    bare.paste(smaller)
    target = io.BytesIO()
    bare.save(target, kind, quality=85, optimize=True)
    return target.getvalue()
