"""Converts pixels whose colours are coded by numbers (CICP, gAMA and cHRM) into sRGB, and maps the tones of HDR."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Chromaticities = tuple[float, ...]  # x and y of red, green, blue and white

# ITU-T H.273, table 2: the colour primaries by their code points.
D65, DCI, ILLUMINANT_C = (0.3127, 0.329), (0.314, 0.351), (0.31, 0.316)
SRGB: Chromaticities = (0.64, 0.33, 0.3, 0.6, 0.15, 0.06, *D65)
PRIMARIES: dict[int, Chromaticities] = {
    1: SRGB,
    4: (0.67, 0.33, 0.21, 0.71, 0.14, 0.08, *ILLUMINANT_C),
    5: (0.64, 0.33, 0.29, 0.6, 0.15, 0.06, *D65),
    6: (0.63, 0.34, 0.31, 0.595, 0.155, 0.07, *D65),
    7: (0.63, 0.34, 0.31, 0.595, 0.155, 0.07, *D65),
    8: (0.681, 0.319, 0.243, 0.692, 0.145, 0.049, *ILLUMINANT_C),
    9: (0.708, 0.292, 0.17, 0.797, 0.131, 0.046, *D65),
    11: (0.68, 0.32, 0.265, 0.69, 0.15, 0.06, *DCI),
    12: (0.68, 0.32, 0.265, 0.69, 0.15, 0.06, *D65),
    22: (0.63, 0.34, 0.295, 0.605, 0.155, 0.077, *D65),
}
# Table 3. The curves of video (1, 6, 14, 15) are shown as sRGB's, as screens show them.
PQ, HLG, LINEAR, SRGB_CURVE = 16, 18, 8, 13
POWERS = {4: 2.2, 5: 2.8, 17: 2.6, LINEAR: 1.0}
# Diffuse white of HDR, in candela per square metre (ITU-R BT.2408), and the peak of the screen that HLG is graded for.
WHITE_NITS, PQ_NITS, HLG_NITS, HLG_GAMMA = 203.0, 10_000.0, 1000.0, 1.2
# Above this share of white, highlights are compressed where the photo has any that are brighter than white.
KNEE, PEAK_PERCENTILE, BRIGHTER = 0.75, 99.9, 1.02
BRADFORD = np.array([[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]])
LUMINANCE_2020 = np.array([0.2627, 0.678, 0.0593], np.float32)
STEPS = 65535


@dataclass(frozen=True)
class Coding:
    """Describe the meaning of colour numbers: primaries as chromaticities, and a transfer.

    `transfer` is a code point of H.273; with `power`, the transfer is this power instead.
    """

    primaries: Chromaticities = SRGB
    transfer: int = SRGB_CURVE
    power: float | None = None

    @property
    def is_hdr(self) -> bool:
        """Return whether values may be brighter than a screen's white."""
        return self.power is None and self.transfer in (PQ, HLG)

    @property
    def is_srgb(self) -> bool:
        """Return whether the coding is sRGB's, so that nothing has to be converted."""
        curve = self.power is None and self.transfer not in (PQ, HLG, *POWERS)
        return curve and max(abs(a - b) for a, b in zip(self.primaries, SRGB, strict=True)) < 0.005  # noqa: PLR2004


def from_cicp(primaries: int, transfer: int) -> Coding:
    """Return the coding of these code points; unknown and unspecified ones are sRGB's."""
    return Coding(PRIMARIES.get(primaries, SRGB), transfer)


def to_srgb(pixels: NDArray[np.generic], coding: Coding) -> NDArray[np.uint8]:
    """Convert pixels to 8-bit sRGB, in the same shape: rows, columns, and one or three bands.

    Unsigned integers are scaled by their type's range; floats are shares of 1.
    """
    light = _light(pixels, coding)
    if light.shape[-1] > 1:
        light = light @ _matrix(coding.primaries, SRGB).T
    return _encoded(_within_white(light) if coding.is_hdr else light)


def _light(pixels: NDArray[np.generic], coding: Coding) -> Floats:
    """Convert numbers to linear light, where 1 is a screen's white."""
    curve = _curve(coding)
    if pixels.dtype.kind == "f":
        light = curve(np.maximum(pixels.astype(np.float32), 0))
    else:
        top = np.iinfo(pixels.dtype).max  # type: ignore[type-var]
        light = np.asarray(curve(np.linspace(0, 1, top + 1, dtype=np.float32))[pixels], np.float32)
    return _displayed(light) if coding.power is None and coding.transfer == HLG else light


def _curve(coding: Coding) -> Callable[[Floats], Floats]:
    if coding.power is not None:
        return _power(coding.power)
    if coding.transfer in POWERS:
        return _power(POWERS[coding.transfer])
    return {PQ: _pq, HLG: _hlg}.get(coding.transfer, _srgb)


def _power(power: float) -> Callable[[Floats], Floats]:
    return lambda values: np.power(values, np.float32(power))


def _srgb(values: Floats) -> Floats:
    # IEC 61966-2-1.
    found = np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)  # noqa: PLR2004
    return found.astype(np.float32)


def _pq(values: Floats) -> Floats:
    # SMPTE ST 2084.
    m1, m2, c1, c2, c3 = 2610 / 16384, 2523 / 32, 3424 / 4096, 2413 / 128, 2392 / 128
    root = values ** (1 / m2)
    nits = PQ_NITS * (np.maximum(root - c1, 0) / (c2 - c3 * root)) ** (1 / m1)
    return np.asarray(nits / WHITE_NITS, np.float32)


def _hlg(values: Floats) -> Floats:
    # ITU-R BT.2100, the inverse of the camera's curve: light of the scene, from 0 to 1.
    a, b, c = 0.17883277, 0.28466892, 0.55991073
    scene = np.where(values <= 0.5, values**2 / 3, (np.exp((values - c) / a) + b) / 12)  # noqa: PLR2004
    return scene.astype(np.float32)


def _displayed(scene: Floats) -> Floats:
    # BT.2100: the screen's part of the curve goes by the luminance of each pixel.
    luminance = scene @ LUMINANCE_2020[:, None] if scene.shape[-1] > 1 else scene
    shown = scene * np.maximum(luminance, 1e-6) ** (HLG_GAMMA - 1) * (HLG_NITS / WHITE_NITS)
    return np.asarray(shown, np.float32)


def _within_white(light: Floats) -> Floats:
    """Compress highlights to white. Changes nothing where nothing is brighter than white."""
    brightest = light.max(axis=-1, keepdims=True)
    peak = float(np.percentile(brightest, PEAK_PERCENTILE))
    if peak <= BRIGHTER:
        return light
    share = np.clip((brightest - KNEE) / (peak - KNEE), 0, 1)
    steep = (peak - KNEE) / (1 - KNEE)
    compressed = KNEE + (1 - KNEE) * steep * share / (1 + (steep - 1) * share)
    scale = np.where(brightest > KNEE, compressed / np.maximum(brightest, KNEE), 1)
    return (light * scale).astype(np.float32)


def _encoded(light: Floats) -> NDArray[np.uint8]:
    steps = np.linspace(0, 1, STEPS + 1)
    curve = np.where(steps <= 0.0031308, 12.92 * steps, 1.055 * steps ** (1 / 2.4) - 0.055)  # noqa: PLR2004
    table = np.round(255 * curve).astype(np.uint8)
    found: NDArray[np.uint8] = table[(np.clip(light, 0, 1) * STEPS + 0.5).astype(np.uint16)]
    return found


def _matrix(source: Chromaticities, target: Chromaticities) -> Floats:
    """Return the matrix from linear RGB of one set of primaries to another, the white adapted by Bradford's method."""
    ours, theirs = _xyz(source), _xyz(target)
    whites = BRADFORD @ ours.sum(axis=1), BRADFORD @ theirs.sum(axis=1)
    adapted = np.linalg.inv(BRADFORD) @ np.diag(whites[1] / whites[0]) @ BRADFORD
    found: Floats = (np.linalg.inv(theirs) @ adapted @ ours).astype(np.float32)
    return found


def _xyz(primaries: Chromaticities) -> NDArray[np.float64]:
    points = np.array(primaries, np.float64).reshape(4, 2)
    columns = np.array([points[:, 0] / points[:, 1], np.ones(4), (1 - points.sum(axis=1)) / points[:, 1]])
    scales: NDArray[np.float64] = np.linalg.solve(columns[:, :3], columns[:, 3])
    return columns[:, :3] * scales
