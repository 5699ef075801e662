"""The jobs in Python: ours, Pillow's, and the limit that libjpeg-turbo sets. `python -m bench.jobs JOB PHOTO`."""

import io
import sys
import time
from collections.abc import Callable
from pathlib import Path

SIZES = (2048, 1024, 512, 256)
QUALITY = 80


def ours(content: bytes) -> None:
    """Safelight's renditions."""
    from function.contract import RenditionSpec
    from function.imaging.render import render

    render(io.BytesIO(content), tuple(RenditionSpec(size, QUALITY) for size in SIZES))


def ours_512(content: bytes) -> None:
    """One rendition alone."""
    from function.contract import RenditionSpec
    from function.imaging.render import render

    render(io.BytesIO(content), (RenditionSpec(512, QUALITY),))


def pillow(content: bytes) -> None:
    """The same with Pillow: decoded once, each size from the one before."""
    import pillow_heif
    from PIL import Image, ImageOps

    pillow_heif.register_heif_opener()
    opened = Image.open(io.BytesIO(content))
    opened.draft("RGB", (2560, 2560))
    image = ImageOps.exif_transpose(opened).convert("RGB")
    for size in SIZES:
        image.thumbnail((size, size), Image.Resampling.LANCZOS)
        image.save(io.BytesIO(), "JPEG", quality=QUALITY)


def limit(content: bytes) -> None:
    """What no program can do without: a scaled decode and four encodes, without any resizing between."""
    import simplejpeg

    height, width, _, _ = simplejpeg.decode_jpeg_header(content)
    pixels = simplejpeg.decode_jpeg(content, "RGB", min_width=width // 2, min_height=height // 2)
    for size in SIZES:
        side = size * pixels.shape[0] // pixels.shape[1]
        simplejpeg.encode_jpeg(pixels[:side, :size].copy(), QUALITY, "RGB", "420")


JOBS: dict[str, Callable[[bytes], None]] = {job.__name__: job for job in (ours, ours_512, pillow, limit)}


def main() -> None:
    """Do the job for each line of standard input, and print the seconds."""
    job, content = JOBS[sys.argv[1]], Path(sys.argv[2]).read_bytes()
    for _ in sys.stdin:
        start = time.perf_counter()
        job(content)
        print(time.perf_counter() - start, flush=True)


if __name__ == "__main__":
    main()
