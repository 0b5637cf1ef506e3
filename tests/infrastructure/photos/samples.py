"""Photos as people send them, and files that only pretend to be; all made here."""

import io
import struct
import zipfile
import zlib
from typing import Any

from PIL import ExifTags, Image, ImageCms, ImageDraw, PngImagePlugin

PLANTED = {
    name: f"PLANTERAT-{name}".encode()
    for name in ("exif", "xmp", "iptc", "kommentar", "svans", "miniatyr", "profil", "text")
}
GPS = {1: "N", 2: (59.0, 13.0, 7.0), 3: "E", 4: (17.0, 56.0, 3.0), 29: "PLANTERAT-gps"}


def picture(mode: str = "RGB", size: tuple[int, int] = (320, 200)) -> Image.Image:
    """Return a picture with a red corner up to the left and something to see all over."""
    image = Image.radial_gradient("L").resize(size).convert("RGB")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, size[0] // 4, size[1] // 4), fill=(220, 20, 20))
    draw.line((0, size[1], size[0], 0), fill=(20, 60, 200), width=5)
    return image.convert(mode)


def saved(image: Image.Image, form: str = "JPEG", **more: Any) -> bytes:
    """Return a picture as a file."""
    file = io.BytesIO()
    image.save(file, form, **more)
    return file.getvalue()


def exif(orientation: int = 1) -> bytes:
    """Return EXIF that tells who, what and where."""
    made = Image.Exif()
    made[ExifTags.Base.Artist] = PLANTED["exif"].decode()
    made[ExifTags.Base.Orientation] = orientation
    made.get_ifd(ExifTags.IFD.GPSInfo).update(GPS)
    return made.tobytes()


def profile() -> bytes:
    """Return a colour profile with something written in it."""
    made = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    return bytes(made) + PLANTED["profil"]


def segment(marker: int, payload: bytes) -> bytes:
    """Return a segment of a JPEG."""
    return struct.pack(">BBH", 0xFF, marker, len(payload) + 2) + payload


def telling_jpeg() -> bytes:
    """Return a JPEG with all that a phone and a programme may put in, and a tail."""
    plain = saved(
        picture(), exif=exif(6), comment=PLANTED["kommentar"], icc_profile=profile(), quality=90
    )
    xmp = b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>" + PLANTED["xmp"] + b"</x:xmpmeta>"
    iptc = b"\x1c\x02\x78" + struct.pack(">H", len(PLANTED["iptc"])) + PLANTED["iptc"]
    resource = b"Photoshop 3.0\x008BIM\x04\x04\0\0" + struct.pack(">I", len(iptc)) + iptc
    thumbnail = b"JFXX\0\x10" + PLANTED["miniatyr"]
    extra = segment(0xE1, xmp) + segment(0xED, resource) + segment(0xE0, thumbnail)
    return plain[:2] + extra + plain[2:] + PLANTED["svans"]


def telling_png() -> bytes:
    """Return a PNG with texts, EXIF, a profile and a tail."""
    said = PngImagePlugin.PngInfo()
    said.add_text("Comment", PLANTED["text"].decode())
    said.add_itxt("XML:com.adobe.xmp", PLANTED["xmp"].decode(), zip=True)
    plain = saved(picture("RGBA"), "PNG", pnginfo=said, exif=exif(6), icc_profile=profile())
    return plain + b"<html>" + PLANTED["svans"]


def telling_webp() -> bytes:
    """Return a WebP with EXIF, XMP and a profile."""
    return saved(picture(), "WEBP", exif=exif(6), xmp=PLANTED["xmp"], icc_profile=profile())


def two_pictures() -> bytes:
    """Return a JPEG with a second picture behind the first (MPF)."""
    second = picture(size=(64, 64))
    return saved(picture(), "MPO", save_all=True, append_images=[second])


def animated(form: str) -> bytes:
    """Return three frames in one file."""
    frames = [picture(), picture().rotate(90), picture().rotate(180)]
    return saved(frames[0], form, save_all=True, append_images=frames[1:], duration=100)


def packed() -> bytes:
    """Return a ZIP file."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("svans.txt", PLANTED["svans"])
    return file.getvalue()


def png_of(width: int, height: int, *, bits: int = 8, colour: int = 0) -> bytes:
    """Return a small PNG that says it is of any size, with as many rows of nought as fit in it."""
    parts = (1, 0, 3, 1, 2, 0, 4)[colour]
    row = b"\0" * (1 + (width * bits * parts + 7) // 8)
    press = zlib.compressobj(9)
    rows = b"".join(press.compress(row) for _ in range(height)) + press.flush()
    header = struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND")


def chunk(name: bytes, content: bytes = b"") -> bytes:
    """Return a chunk of a PNG."""
    check = zlib.crc32(name + content)
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", check)


def huge_webp() -> bytes:
    """Return a WebP of a few bytes that says it is 16,384 pixels wide and high."""
    canvas = struct.pack("<I", 0)[:4] + struct.pack("<I", 16383)[:3] * 2
    body = b"WEBPVP8X" + struct.pack("<I", 10) + canvas + saved(picture(), "WEBP")[12:]
    return b"RIFF" + struct.pack("<I", len(body)) + body
