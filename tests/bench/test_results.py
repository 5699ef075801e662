"""A result says whether its goal is met, and is written as JSON, on the terminal and in Markdown."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bench import markdown, results
from bench.results import Result

FASTER = Result("four sizes", 0.1, 0.2, "sharp", 0.5, 0.4, 0.6, 0.5)
SLOWER = replace(FASTER, ratio=0.51, note="slow decoder")
ALIKE = Result("SSIM", 0.9, 0.9, "sharp", 0.9990, 0.9990, 0.9990, 0.9989, unit="SSIM", at_least=True)


@pytest.mark.parametrize(
    ("result", "met"), [(FASTER, True), (SLOWER, False), (ALIKE, True), (replace(ALIKE, ratio=0.9988), False)]
)
def test_a_goal_is_a_ratio_at_most_and_of_likeness_at_least(result: Result, *, met: bool) -> None:
    assert result.is_met is met
    assert ("missed" in results.line(result)) is not met


def test_people_read_units() -> None:
    assert FASTER.numbers == ("100 ms", "200 ms", "0.50 (0.40 to 0.60)", "0.50")
    assert replace(FASTER, ours=110_000_000, peer=2e8, unit="B").numbers[:2] == ("110.0 MB", "200.0 MB")
    assert ALIKE.numbers == ("0.9000", "0.9000", "0.9990", "0.9989")


def test_programs_read_what_was_measured(tmp_path: Path) -> None:
    results.write_json(tmp_path / "a.json", [SLOWER])
    expected = {"case": "four sizes", "ours": 0.1, "peer": 0.2, "peer_name": "sharp"}
    expected |= {"ratio": 0.51, "low": 0.4, "high": 0.6, "goal": 0.5}
    assert json.loads((tmp_path / "a.json").read_text()) == [expected]


def test_a_table_replaces_the_one_before() -> None:
    text = f"a\n{markdown.BEGIN}\nold\n{markdown.END}\nb\n"
    assert markdown.fill(text, "new") == f"a\n{markdown.BEGIN}\nnew\n{markdown.END}\nb\n"


def test_a_text_without_a_place_for_the_table_is_refused() -> None:
    with pytest.raises(ValueError, match="no place"):
        markdown.fill(f"a {markdown.BEGIN} b", "new")


@pytest.mark.parametrize("path", [markdown.README, markdown.DOCUMENT])
def test_the_documents_have_a_place_for_the_table(path: Path) -> None:
    markdown.fill(path.read_text(), "new")


def test_a_missed_goal_is_explained_in_the_table() -> None:
    assert markdown.table([FASTER, SLOWER]).splitlines()[2:] == [
        "| four sizes | sharp | 100 ms | 200 ms | 0.50 (0.40 to 0.60) | 0.50 |  |",
        "| four sizes | sharp | 100 ms | 200 ms | 0.51 (0.40 to 0.60) | 0.50 | missed; slow decoder |",
    ]


def test_the_readme_has_five_figures_without_goals() -> None:
    (case, peer), *_ = markdown.HEADLINES
    measured = [SLOWER, replace(SLOWER, case=case, peer_name=peer), ALIKE]
    assert markdown.headlines(measured).splitlines() == [
        "|  | beside | ours | theirs | ratio (spread) |",
        "| --- | --- | --- | --- | --- |",
        f"| {case} | {peer} | 100 ms | 200 ms | 0.51 (0.40 to 0.60) |",
    ]


def test_the_figures_of_the_readme_are_those_of_the_document() -> None:
    readme, document = (path.read_text() for path in (markdown.README, markdown.DOCUMENT))
    rows = readme.split(markdown.BEGIN)[1].split(markdown.END)[0].strip().splitlines()[2:]
    assert len(rows) == len(markdown.HEADLINES)
    assert all(row.removesuffix(" |") in document for row in rows)
