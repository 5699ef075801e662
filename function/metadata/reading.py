"""From tags to what is known of a photo: for each field the tags that tell it, in the order of whom to believe."""

from collections.abc import Callable
from functools import partial
from typing import Any, BinaryIO

from function.metadata import converters, dates, gps, people
from function.metadata.tags import Tags, tags
from function.values.description import Metadata

Reader = Callable[[str], Any]

# What the camera set it wrote into EXIF; what the owner wrote is in XMP first, where every program of today puts it.
FIELDS: dict[str, tuple[tuple[str, Reader], ...]] = {
    "make": (
        ("Exif.Image.Make", converters.plain),
        ("Exif.PanasonicRaw.Make", converters.plain),
        ("Xmp.tiff.Make", converters.plain),
    ),
    "model": (
        ("Exif.Image.Model", converters.plain),
        ("Exif.PanasonicRaw.Model", converters.plain),
        ("Xmp.tiff.Model", converters.plain),
    ),
    "lens": (
        ("Exif.Photo.LensModel", converters.lens),
        ("Exif.Canon.LensModel", converters.lens),
        ("Xmp.exifEX.LensModel", converters.lens),
        ("Xmp.aux.Lens", converters.lens),
    ),
    "exposure": (
        ("Exif.Photo.ExposureTime", converters.exposure),
        ("Exif.Image.ExposureTime", converters.exposure),
        ("Xmp.exif.ExposureTime", converters.exposure),
    ),
    "aperture": (
        ("Exif.Photo.FNumber", converters.number),
        ("Exif.Image.FNumber", converters.number),
        ("Xmp.exif.FNumber", converters.number),
    ),
    "iso": (
        ("Exif.Photo.ISOSpeedRatings", partial(converters.within, 1, 65_534)),  # 65535 says that it is told elsewhere
        ("Exif.Photo.RecommendedExposureIndex", converters.whole),
        ("Exif.Photo.ISOSpeed", converters.whole),
        ("Exif.Image.ISOSpeedRatings", converters.whole),
        ("Exif.PanasonicRaw.ISOSpeed", converters.whole),
        ("Xmp.exif.ISOSpeedRatings", converters.whole),
    ),
    "focal_length": (
        ("Exif.Photo.FocalLength", converters.number),
        ("Exif.Image.FocalLength", converters.number),
        ("Xmp.exif.FocalLength", converters.number),
    ),
    "orientation": (
        ("Exif.Image.Orientation", partial(converters.within, 1, 8)),
        ("Exif.PanasonicRaw.Orientation", partial(converters.within, 1, 8)),
        ("Xmp.tiff.Orientation", partial(converters.within, 1, 8)),
    ),
    "quarter": (("Xmp.iptc.Location", converters.plain), ("Iptc.Application2.SubLocation", converters.plain)),
    "city": (("Xmp.photoshop.City", converters.plain), ("Iptc.Application2.City", converters.plain)),
    "region": (("Xmp.photoshop.State", converters.plain), ("Iptc.Application2.ProvinceState", converters.plain)),
    "country": (("Xmp.photoshop.Country", converters.plain), ("Iptc.Application2.CountryName", converters.plain)),
    "artist": (
        ("Exif.Image.Artist", converters.plain),
        ("Xmp.dc.creator", converters.plain),
        ("Iptc.Application2.Byline", converters.plain),
        ("Png.Author", converters.plain),
    ),
    "copyright": (
        ("Exif.Image.Copyright", converters.plain),
        ("Xmp.dc.rights", converters.plain),
        ("Iptc.Application2.Copyright", converters.plain),
        ("Png.Copyright", converters.plain),
    ),
    "title": (
        ("Xmp.dc.title", converters.plain),
        ("Iptc.Application2.ObjectName", converters.plain),
        ("Exif.Image.XPTitle", converters.windows),
        ("Png.Title", converters.said),
    ),
    "caption": (
        ("Xmp.dc.description", converters.said),
        ("Iptc.Application2.Caption", converters.said),
        ("Exif.Image.ImageDescription", converters.said),
        ("Exif.Image.XPComment", converters.windows),
        ("Xmp.tiff.ImageDescription", converters.said),
        ("Exif.Photo.UserComment", converters.comment),
        ("Xmp.exif.UserComment", converters.comment),
        ("Png.Description", converters.said),
    ),
    "rating": (
        ("Xmp.xmp.Rating", partial(converters.within, -1, 5)),
        ("Exif.Image.Rating", partial(converters.within, 0, 5)),
        ("Xmp.MicrosoftPhoto.Rating", converters.stars),
        ("Exif.Image.RatingPercent", converters.stars),
    ),
}
KEYWORDS: tuple[tuple[str, Reader], ...] = (
    ("Xmp.dc.subject", converters.plain),
    ("Iptc.Application2.Keywords", converters.plain),
    ("Exif.Image.XPKeywords", converters.windows),
    # Programs that know trees of keywords write the paths, and not always their last parts as well.
    ("Xmp.lr.hierarchicalSubject", converters.leaf),
    ("Xmp.digiKam.TagsList", converters.leaf),
    ("Xmp.MicrosoftPhoto.LastKeywordXMP", converters.leaf),
    ("Xmp.MicrosoftPhoto.LastKeywordIPTC", converters.leaf),
    ("Xmp.mediapro.CatalogSets", converters.leaf),
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
    """Read the metadata of camera and owner; None where it cannot be read. No file makes it fail."""
    return metadata(tags(photo, WANTED))


def metadata(found: Tags) -> Metadata:
    """Return the metadata of these tags."""
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
    return converters.distinct(words)[:MOST_KEYWORDS]
