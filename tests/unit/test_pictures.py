import zlib
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw
from PIL.PngImagePlugin import PngInfo

from headway.platform.pictures import MAX_BYTES, BadPicture, Format, check, square_webp, thumbnail_webp

RED, BLUE = (220, 20, 20), (20, 20, 220)
ORIENTATION = 0x0112


def halves(size: tuple[int, int] = (80, 40), mode: str = "RGB") -> Image.Image:
    """Red on the left, blue on the right."""
    image = Image.new("RGB", size, RED)
    ImageDraw.Draw(image).rectangle((size[0] // 2, 0, size[0], size[1]), fill=BLUE)
    return image.convert(mode)


def encoded(image: Image.Image, kind: str, **options: Any) -> bytes:  # Any: the encoders' own options
    target = BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


def decoded(data: bytes) -> Image.Image:
    assert check(data) is Format.WEBP
    return Image.open(BytesIO(data))


def is_near(image: Image.Image, at: tuple[int, int], colour: tuple[int, int, int]) -> bool:
    found = image.convert("RGB").getpixel(at)
    assert isinstance(found, tuple)
    return all(abs(one - other) < 40 for one, other in zip(found, colour, strict=True))


PICTURES = {
    Format.PNG: encoded(halves(), "PNG"),
    Format.JPEG: encoded(halves(), "JPEG"),
    Format.WEBP: encoded(halves(), "WEBP"),
    Format.GIF: encoded(halves(), "GIF"),
}


def chunk(kind: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)


def png_that_claims(width: int, height: int) -> bytes:
    header = width.to_bytes(4) + height.to_bytes(4) + bytes([8, 0, 0, 0, 0])
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 999)) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("kind", list(Format))
def test_a_picture_is_known_by_its_content(kind: Format) -> None:
    assert check(PICTURES[kind]) is kind


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "unknown_format"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "unknown_format"),
        (b"<?xml version='1.0'?><svg/>", "unknown_format"),
        (b"%PDF-1.7", "unknown_format"),
        (b"BM" + bytes(60), "unknown_format"),
        (b"RIFF\x24\x00\x00\x00WAVEfmt ", "damaged"),
        (b"GIF89a<script>alert(1)</script>", "damaged"),
        (b"\x89PNG\r\n\x1a\n", "damaged"),
        (bytes(MAX_BYTES + 1), "too_large"),
        (png_that_claims(8_000, 8_000), "too_many_pixels"),
        (png_that_claims(12_000, 12_000), "too_many_pixels"),
        (png_that_claims(60_000, 60_000), "too_many_pixels"),
        (png_that_claims(20_000, 10), "too_many_pixels"),
        (png_that_claims(0, 10), "damaged"),
        (png_that_claims(100, 100), "damaged"),
    ],
    ids=[
        *("empty", "svg", "svg with a head", "pdf", "bitmap", "sound", "not quite a gif", "png without anything"),
        *("too many bytes", "64 MP", "144 MP", "3.6 GP", "too long an edge", "no width", "too little in it"),
    ],
)
def test_what_is_no_picture_is_refused(data: bytes, code: str) -> None:
    assert {outcome(read, data) for read in readers()} == {code}


@pytest.mark.parametrize("kind", list(Format))
@pytest.mark.parametrize("kept", [0.3, 0.8])
def test_a_picture_that_was_cut_short_is_refused(kind: Format, kept: float) -> None:
    noise = Image.effect_noise((200, 200), 90).convert("RGB")
    data = encoded(noise, kind.name)
    assert {outcome(read, data[: int(len(data) * kept)]) for read in readers()} == {"damaged"}


@pytest.mark.parametrize("kind", list(Format))
def test_a_square_is_the_middle(kind: Format) -> None:
    image = decoded(square_webp(PICTURES[kind], 32))
    assert image.size == (32, 32)
    assert is_near(image, (3, 16), RED)
    assert is_near(image, (28, 16), BLUE)


def test_a_small_picture_is_enlarged_to_the_square() -> None:
    assert decoded(square_webp(encoded(halves((6, 4)), "PNG"), 64)).size == (64, 64)


@pytest.mark.parametrize(("size", "small"), [((800, 400), (100, 50)), ((30, 900), (3, 100)), ((40, 20), (40, 20))])
def test_a_thumbnail_keeps_its_shape_and_is_never_enlarged(size: tuple[int, int], small: tuple[int, int]) -> None:
    for kind in ("PNG", "JPEG"):
        assert decoded(thumbnail_webp(encoded(halves(size), kind), 100)).size == small


@pytest.mark.parametrize(("orientation", "left", "right"), [(1, RED, BLUE), (3, BLUE, RED), (2, BLUE, RED)])
def test_a_picture_is_turned_as_it_was_taken(
    orientation: int, left: tuple[int, int, int], right: tuple[int, int, int]
) -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    image = decoded(thumbnail_webp(encoded(halves(), "JPEG", exif=exif), 80))
    assert image.size == (80, 40)
    assert is_near(image, (5, 20), left)
    assert is_near(image, (75, 20), right)


def test_a_picture_taken_on_its_side_stands_up() -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    image = decoded(thumbnail_webp(encoded(halves(), "JPEG", exif=exif), 80))
    assert image.size == (40, 80)
    assert is_near(image, (20, 5), RED)
    assert is_near(image, (20, 75), BLUE)


def test_nothing_but_the_picture_is_kept() -> None:
    exif = Image.Exif()
    exif[0x010E] = "SECRET-PLACE"
    notes = PngInfo()
    notes.add_text("Comment", "SECRET-PLACE")
    jpeg = encoded(
        halves(), "JPEG", exif=exif, comment=b"SECRET-PLACE", icc_profile=b"SECRET-PLACE" * 20, xmp=b"SECRET-PLACE"
    )
    png = encoded(halves(), "PNG", exif=exif, pnginfo=notes)
    for data in (jpeg, png):
        assert b"SECRET-PLACE" in data
        for made in (square_webp(data, 32), thumbnail_webp(data, 32)):
            assert b"SECRET-PLACE" not in made
            assert not {"exif", "icc_profile", "xmp"} & set(decoded(made).info)


@pytest.mark.parametrize(
    ("mode", "kind"),
    [("1", "PNG"), ("L", "PNG"), ("LA", "PNG"), ("P", "PNG"), ("I;16", "PNG"), ("CMYK", "JPEG"), ("L", "JPEG")],
)
def test_every_colour_mode_is_understood(mode: str, kind: str) -> None:
    grey = 255 if mode == "1" else 180
    left_half = Image.new("L", (80, 40), grey)
    left_half.paste(0, (40, 0, 80, 40))
    wide = left_half.convert("I").point(lambda value: value * 256).convert("I;16")
    image = decoded(thumbnail_webp(encoded(wide if mode == "I;16" else left_half.convert(mode), kind), 80))
    assert is_near(image, (5, 20), (grey, grey, grey))
    assert is_near(image, (75, 20), (0, 0, 0))


def test_transparency_is_kept() -> None:
    image = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
    image.paste((220, 20, 20, 255), (0, 0, 20, 40))
    for kind in ("PNG", "GIF"):
        made = decoded(square_webp(encoded(image, kind), 40))
        assert made.mode == "RGBA"
        alpha = made.getchannel("A")
        assert alpha.getpixel((35, 20)) == 0
        assert alpha.getpixel((5, 20)) == 255


def test_of_an_animation_the_first_picture_is_taken() -> None:
    frames = [Image.new("RGB", (20, 20), colour) for colour in (RED, BLUE)]
    for kind in ("GIF", "WEBP", "PNG"):
        data = encoded(frames[0], kind, save_all=True, append_images=frames[1:])
        assert is_near(decoded(thumbnail_webp(data, 20)), (10, 10), RED)


@given(st.sampled_from(list(Format)), st.lists(st.tuples(st.integers(0), st.integers(0, 255)), max_size=12))
def test_damage_anywhere_is_refused_or_harmless(kind: Format, damage: list[tuple[int, int]]) -> None:
    data = bytearray(PICTURES[kind])
    for at, value in damage:
        data[at % len(data)] = value
    outcomes = {outcome(read, bytes(data)) for read in readers()}
    assert outcomes <= {"read", "damaged", "unknown_format", "too_many_pixels"}


def outcome(read: Callable[[bytes], object], data: bytes) -> str:
    try:
        read(data)
    except BadPicture as refused:
        return refused.code
    return "read"


def readers() -> list[Callable[[bytes], object]]:
    return [check, lambda data: square_webp(data, 16), lambda data: thumbnail_webp(data, 16)]
