"""The estimate, against sums made by hand."""

from dataclasses import replace

import pytest

from cost import prices as price_list
from cost.estimate import Line, _price, by_service, estimate
from cost.usage import Library, LineItem

PRICES = price_list.load()
# 1,000 photos of 10 MB are 10^10 bytes: 9.3132 GB.
SMALL = Library(1000, 10, visits=0)
ARCHIVED = replace(SMALL, storage_class="GLACIER_IR")


def dollars(lines: tuple[Line, ...], service: str, what: str) -> float:
    (found,) = [line.dollars for line in lines if (line.service, line.what) == (service, what)]
    return found


@pytest.mark.parametrize(
    ("service", "what", "expected"),
    [
        ("S3", "uploads", 0.02),  # 4 requests each (2 parts, begin, end): 4,000 at $5 a million
        ("S3", "renditions", 0.025),  # 4 each, and a record
        ("S3", "reading originals", 0.0004),  # 1 each: 1,000 at $0.40 a million
        ("Lambda", "the worker", 0.024),  # 0.7 + 10 * 0.02 = 0.9 s of 2 GB: 1,800 GB s at $13.3334 a million
        ("Lambda", "calls of the worker", 0.00002),  # 100 batches at $0.20 a million
        # 2 writes of 2 KB, each in table and index, one of them paid twice, and a read: $0.0075 + $0.000125
        ("DynamoDB", "index", 0.007625),
        ("DynamoDB", "search terms", 0.01125),  # 18 writes of 1 KB
        ("SQS", "messages", 0.00048),  # sent 1,000 times, received and deleted 100 times each
        ("SNS", "announcements", 0.0005),
        ("Rekognition", "labels", 0.0),
    ],
)
def test_the_import_costs_what_a_sum_by_hand_says(service: str, what: str, expected: float) -> None:
    once = estimate(SMALL, PRICES).once
    found = sum(line.dollars for line in once if (line.service, line.what) == (service, what))
    assert found == pytest.approx(expected, rel=0.001)


def test_labels_are_paid_per_photo_once_and_the_lists_of_them_are_kept() -> None:
    labelled = estimate(replace(SMALL, rekognition=True), PRICES, free=False)
    assert dollars(labelled.once, "Rekognition", "labels") == pytest.approx(1.0)
    # Two writes of the photo, which are 4 KB each with the shelves', one of the budget, 6 KB at once, and 15 labels.
    assert dollars(labelled.once, "DynamoDB", "labels") == pytest.approx(1000 * (8 + 1 + 6 + 15) * 0.000000625)
    assert dollars(labelled.monthly, "DynamoDB", "labels") == pytest.approx(1000 * 15 * 200 / 2**30 * 0.25)


def test_a_small_budget_makes_labels_later_and_not_cheaper() -> None:
    slow = replace(SMALL, photos=50_000, rekognition=True, monthly_image_budget=5000)
    assert slow.labelling_months == 10
    assert dollars(estimate(slow, PRICES).once, "Rekognition", "labels") == pytest.approx(50.0)
    assert replace(slow, rekognition=False).labelling_months == 0


def test_a_month_costs_what_a_sum_by_hand_says() -> None:
    monthly = estimate(SMALL, PRICES).monthly
    assert dollars(monthly, "S3", "originals in STANDARD") == pytest.approx(9.3132 * 0.023, rel=0.001)
    assert dollars(monthly, "S3", "renditions") == pytest.approx(1000 * 410_000 / 2**30 * 0.023)
    assert dollars(monthly, "DynamoDB", "index, 35 days back") == pytest.approx(1_400_000 / 2**30 * 0.2)


def test_what_is_free_in_each_month_is_taken_off_once() -> None:
    def idle(*, free: bool) -> dict[str, float]:
        return by_service(estimate(SMALL, PRICES, free=free).monthly)

    # A million requests a month are free.
    assert idle(free=True)["CloudWatch"] == 0
    assert idle(free=True)["SQS"] == pytest.approx(0.1184)
    # Nine alarms and a dashboard; 1,296,000 requests.
    assert idle(free=False)["CloudWatch"] == pytest.approx(9 * 0.10 + 3)
    assert idle(free=False)["SQS"] == pytest.approx(0.5184)


def test_more_than_is_free_is_paid_for() -> None:
    # A visit sends 180 * 31 kB + 10 * 277 kB = 8.35 MB; 20,000 visits send 155.53 GB, of which 100 are free.
    monthly = estimate(replace(SMALL, visits=20_000), PRICES).monthly
    assert dollars(monthly, "Data transfer", "visits") == pytest.approx(55.53 * 0.09, rel=0.001)


def test_a_colder_class_costs_less_in_a_month_and_something_to_get_there() -> None:
    cold = estimate(ARCHIVED, PRICES)
    assert dollars(cold.monthly, "S3", "originals in GLACIER_IR") == pytest.approx(9.3132 * 0.004, rel=0.001)
    assert dollars(cold.once, "S3", "moving originals to GLACIER_IR") == pytest.approx(0.02)
    # Ninety days, three months, at the difference.
    assert dollars(cold.once, "S3", "90 days in STANDARD before") == pytest.approx(9.3132 * 3 * 0.019, rel=0.001)


def test_watching_what_is_read_costs_something_in_one_class_alone() -> None:
    watched = {
        name: dollars(
            estimate(replace(SMALL, storage_class=name), PRICES).monthly, "S3", "watching which originals are read"
        )
        for name in PRICES.classes
    }
    assert {name for name, paid in watched.items() if paid} == {"INTELLIGENT_TIERING"}
    assert watched["INTELLIGENT_TIERING"] == pytest.approx(0.0025)


def test_services_are_summed_up_the_dearest_first() -> None:
    sums = by_service((Line("a", "x", 1), Line("b", "y", 2), Line("a", "z", 0.5)))
    assert list(sums.items()) == [("b", 2), ("a", 1.5)]


def test_two_uses_of_one_price_share_what_is_free() -> None:
    items = (LineItem("transfer-out", "a", lambda _: 80), LineItem("transfer-out", "b", lambda _: 80))
    assert [line.dollars for line in _price(items, SMALL, PRICES, free=True)] == pytest.approx([0, 60 * 0.09])
