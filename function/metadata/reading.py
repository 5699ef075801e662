"""From tags to what is known of a photo: for each field the tags that tell it, in the order of whom to believe."""

from collections.abc import Callable
from functools import partial
from typing import Any, BinaryIO

from function.metadata import dates, gps, people, text
from function.metadata.tags import Tags, tags
from function.values import Metadata

Reader = Callable[[str], Any]

# What the camera set it wrote into EXIF; what the owner wrote is in XMP first, where every program of today puts it.
FIELDS: dict[str, tuple[tuple[str, Reader], ...]] = {
    "make": (("Exif.Image.Make", text.plain), ("Exif.PanasonicRaw.Make", text.plain), ("Xmp.tiff.Make", text.plain)),
    "model": (
        ("Exif.Image.Model", text.plain),
        ("Exif.PanasonicRaw.Model", text.plain),
        ("Xmp.tiff.Model", text.plain),
    ),
    "lens": (
        ("Exif.Photo.LensModel", text.lens),
        ("Exif.Canon.LensModel", text.lens),
        ("Xmp.exifEX.LensModel", text.lens),
        ("Xmp.aux.Lens", text.lens),
    ),
    "exposure": (
        ("Exif.Photo.ExposureTime", text.exposure),
        ("Exif.Image.ExposureTime", text.exposure),
        ("Xmp.exif.ExposureTime", text.exposure),
    ),
    "aperture": (
        ("Exif.Photo.FNumber", text.number),
        ("Exif.Image.FNumber", text.number),
        ("Xmp.exif.FNumber", text.number),
    ),
    "iso": (
        ("Exif.Photo.ISOSpeedRatings", partial(text.within, 1, 65_534)),  # 65535 says that it is told elsewhere
        ("Exif.Photo.RecommendedExposureIndex", text.whole),
        ("Exif.Photo.ISOSpeed", text.whole),
        ("Exif.Image.ISOSpeedRatings", text.whole),
        ("Exif.PanasonicRaw.ISOSpeed", text.whole),
        ("Xmp.exif.ISOSpeedRatings", text.whole),
    ),
    "focal_length": (
        ("Exif.Photo.FocalLength", text.number),
        ("Exif.Image.FocalLength", text.number),
        ("Xmp.exif.FocalLength", text.number),
    ),
    "orientation": (
        ("Exif.Image.Orientation", partial(text.within, 1, 8)),
        ("Exif.PanasonicRaw.Orientation", partial(text.within, 1, 8)),
        ("Xmp.tiff.Orientation", partial(text.within, 1, 8)),
    ),
    "quarter": (("Xmp.iptc.Location", text.plain), ("Iptc.Application2.SubLocation", text.plain)),
    "city": (("Xmp.photoshop.City", text.plain), ("Iptc.Application2.City", text.plain)),
    "region": (("Xmp.photoshop.State", text.plain), ("Iptc.Application2.ProvinceState", text.plain)),
    "country": (("Xmp.photoshop.Country", text.plain), ("Iptc.Application2.CountryName", text.plain)),
    "artist": (
        ("Exif.Image.Artist", text.plain),
        ("Xmp.dc.creator", text.plain),
        ("Iptc.Application2.Byline", text.plain),
        ("Png.Author", text.plain),
    ),
    "copyright": (
        ("Exif.Image.Copyright", text.plain),
        ("Xmp.dc.rights", text.plain),
        ("Iptc.Application2.Copyright", text.plain),
        ("Png.Copyright", text.plain),
    ),
    "title": (
        ("Xmp.dc.title", text.plain),
        ("Iptc.Application2.ObjectName", text.plain),
        ("Exif.Image.XPTitle", text.windows),
        ("Png.Title", text.said),
    ),
    "caption": (
        ("Xmp.dc.description", text.said),
        ("Iptc.Application2.Caption", text.said),
        ("Exif.Image.ImageDescription", text.said),
        ("Exif.Image.XPComment", text.windows),
        ("Xmp.tiff.ImageDescription", text.said),
        ("Exif.Photo.UserComment", text.comment),
        ("Xmp.exif.UserComment", text.comment),
        ("Png.Description", text.said),
    ),
    "rating": (
        ("Xmp.xmp.Rating", partial(text.within, -1, 5)),
        ("Exif.Image.Rating", partial(text.within, 0, 5)),
        ("Xmp.MicrosoftPhoto.Rating", text.stars),
        ("Exif.Image.RatingPercent", text.stars),
    ),
}
KEYWORDS: tuple[tuple[str, Reader], ...] = (
    ("Xmp.dc.subject", text.plain),
    ("Iptc.Application2.Keywords", text.plain),
    ("Exif.Image.XPKeywords", text.windows),
    # Programs that know trees of keywords write the paths, and not always their last parts as well.
    ("Xmp.lr.hierarchicalSubject", text.leaf),
    ("Xmp.digiKam.TagsList", text.leaf),
    ("Xmp.MicrosoftPhoto.LastKeywordXMP", text.leaf),
    ("Xmp.MicrosoftPhoto.LastKeywordIPTC", text.leaf),
    ("Xmp.mediapro.CatalogSets", text.leaf),
)
WANTED = {
    *(name for sources in FIELDS.values() for name, _ in sources),
    *(name for name, _ in KEYWORDS),
    *(name for entry in dates.WRITTEN for name in entry[1:]),
    *gps.NAMES,
    *people.NAMES,
}
MOST_KEYWORDS = 200
LONGEST_KEYWORD = 100


def read(photo: BinaryIO) -> Metadata:
    """What camera and owner wrote into the photo, None where it cannot be read: whatever the file holds."""
    return metadata(tags(photo, WANTED))


def metadata(found: Tags) -> Metadata:
    """What these tags tell."""
    moment = dates.written(found)
    latitude, longitude = gps.coordinates(found)
    return Metadata(
        taken=moment.when if moment else None,
        taken_source=moment.source if moment else None,
        taken_precision=moment.precision if moment else None,
        latitude=latitude,
        longitude=longitude,
        altitude=gps.altitude(found),
        keywords=_keywords(found),
        people=people.named(found),
        **{field: _first(found, sources) for field, sources in FIELDS.items()},
    )


def _first(found: Tags, sources: tuple[tuple[str, Reader], ...]) -> Any:
    values = (reader(value) for name, reader in sources for value in found.get(name, ())[:1])
    return next((value for value in values if value is not None), None)


def _keywords(found: Tags) -> tuple[str, ...]:
    texts = (reader(value) for name, reader in KEYWORDS for value in found.get(name, ()))
    # Windows writes them as one text.
    words = (word.strip()[:LONGEST_KEYWORD] for text_ in texts if text_ for word in text_.split(";"))
    return text.distinct(words)[:MOST_KEYWORDS]
