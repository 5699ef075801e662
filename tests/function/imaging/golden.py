"""The golden pictures: what each kind of file has been rendered to; `make golden` renews them."""

import io
from pathlib import Path

import numpy as np
from PIL import Image

from function.contract.recipe import RenditionSpec
from function.imaging.render import render
from local.samples import draw
from tests.support.pictures import Make, Pixels, encoded, heif, jxl, psd
from tests.support.raws import dng, jpeg

FOLDER = Path(__file__).parent / "golden"
SIZE = 48
RECIPE = (RenditionSpec(SIZE, 95),)


def scene() -> Pixels:
    return draw("lake", 240, 160)


def _saved(kind: str, mode: str = "RGB", **options: object) -> Make:
    return lambda: encoded(Image.fromarray(scene()).convert(mode), kind, **options)


KINDS: dict[str, Make] = {
    "jpeg": _saved("JPEG", quality=95),
    "jpeg-grey": _saved("JPEG", "L", quality=95),
    "jpeg-cmyk": _saved("JPEG", "CMYK", quality=95),
    "png": _saved("PNG"),
    "png-palette": _saved("PNG", "P"),
    "webp": _saved("WEBP", quality=95),
    "gif": _saved("GIF"),
    "tiff": _saved("TIFF"),
    "bmp": _saved("BMP"),
    "avif": _saved("AVIF", quality=95),
    "heif": lambda: heif(scene()),
    "jxl": lambda: jxl(scene()),
    "psd": lambda: psd(scene()),
    "raw": lambda: io.BytesIO(dng(scene())),
    "raw-preview": lambda: io.BytesIO(dng(scene(), jpeg(scene()))),
}


def rendered(kind: str) -> Pixels:
    """The rendition of the scene in a file of this kind, as pixels."""
    return np.asarray(Image.open(io.BytesIO(render(KINDS[kind](), RECIPE).renditions[0].content)))


def path(kind: str) -> Path:
    """Where the golden picture of this kind lies."""
    return FOLDER / f"{kind}.png"


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name in KINDS:
        Image.fromarray(rendered(name)).save(path(name), optimize=True)
