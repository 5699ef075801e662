"""The functions' settings: all that is wrong with an environment, at once."""

import pytest

from function import settings
from function.contract import Variable

WORKER = {
    Variable.ORIGINALS_BUCKET: "originals",
    Variable.RENDITIONS_BUCKET: "renditions",
    Variable.TABLE: "index",
    Variable.TOPIC_ARN: "arn",
    Variable.ORIGINALS_PREFIX: "originals/",
    Variable.INBOX_PREFIX: "inbox/",
    Variable.RENDITIONS: '[{"size": 64}]',
}


def test_what_is_given_is_read() -> None:
    assert settings.worker(WORKER).renditions[0].size == 64


def test_every_fault_is_named_at_once() -> None:
    with pytest.raises(settings.SettingsError) as refused:
        settings.worker({Variable.INBOX_PREFIX: "inbox", Variable.RENDITIONS: "{}"})
    missing = (Variable.ORIGINALS_BUCKET, Variable.TABLE, Variable.TOPIC_ARN, Variable.ORIGINALS_PREFIX)
    for variable in (*missing, Variable.INBOX_PREFIX):
        assert f"{variable} is " in str(refused.value)


@pytest.mark.parametrize("raw", ["", "x", '[{"length": 3}]', "7"])
def test_a_recipe_that_is_none_is_named(raw: str) -> None:
    with pytest.raises(settings.SettingsError, match="RENDITIONS is"):
        settings.worker({**WORKER, Variable.RENDITIONS: raw})
