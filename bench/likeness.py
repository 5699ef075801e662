"""Compares the quality of renditions, as SSIM to a reference."""

import io
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from skimage.metrics import structural_similarity

from bench.contestant import HERE, Side
from bench.results import Result
from bench.source import QUALITY, SIZES
from function.contract.recipe import RenditionSpec
from function.imaging.render import render

WRITTEN = HERE.parent / "build" / "bench" / "written" / "sharp"
# The tolerated difference to theirs.
SLACK = 0.001
WHITE = 255
# SSIM as published: a Gaussian window with sigma 1.5 pixels, for each of the three bands.
SIGMA = 1.5

Planes = NDArray[np.float32]


@dataclass(frozen=True)
class Likeness:
    """A contest of quality: a photo and the other side."""

    group: str
    case: str
    photo: str
    peer: Side
    peer_name: str

    @property
    def tools(self) -> tuple[str, ...]:
        """Return the other side's tools."""
        return self.peer.tools

    def results(self, photos: Mapping[str, Path], _rounds: int) -> Iterator[Result]:
        """Yield SSIM at each size: ours, theirs, and the minimum for ours."""
        path = photos[self.photo]
        subprocess.run([*self.peer.command(path), str(WRITTEN)], input="\n", text=True, check=True, capture_output=True)
        for size, ours in _ours(path).items():
            mine, theirs = _ssim(path, ours), _ssim(path, (WRITTEN / f"{size}.jpg").read_bytes())
            yield Result(
                case=f"SSIM at {size} of {self.case}",
                ours=mine,
                peer=theirs,
                peer_name=self.peer_name,
                ratio=mine / theirs,
                low=mine / theirs,
                high=mine / theirs,
                goal=1 - SLACK / theirs,
                unit="SSIM",
                at_least=True,
                note=f"ours minus theirs: {mine - theirs:+.4f}",
            )


def _ours(path: Path) -> dict[int, bytes]:
    with path.open("rb") as file:
        rendering = render(file, tuple(RenditionSpec(size, QUALITY) for size in SIZES))
    return {image.spec.size: image.content for image in rendering.renditions}


def _ssim(path: Path, rendition: bytes) -> float:
    image = Image.open(io.BytesIO(rendition))
    return float(
        structural_similarity(
            np.asarray(image, np.float32),
            _reference(path, *image.size),
            data_range=WHITE,
            channel_axis=-1,
            gaussian_weights=True,
            sigma=SIGMA,
            use_sample_covariance=False,
        )
    )


@cache
def _reference(path: Path, width: int, height: int) -> Planes:
    """Return the reference: decoded in full and resized once, in sRGB as float, by Lanczos 3."""
    resized = [band.resize((width, height), Image.Resampling.LANCZOS) for band in _bands(path)]
    reference: Planes = np.clip(np.stack([np.asarray(band, np.float32) for band in resized], -1), 0, WHITE)
    return reference


@cache
def _bands(path: Path) -> tuple[Image.Image, ...]:
    pixels = np.asarray(Image.open(path).convert("RGB"), np.float32)
    return tuple(Image.fromarray(pixels[..., band]) for band in range(3))
