"""Draws scenes with a photograph's light and detail: functions from a seed and a size to pixels."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from local.samples.noise import clouds, ridge

Pixels = NDArray[np.uint8]
Light = NDArray[np.float32]
Colour = tuple[float, float, float]
Rng = np.random.Generator


def draw(name: str, width: int, height: int, seed: int = 0) -> Pixels:
    """Draw the scene (height x width x 3, 8-bit sRGB); equal seeds give equal pixels."""
    rng = np.random.default_rng([seed, sorted(SCENES).index(name)])
    light = SCENES[name](rng, width, height)
    grain = rng.normal(0, 1.2, (height, width, 1)).astype(np.float32)
    pixels: Pixels = np.clip(light * 255 + grain, 0, 255).astype(np.uint8)
    return pixels


def _sky(width: int, height: int, *stops: Colour) -> Light:
    """Return a gradient of colours from the top to the bottom."""
    places = np.linspace(0, 1, len(stops))
    rows = np.linspace(0, 1, height)
    column = np.stack([np.interp(rows, places, [stop[band] for stop in stops]) for band in range(3)], axis=-1)
    return np.broadcast_to(column[:, None, :], (height, width, 3)).astype(np.float32).copy()


def _glow(light: Light, at: tuple[float, float], radius: float, colour: Colour, strength: float = 1.0) -> None:
    """Return light around a point; the radius is a share of the longer side."""
    height, width = light.shape[:2]
    rows, columns = np.ogrid[:height, :width]
    away = np.hypot(columns - at[0] * width, rows - at[1] * height) / (radius * max(width, height))
    light += (strength * np.exp(-(away**2)))[..., None].astype(np.float32) * np.array(colour, np.float32)


def _disc(light: Light, at: tuple[float, float], radius: float, colour: Colour) -> None:
    height, width = light.shape[:2]
    rows, columns = np.ogrid[:height, :width]
    away = np.hypot(columns - at[0] * width, rows - at[1] * height) / (radius * max(width, height))
    cover = np.clip((1 - away) * radius * max(width, height), 0, 1)[..., None].astype(np.float32)
    light += cover * (np.array(colour, np.float32) - light)


def _clouds(rng: Rng, light: Light, colour: Colour, amount: float) -> None:
    height, width = light.shape[:2]
    cover = np.clip((clouds(rng, width, height, (3, 8)) - 0.5) * 4, 0, 1) * amount
    cover *= np.linspace(1, 0.2, height, dtype=np.float32)[:, None]
    light += cover[..., None] * (np.array(colour, np.float32) - light)


def _hills(  # noqa: PLR0913 - the parts of a landscape
    rng: Rng, light: Light, far: Colour, near: Colour, *, layers: int = 5, top: float = 0.45, rough: float = 0.5
) -> None:
    """Draw ranges of hills: each nearer one is lower and nearer to the front colour, with haze at its foot."""
    height, width = light.shape[:2]
    rows = np.arange(height, dtype=np.float32)[:, None]
    texture = clouds(rng, width, height, (8, 8))
    for layer in range(layers):
        share = layer / max(1, layers - 1)
        relief = (ridge(rng, width, 3 + layer, roughness=rough) - 0.5) * (0.42 - 0.2 * share)
        outline = (top + (0.95 - top) * share + relief) * height
        colour = np.array(far, np.float32) * (1 - share) + np.array(near, np.float32) * share
        shade = (0.82 + 0.36 * texture)[..., None] * colour
        haze = np.clip((rows - outline) / (0.3 * height), 0, 1)[..., None] * (1 - share) * 0.35
        shade = shade + haze * (np.array(far, np.float32) * 1.15 - shade)
        cover = np.clip(rows - outline, 0, 1)[..., None]
        light += cover * (shade - light)


def _mirror(rng: Rng, light: Light, horizon: float, dim: float = 0.75) -> None:
    """Draw a lake below the horizon that mirrors the picture above it."""
    height, width = light.shape[:2]
    line = int(horizon * height)
    rows = np.arange(height - line)
    waves = (clouds(rng, width, height - line, (6, 60), 3) - 0.5) * 26 * (rows[:, None] / max(1, height - line) + 0.15)
    source = np.clip(line - 1 - rows[:, None] * 0.9 + waves, 0, line - 1).astype(int)
    light[line:] = light[source, np.arange(width)[None, :]] * dim


def _stars(rng: Rng, light: Light, count: int) -> None:
    height, width = light.shape[:2]
    rows, columns = rng.integers(0, height, count), rng.integers(0, width, count)
    light[rows, columns] += (rng.random((count, 1)) ** 3 * 0.9 + 0.1).astype(np.float32)


def dawn(rng: Rng, width: int, height: int) -> Light:
    """Draw mountains before sunrise."""
    light = _sky(width, height, (0.16, 0.26, 0.5), (0.62, 0.52, 0.62), (0.99, 0.72, 0.5), (1.0, 0.86, 0.62))
    _clouds(rng, light, (1.0, 0.62, 0.52), 0.6)
    _glow(light, (0.62, 0.5), 0.22, (0.5, 0.3, 0.1))
    _hills(rng, light, (0.62, 0.5, 0.6), (0.07, 0.09, 0.16))
    return light


def sea(rng: Rng, width: int, height: int) -> Light:
    """Draw the sea with a low sun."""
    light = _sky(width, height, (0.2, 0.42, 0.7), (0.55, 0.7, 0.85), (1.0, 0.83, 0.62), (0.98, 0.72, 0.45))
    _clouds(rng, light, (1.0, 0.95, 0.9), 0.75)
    _glow(light, (0.4, 0.52), 0.16, (0.5, 0.36, 0.16))
    _disc(light, (0.4, 0.51), 0.022, (1.6, 1.5, 1.3))
    _mirror(rng, light, 0.58, 0.72)
    return light


def night(rng: Rng, width: int, height: int) -> Light:
    """Draw the milky way above a black ridge."""
    light = _sky(width, height, (0.01, 0.02, 0.07), (0.03, 0.06, 0.16), (0.13, 0.16, 0.26))
    rows, columns = np.ogrid[:height, :width]
    band = np.exp(-(((columns / width - 0.25 - 0.5 * rows / height) / 0.12) ** 2))
    dust = clouds(rng, width, height, (6, 6))
    light += (band * dust * 0.5)[..., None].astype(np.float32) * np.array((0.62, 0.58, 0.75), np.float32)
    _stars(rng, light, width * height // 500)
    _hills(rng, light, (0.04, 0.05, 0.09), (0.01, 0.01, 0.02), layers=2, top=0.8)
    return light


def aurora(rng: Rng, width: int, height: int) -> Light:
    """Draw northern lights over snow."""
    light = _sky(width, height, (0.01, 0.03, 0.1), (0.03, 0.1, 0.2), (0.1, 0.2, 0.3))
    _stars(rng, light, width * height // 1500)
    rows = np.linspace(0, 1, height, dtype=np.float32)[:, None]
    for start, colour in ((0.42, (0.15, 0.95, 0.5)), (0.3, (0.2, 0.75, 0.65)), (0.2, (0.55, 0.25, 0.75))):
        foot = start + (ridge(rng, width, 4, 4) - 0.5) * 0.5
        rays = 0.45 + 0.55 * ridge(rng, width, 60, 3)
        veil = np.where(rows < foot, np.exp((rows - foot) * 5), np.exp((foot - rows) * 40)) * rays
        light += (veil * 0.75)[..., None] * np.array(colour, np.float32)
    _hills(rng, light, (0.36, 0.48, 0.56), (0.62, 0.74, 0.8), layers=3, top=0.74)
    return light


def dunes(rng: Rng, width: int, height: int) -> Light:
    """Draw sand dunes in the evening."""
    light = _sky(width, height, (0.32, 0.5, 0.74), (0.75, 0.76, 0.78), (0.98, 0.85, 0.68))
    _hills(rng, light, (0.9, 0.66, 0.46), (0.55, 0.24, 0.1), layers=6, top=0.38, rough=0.28)
    return light


def meadow(rng: Rng, width: int, height: int) -> Light:
    """Draw a meadow in June."""
    light = _sky(width, height, (0.25, 0.5, 0.86), (0.6, 0.78, 0.95), (0.88, 0.94, 0.98))
    _clouds(rng, light, (1.0, 1.0, 1.0), 1.0)
    _hills(rng, light, (0.5, 0.66, 0.62), (0.2, 0.42, 0.1), layers=5, top=0.5, rough=0.4)
    count = width * height // 1500
    rows = (height * (0.78 + 0.22 * rng.random(count) ** 0.7)).astype(int) - 3
    columns = rng.integers(0, width - 3, count)
    petals = np.array([(0.95, 0.25, 0.22), (0.98, 0.9, 0.3), (0.96, 0.94, 0.98), (0.6, 0.4, 0.85)], np.float32)
    chosen = petals[rng.integers(0, len(petals), count)]
    for row in range(3):
        for column in range(3):
            light[rows + row, columns + column] = chosen
    return light


def lake(rng: Rng, width: int, height: int) -> Light:
    """Draw snowy peaks mirrored in a lake."""
    light = _sky(width, height, (0.2, 0.42, 0.72), (0.55, 0.75, 0.92), (0.9, 0.95, 1.0))
    _clouds(rng, light, (1.0, 1.0, 1.0), 0.6)
    _hills(rng, light, (0.8, 0.86, 0.94), (0.12, 0.25, 0.22), layers=4, top=0.22, rough=0.58)
    _mirror(rng, light, 0.62)
    return light


def fog(rng: Rng, width: int, height: int) -> Light:
    """Draw a spruce wood in the fog."""
    light = _sky(width, height, (0.82, 0.86, 0.87), (0.9, 0.92, 0.91), (0.8, 0.84, 0.84))
    rows = np.arange(height, dtype=np.float32)[:, None]
    columns = np.arange(width, dtype=np.float32)
    for layer in range(5):
        share = layer / 4
        foot = (0.42 + 0.16 * layer + (ridge(rng, width, 3) - 0.5) * 0.12) * height
        spacing = width * (0.012 + 0.02 * share)
        phase = (columns / spacing + ridge(rng, width, 40, 2)) % 1
        tall = np.repeat(0.35 + 0.65 * rng.random(int(width / spacing) + 3), int(spacing) + 2)[:width]
        outline = foot - (1 - np.abs(phase - 0.5) * 2) * tall * spacing * 3.2
        colour = np.array((0.75, 0.8, 0.8), np.float32) * (1 - share) + np.array((0.06, 0.14, 0.13), np.float32) * share
        light += np.clip(rows - outline, 0, 1)[..., None] * (colour - light)
        haze = np.clip((rows - foot) / (0.12 * height), 0, 1)[..., None] * (1 - share) * 0.8
        light += haze * (np.array((0.88, 0.91, 0.9), np.float32) - light)
    return light


def city(rng: Rng, width: int, height: int) -> Light:
    """Draw a skyline after sunset."""
    light = _sky(width, height, (0.06, 0.08, 0.24), (0.3, 0.2, 0.42), (0.85, 0.42, 0.4), (1.0, 0.68, 0.42))
    for layer in range(3):
        column = 0
        while column < width:
            wide = int(width * rng.uniform(0.025, 0.075))
            top = int(height * (0.3 + 0.13 * layer + rng.uniform(0, 0.33)))
            tone = np.array((0.3, 0.2, 0.34), np.float32) * (1 - 0.42 * layer)
            light[top:, column : column + wide] = tone
            _windows(rng, light[top:, column : column + wide], layer)
            column += wide + int(width * rng.uniform(0, 0.01))
    _mirror(rng, light, 0.86, 0.6)
    return light


def _windows(rng: Rng, front: Light, layer: int) -> None:
    step = 7 + 4 * layer
    lit = rng.random((front.shape[0] // step + 1, front.shape[1] // step + 1)) < 0.28 + 0.06 * layer
    panes = np.kron(lit, np.ones((step, step), bool))[: front.shape[0], : front.shape[1]]
    rows, columns = np.indices(panes.shape)
    panes &= (rows % step > step // 3) & (columns % step > step // 3)
    front[panes] = np.array((1.0, 0.82, 0.5), np.float32) * rng.uniform(0.6, 1.0)


def bokeh(rng: Rng, width: int, height: int) -> Light:
    """Draw lights out of focus."""
    light = _sky(width, height, (0.05, 0.03, 0.08), (0.14, 0.06, 0.1), (0.05, 0.03, 0.06))
    colours = np.array(((1.0, 0.6, 0.25), (0.95, 0.35, 0.4), (0.4, 0.6, 1.0), (1.0, 0.85, 0.55)), np.float32)
    for _ in range(46):
        radius = int(max(width, height) * rng.uniform(0.012, 0.055))
        row, column = int(rng.integers(-radius, height)), int(rng.integers(-radius, width))
        patch = light[max(0, row) : row + 2 * radius, max(0, column) : column + 2 * radius]
        spot = np.zeros((2 * radius, 2 * radius, 3), np.float32)
        _disc(spot, (0.5, 0.5), 0.48, (1.0, 1.0, 1.0))
        spot = spot[max(0, -row) :, max(0, -column) :][: patch.shape[0], : patch.shape[1]]
        patch += spot * colours[rng.integers(len(colours))] * float(rng.uniform(0.15, 0.5))
    return light


SCENES: dict[str, Callable[[Rng, int, int], Light]] = {
    scene.__name__: scene for scene in (aurora, bokeh, city, dawn, dunes, fog, lake, meadow, night, sea)
}
