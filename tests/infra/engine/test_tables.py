"""The plug-in's tables have every type that can be made: a new resource cannot be forgotten."""

import pytest

from local.makers import MAKERS
from tests.infra.engine.deletions import DELETIONS
from tests.infra.engine.lookups import LOOKUPS
from tests.infra.engine.naming import RULES, NameRefusedError, with_defaults

BUCKET = "aws:s3/bucket:Bucket"


def test_what_can_be_made_can_be_deleted_and_looked_up() -> None:
    assert DELETIONS.keys() == LOOKUPS.keys() == MAKERS.keys()


def test_names_are_kept_and_follow_awss_rules() -> None:
    made = with_defaults(BUCKET, "photos", "eu-west-1", {}, {})
    assert made["bucket"].startswith("photos-")
    assert len(made["bucket"]) == len("photos-") + 7
    assert with_defaults(BUCKET, "photos", "eu-west-1", {}, made) == made
    for refused in ("Photos", "p" * 60):
        with pytest.raises(NameRefusedError):
            with_defaults(BUCKET, refused, "eu-west-1", {}, {})


def test_rules_are_for_types_that_can_be_made() -> None:
    assert RULES.keys() <= MAKERS.keys()
