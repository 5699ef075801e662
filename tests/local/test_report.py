"""The report of an import: what a script reads, and what a person does."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from function.values import Metadata, Photo, State
from local.report import Report

SHOT = Photo(
    "a.jpg",
    State.READY,
    "01",
    taken=datetime(2026, 1, 2, tzinfo=UTC),
    taken_source="exif",
    metadata=Metadata(make="Maker", model="Model 1", city="Bolzano", country="Italy"),
)
LITTER = Photo(".DS_Store", State.SKIPPED, "01", reason="A file that a system keeps.")
BROKEN = Photo("b.jpg", State.FAILED, "01", reason="It is broken.")


def written(report: Report, folder: Path) -> dict[str, Any]:
    report.write(folder / "report.json")
    found: dict[str, Any] = json.loads((folder / "report.json").read_text())
    return found


def test_a_photo_has_its_time_with_its_source_its_place_and_its_camera(tmp_path: Path) -> None:
    (photo,) = written(Report(1.0, [SHOT]), tmp_path)["photos"]
    assert (photo["taken"], photo["taken_source"]) == ("2026-01-02T00:00:00+00:00", "exif")
    assert (photo["place"], photo["camera"]) == ("Bolzano, Italy", "Maker Model 1")


@pytest.mark.parametrize(
    ("written_in", "camera"),
    [
        (Metadata(make="Canon", model="Canon EOS R5"), "Canon EOS R5"),
        (Metadata(make="Maker"), "Maker"),
        (Metadata(model="Model 1"), "Model 1"),
        (Metadata(), None),
    ],
)
def test_a_camera_has_its_makers_name_once(tmp_path: Path, written_in: Metadata, camera: str | None) -> None:
    shot = Photo("a.jpg", State.READY, "01", metadata=written_in)
    (photo,) = written(Report(1.0, [shot]), tmp_path)["photos"]
    assert (photo["camera"], photo["place"]) == (camera, None)


def test_what_was_skipped_is_listed_for_scripts_and_only_counted_for_people(tmp_path: Path) -> None:
    report = Report(1.0, [SHOT, LITTER, BROKEN])
    found = written(report, tmp_path)
    assert found["counts"] == {"ready": 1, "skipped": 1, "failed": 1}
    assert [photo["key"] for photo in found["photos"] if photo["state"] == "skipped"] == [".DS_Store"]
    assert list(report.lines()) == ["3 files in 1.0 s: 1 failed, 1 ready, 1 skipped", "  failed: b.jpg: It is broken."]
