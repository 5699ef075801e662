"""Runs a job in Python once per line of standard input: `python -m bench.jobs JOB PHOTO`."""

import io
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from bench import decoders, launches
from bench.source import QUALITY, SIZES, Source

if TYPE_CHECKING:
    from PIL import Image

# A job that measures itself returns the seconds; of any other the whole call is measured.
Job = Callable[[Source], float | None]


def ours(photo: Source) -> None:
    """Render Safelight's default recipe."""
    from function.contract.recipe import RenditionSpec
    from function.imaging.render import render

    render(io.BytesIO(photo.content), tuple(RenditionSpec(size, QUALITY) for size in SIZES))


def ours_512(photo: Source) -> None:
    """Render only the size 512."""
    from function.contract.recipe import RenditionSpec
    from function.imaging.render import render

    render(io.BytesIO(photo.content), (RenditionSpec(512, QUALITY),))


def pillow(photo: Source) -> None:
    """Render the same by Pillow: decoded once, each size from the one before."""
    import pillow_heif
    from PIL import Image, ImageOps

    pillow_heif.register_heif_opener()
    picture = Image.open(io.BytesIO(photo.content))
    picture.draft("RGB", (2560, 2560))
    _saved_small(ImageOps.exif_transpose(picture).convert("RGB"))


def libraw(photo: Source) -> None:
    """Develop a RAW file in full with LibRaw's defaults, and scale it by Pillow."""
    import rawpy
    from PIL import Image

    with rawpy.imread(io.BytesIO(photo.content)) as raw:
        pixels = raw.postprocess(demosaic_algorithm=rawpy.DemosaicAlgorithm.AHD, use_camera_wb=True)
    _saved_small(Image.fromarray(pixels))


def limit(photo: Source) -> None:
    """Do the minimum of any program: a scaled decode and four encodes, without resizing."""
    import simplejpeg

    height, width, _, _ = simplejpeg.decode_jpeg_header(photo.content)
    pixels = simplejpeg.decode_jpeg(photo.content, "RGB", min_width=width // 2, min_height=height // 2)
    for size in SIZES:
        side = size * pixels.shape[0] // pixels.shape[1]
        simplejpeg.encode_jpeg(pixels[:side, :size].copy(), QUALITY, "RGB", "420")


def _saved_small(image: "Image.Image") -> None:
    from PIL import Image

    for size in SIZES:
        image.thumbnail((size, size), Image.Resampling.LANCZOS)
        image.save(io.BytesIO(), "JPEG", quality=QUALITY)


JOBS: dict[str, Job] = {
    job.__name__: job for job in (ours, ours_512, pillow, libraw, limit, *decoders.JOBS, *launches.JOBS)
}


def main() -> None:
    """Do the job for each line of standard input, and print the seconds."""
    job, path = JOBS[sys.argv[1]], Path(sys.argv[2])
    photo = Source(path, path.read_bytes())
    for _ in sys.stdin:
        start = time.perf_counter()
        measured = job(photo)
        print(time.perf_counter() - start if measured is None else measured, flush=True)


if __name__ == "__main__":
    main()
