"""The estimate as it is printed, and what the command line takes."""

import datetime

import pytest

from cost import prices
from cost.__main__ import main
from infra.settings import COLDER_CLASSES


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(arguments) == 0
    return capsys.readouterr().out


def test_it_says_what_a_library_costs_once_and_monthly_beside_a_disk_and_how_old_its_prices_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    told = printed(capsys, "--photos", "50000", "--average-mb", "25")
    assert "50,000 photos of 25 MB: 1,164 GB" in told
    assert f"Prices of {prices.load().date} in us-east-1" in told
    for title in ("Once, for", "Each month", "One disk at home", "Done well at home", "What may be lost"):
        assert title in told
    assert "originals in STANDARD $26.78" in told
    assert "to download every original, once: $104.77" in told
    assert "in 7.6% of all homes" in told
    assert "one of these photos in 2,000,000 years" in told


def test_it_says_for_how_many_months_a_budget_has_labels_wait(capsys: pytest.CaptureFixture[str]) -> None:
    told = printed(capsys, "--photos", "50000", "--rekognition")
    assert "labels for at most 5,000 photos a month: $5.00 over 10 months" in told
    at_once = printed(capsys, "--photos", "800", "--rekognition", "--rekognition-images", "1000")
    assert "labels for at most 1,000 photos a month: $0.80 in the first month" in at_once
    assert "labels" not in printed(capsys, "--photos", "800")


def test_the_sum_of_a_table_is_the_sum_of_its_rows(capsys: pytest.CaptureFixture[str]) -> None:
    table = printed(capsys, "--photos", "50000").split("One disk at home")[1].split("\n\n")[0].splitlines()[1:]
    *rows, together = [float(line.split("$")[1]) for line in table]
    assert together == pytest.approx(sum(rows), abs=0.02)


def test_every_class_that_the_stack_takes_has_a_price() -> None:
    assert set(prices.load().classes) == {"STANDARD", *COLDER_CLASSES}


def test_the_prices_have_a_day() -> None:
    assert datetime.date.fromisoformat(prices.load().date).year >= 2025


def test_the_help_teaches_every_class(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    told = capsys.readouterr().out
    assert all(name in told for name in prices.load().classes)
    assert "Examples:" in told


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--photos", "many"], "'many' is no whole number above 0"),
        (["--photos", "0"], "'0' is no whole number above 0"),
        (["--average-mb", "-1"], "'-1' is no size in MB above 0"),
        (["--average-mb", "nan"], "'nan' is no size in MB above 0"),
        (["--class", "ATTIC"], "invalid choice: 'ATTIC'"),
    ],
)
def test_what_makes_no_sense_is_refused(capsys: pytest.CaptureFixture[str], arguments: list[str], says: str) -> None:
    with pytest.raises(SystemExit):
        main(arguments)
    assert says in capsys.readouterr().err
