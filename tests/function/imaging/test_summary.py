"""What a photo looks like in a few bytes."""

import base64
import io

import numpy as np
import pytest
from PIL import Image

from function.contract.recipe import RenditionSpec
from function.imaging.render import render
from function.values.rendering import Rendering
from local.samples import SCENES, draw
from tests.support.pictures import encoded, quarters

RECIPE = (RenditionSpec(256),)


def rendered(pixels: np.ndarray, **options: object) -> Rendering:
    return render(encoded(Image.fromarray(pixels), "JPEG", **options), RECIPE)


def apart(one: str, other: str) -> int:
    return (int(one, 16) ^ int(other, 16)).bit_count()


@pytest.mark.parametrize(("width", "height"), [(96, 64), (64, 96), (400, 10), (50, 50), (1, 1)])
def test_a_placeholder_is_a_grid_of_a_few_cells_in_less_than_a_hundred_bytes(width: int, height: int) -> None:
    encoded_grid = rendered(np.full((height, width, 3), 128, np.uint8)).placeholder
    assert len(encoded_grid) < 100
    across, down, *cells = base64.b64decode(encoded_grid)
    assert len(cells) == across * down * 3
    assert (across >= down) == (width >= height)
    assert all(abs(value - 128) < 4 for value in cells)


def test_a_placeholder_has_the_photos_colours_in_their_places() -> None:
    across, down, *cells = base64.b64decode(rendered(quarters(96, 96)).placeholder)
    grid = np.array(cells).reshape(down, across, 3)
    assert grid[0, 0].argmax() == 0
    assert grid[0, -1].argmax() == 1
    assert grid[-1, 0].argmax() == 2


@pytest.mark.parametrize("scene", ["lake", "city", "dawn"])
def test_near_duplicates_share_their_hash_and_others_do_not(scene: str) -> None:
    pixels = draw(scene, 600, 400)
    original = rendered(pixels, quality=95).phash
    smaller = np.asarray(Image.fromarray(pixels).resize((300, 200)))
    assert apart(original, rendered(pixels, quality=40).phash) <= 6
    assert apart(original, rendered(smaller).phash) <= 6
    others = [rendered(draw(other, 600, 400)).phash for other in SCENES if other != scene]
    assert min(apart(original, other) for other in others) > 10


def test_colours_are_the_most_frequent_ones_that_differ() -> None:
    pixels = np.zeros((60, 100, 3), np.uint8)
    pixels[:, :60], pixels[:, 60:90], pixels[:, 90:] = (200, 30, 30), (30, 30, 200), (240, 240, 240)
    colours = render(encoded(Image.fromarray(pixels), "PNG"), RECIPE).colours
    assert [max(range(3), key=lambda band: bytes.fromhex(c[1:])[band]) for c in colours[:2]] == [0, 2]
    assert len(colours) <= 5


def test_the_command_renders_files_and_tells_of_each(tmp_path: object, capsys: pytest.CaptureFixture[str]) -> None:
    import json
    from pathlib import Path

    from function.imaging.__main__ import main

    folder = Path(str(tmp_path))
    for name in ("one/a.jpg", "two/a.jpg"):
        (folder / name).parent.mkdir()
        (folder / name).write_bytes(encoded(Image.fromarray(quarters()), "JPEG").getvalue())
    (folder / "b.jpg").write_text("no photo")
    files = [str(folder / name) for name in ("one/a.jpg", "two/a.jpg", "b.jpg")]
    assert main([*files, "--out", str(folder / "out"), "--json"]) == 0
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [entry["state"] for entry in told] == ["ok", "ok", "unsupported"]
    assert all(set(entry) == set(told[0]) for entry in told)
    paths = [rendition["path"] for entry in told[:2] for rendition in entry["renditions"]]
    assert len(set(paths)) == 8
    for entry in told[:2]:
        assert entry["bytes_read"] >= (folder / "one/a.jpg").stat().st_size
        for rendition in entry["renditions"]:
            opened = Image.open(io.BytesIO(Path(rendition["path"]).read_bytes()))
            assert opened.size == (rendition["width"], rendition["height"])
    assert told[2]["reason"]


def test_a_file_that_is_not_there_is_said(tmp_path: object, capsys: pytest.CaptureFixture[str]) -> None:
    from function.imaging.__main__ import main

    assert main([f"{tmp_path}/none.jpg", "--out", f"{tmp_path}/out"]) == 1
    assert "cannot be read" in capsys.readouterr().err
