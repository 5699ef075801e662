"""Draws a dozen sample photos of several days, sizes, orientations and formats, with two RAW files among them."""

import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
from PIL import ExifTags, Image
from PIL.TiffImagePlugin import IFDRational

from local.samples.dng import Dng, write_dng
from local.samples.scenes import Pixels, draw

QUALITY = 88
# From EXIF orientations to the rotation that the stored pixels need.
LAID: dict[int, Callable[[Pixels], Pixels]] = {
    1: lambda pixels: pixels,
    2: lambda pixels: pixels[:, ::-1],
    3: lambda pixels: pixels[::-1, ::-1],
    4: lambda pixels: pixels[::-1],
    5: lambda pixels: pixels.swapaxes(0, 1),
    6: np.rot90,
    7: lambda pixels: pixels[::-1, ::-1].swapaxes(0, 1),
    8: lambda pixels: np.rot90(pixels, -1),
}


@dataclass(frozen=True)
class Shot:
    """One photo of the album; width and height in pixels of the upright picture, the place in degrees."""

    name: str
    scene: str
    width: int
    height: int
    taken: str
    orientation: int = 1
    place: tuple[float, float] | None = None


ALBUM = (
    Shot("2025/IMG_0412.jpg", "lake", 1800, 1200, "2025-07-14T08:12:31+02:00", place=(46.4102, 11.8443)),
    Shot("2025/IMG_0415.jpg", "meadow", 1200, 1600, "2025-07-14T11:40:05+02:00", 6, (46.4150, 11.8500)),
    Shot("2025/IMG_0433.jpg", "dawn", 2100, 1200, "2025-07-14T05:21:48+02:00"),
    Shot("2025/IMG_0440.DNG", "dunes", 1500, 1000, "2025-08-21T19:03:10+02:00"),
    Shot("2025/panorama.jpg", "sea", 3000, 1000, "2025-08-21T20:37:59+02:00", place=(36.9741, -122.0308)),
    Shot("2026/DSC_2107.jpg", "aurora", 1800, 1200, "2026-02-03T22:48:00+01:00", 3, (69.6492, 18.9553)),
    Shot("2026/DSC_2111.jpg", "night", 1200, 1600, "2026-02-03T23:55:12+01:00", 8),
    Shot("2026/DSC_2130.NEF.dng", "fog", 1500, 1000, "2026-02-03T07:30:44+01:00"),
    Shot("2026/city.webp", "city", 1600, 1067, "2026-03-08T17:20:13+01:00"),
    Shot("2026/lights.png", "bokeh", 1200, 800, "2026-03-08T18:01:02+01:00"),
    Shot("2026/evening.jpg", "dawn", 1200, 1200, "2026-03-08T16:12:20+01:00", 5),
    # A scan, which has no capture time.
    Shot("scan.tif", "meadow", 1350, 900, "2026-03-09T10:00:00+01:00"),
)


def draw_library(folder: Path) -> list[Path]:
    """Draw the album into the folder. Returns the photos' paths."""
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(lambda numbered: _shoot(folder, *numbered), enumerate(ALBUM)))


def _shoot(folder: Path, numbered: int, shot: Shot) -> Path:
    path = folder / shot.name
    path.parent.mkdir(parents=True, exist_ok=True)
    pixels = draw(shot.scene, shot.width, shot.height, numbered)
    if path.suffix.lower() == ".dng":
        _develop(path, pixels, shot)
    else:
        laid = np.ascontiguousarray(LAID[shot.orientation](pixels))
        Image.fromarray(laid).save(path, quality=QUALITY, exif=exif(shot))
    return path


def _develop(path: Path, pixels: Pixels, shot: Shot) -> None:
    """Write a RAW file; one of the two has an embedded preview, as most cameras' have."""
    preview = None
    if shot.name.endswith(".NEF.dng"):
        encoded = io.BytesIO()
        Image.fromarray(pixels).save(encoded, "JPEG", quality=QUALITY)
        preview = (encoded.getvalue(), shot.width, shot.height)
    write_dng(path, pixels, Dng(datetime.fromisoformat(shot.taken), preview=preview))


def exif(shot: Shot) -> Image.Exif:
    """Return the EXIF data that a camera would write."""
    taken = datetime.fromisoformat(shot.taken)
    written = Image.Exif()
    written[ExifTags.Base.Make], written[ExifTags.Base.Model] = "Safelight", "Drawn"
    written[ExifTags.Base.Orientation] = shot.orientation
    written.get_ifd(ExifTags.IFD.Exif).update(
        {
            ExifTags.Base.DateTimeOriginal: f"{taken:%Y:%m:%d %H:%M:%S}",
            ExifTags.Base.OffsetTimeOriginal: _offset(taken),
            ExifTags.Base.ExposureTime: IFDRational(1, 125),
            ExifTags.Base.FNumber: IFDRational(56, 10),
            ExifTags.Base.ISOSpeedRatings: 200,
            ExifTags.Base.FocalLength: IFDRational(35),
            ExifTags.Base.LensModel: "Drawn 35 mm",
        }
    )
    if shot.place:
        written.get_ifd(ExifTags.IFD.GPSInfo).update(_place(*shot.place))
    return written


def _offset(taken: datetime) -> str:
    return taken.isoformat()[-6:]


def _place(latitude: float, longitude: float) -> dict[int, object]:
    return {
        ExifTags.GPS.GPSLatitudeRef: "N" if latitude >= 0 else "S",
        ExifTags.GPS.GPSLatitude: _degrees(abs(latitude)),
        ExifTags.GPS.GPSLongitudeRef: "E" if longitude >= 0 else "W",
        ExifTags.GPS.GPSLongitude: _degrees(abs(longitude)),
    }


def _degrees(value: float) -> tuple[float, float, float]:
    whole, rest = divmod(value * 60, 60)
    return whole, float(int(rest)), round((rest - int(rest)) * 60, 3)
