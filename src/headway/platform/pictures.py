"""Pictures from people: told apart by what is in them, never by their name, and made small and plain.

Whatever comes out is a WebP without metadata (place, camera, comments, colour profile), turned the way it was taken.
Decoding takes up to half a second of processor and 160 MB of memory for the largest picture: do it in a job or a
thread.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from io import BytesIO
from typing import Final

from PIL import Image, ImageOps

MAX_BYTES: Final = 20 * 1024 * 1024
MAX_PIXELS: Final = 40_000_000
MAX_EDGE: Final = 16_383
"""The longest edge that WebP can hold."""
QUALITY: Final = 82

_SIGNATURES: Final = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"RIFF")


class Format(StrEnum):
    """The kinds of picture that are taken; the value is the media type."""

    PNG = "image/png"
    JPEG = "image/jpeg"
    WEBP = "image/webp"
    GIF = "image/gif"


class BadPicture(ValueError):
    """A picture that is refused. `code` is too_large, unknown_format, too_many_pixels or damaged."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def check(data: bytes) -> Format:
    """The format of a whole and undamaged picture of at most 20 MiB and 40 megapixels. Raises `BadPicture`."""
    with _decoding():
        return Format[str(_decoded(data).format)]


def square_webp(data: bytes, size: int) -> bytes:
    """The middle of the picture as a WebP of `size` times `size` pixels. Raises `BadPicture`."""
    with _decoding():
        image = _upright(_decoded(data, at_least=2 * size))
    return _webp(ImageOps.fit(image, (size, size), Image.Resampling.LANCZOS))


def thumbnail_webp(data: bytes, max_edge: int) -> bytes:
    """The whole picture (of an animation, its first) as a WebP, no edge longer than `max_edge` pixels, never enlarged.

    Raises `BadPicture`.
    """
    with _decoding():
        image = _upright(_decoded(data, at_least=2 * max_edge))
    image.thumbnail((max_edge, max_edge), Image.Resampling.LANCZOS)
    return _webp(image)


@contextmanager
def _decoding() -> Iterator[None]:
    """Names the error when the data is at fault: decoders raise whatever comes to their mind on damaged data."""
    try:
        yield
    except (BadPicture, MemoryError):
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_pixels() from error
    except Exception as error:
        raise BadPicture("damaged", "The picture is damaged or cut short.") from error


def _decoded(data: bytes, at_least: int = MAX_EDGE) -> Image.Image:
    """The pixels; a JPEG may be decoded at a fraction of its size, with no edge below `at_least`."""
    if len(data) > MAX_BYTES:
        raise BadPicture("too_large", f"A picture has at most {MAX_BYTES // 1024 // 1024} MiB.")
    if not data.startswith(_SIGNATURES):
        raise BadPicture("unknown_format", "A picture is a PNG, JPEG, WebP or GIF file.")
    image = Image.open(BytesIO(data), formats=[kind.name for kind in Format])
    _check_size(image)
    image.draft("RGB", (at_least, at_least))
    image.load()
    return image


def _check_size(image: Image.Image) -> None:
    width, height = image.size
    if width * height > MAX_PIXELS or max(width, height) > MAX_EDGE:
        raise _too_many_pixels()


def _too_many_pixels() -> BadPicture:
    limit = MAX_PIXELS // 1_000_000
    return BadPicture("too_many_pixels", f"A picture has at most {limit} megapixels and edges of {MAX_EDGE} pixels.")


def _upright(image: Image.Image) -> Image.Image:
    """Turned as its EXIF orientation says, with plain 8-bit colours and, where it has one, transparency."""
    turned = ImageOps.exif_transpose(image)
    if turned.mode.startswith("I;16") or turned.mode == "I":
        turned = turned.convert("I").point(lambda value: value / 256).convert("L")
    transparent = turned.mode in {"RGBA", "LA", "PA", "RGBa", "La"} or "transparency" in turned.info
    return turned.convert("RGBA" if transparent else "RGB")


def _webp(image: Image.Image) -> bytes:
    target = BytesIO()
    image.save(target, "WEBP", quality=QUALITY, method=4)
    return target.getvalue()
