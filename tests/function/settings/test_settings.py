"""The functions' settings: all that is wrong with an environment, at once."""

import pytest

from function.contract.environment import Variable
from function.settings import settings

WORKER = {
    Variable.ORIGINALS_BUCKET: "originals",
    Variable.RENDITIONS_BUCKET: "renditions",
    Variable.TABLE: "index",
    Variable.TOPIC_ARN: "arn",
    Variable.ORIGINALS_PREFIX: "originals/",
    Variable.INBOX_PREFIX: "inbox/",
    Variable.INBOX_PATTERN: "{year}-{month}-{day}/{name}",
    Variable.RENDITIONS: '[{"size": 64}]',
    Variable.MAXIMUM_RECEIVES: "3",
}


def test_what_is_given_is_read() -> None:
    assert settings.worker(WORKER).renditions[0].size == 64


def test_every_fault_is_named_at_once() -> None:
    with pytest.raises(settings.SettingsError) as refused:
        settings.worker({Variable.INBOX_PREFIX: "inbox", Variable.RENDITIONS: "{}"})
    missing = (Variable.ORIGINALS_BUCKET, Variable.TABLE, Variable.TOPIC_ARN, Variable.ORIGINALS_PREFIX)
    for variable in (*missing, Variable.INBOX_PREFIX):
        assert f"{variable} is " in str(refused.value)


def test_rekognition_is_asked_where_a_number_of_photos_is_given() -> None:
    assert settings.rekognition({}) is None
    assert settings.rekognition({Variable.REKOGNITION_MONTHLY_IMAGES: "500"}) == settings.RekognitionSettings(500)
    with pytest.raises(settings.SettingsError, match="a whole number from 1"):
        settings.rekognition({Variable.REKOGNITION_MONTHLY_IMAGES: "many"})


API = {
    Variable.ORIGINALS_BUCKET: "originals",
    Variable.RENDITIONS_BUCKET: "renditions",
    Variable.TABLE: "index",
    Variable.ORIGINALS_PREFIX: "originals/",
    Variable.RENDITIONS_ORIGIN: "https://renditions.s3.eu-west-1.amazonaws.com",
    Variable.SIGNED_URL_SECONDS: "900",
    Variable.QUEUE_URL: "http://queue",
    Variable.SIGN_IN: '{"kind": "oidc", "issuer": "https://example.org", "client_id": "abc"}',
}


@pytest.mark.parametrize(
    "raw",
    [
        *("", "x", "7", "{}", "[]", '[{"length": 3}]', '[{"size": "64"}]', '[{"size": 0}]', '[{"size": true}]'),
        *('[{"size": 64, "quality": 101}]', '[{"size": 64, "format": "gif"}]', '[{"size": 64}, {"size": 64}]'),
    ],
)
def test_a_recipe_that_is_none_is_named(raw: str) -> None:
    with pytest.raises(settings.SettingsError, match="RENDITIONS is"):
        settings.worker({**WORKER, Variable.RENDITIONS: raw})


@pytest.mark.parametrize("inbox", ["originals/", "originals/in/", "/", "inbox"])
def test_an_inbox_that_would_empty_into_itself_is_refused(inbox: str) -> None:
    with pytest.raises(settings.SettingsError, match=r"INBOX_PREFIX is"):
        settings.worker({**WORKER, Variable.INBOX_PREFIX: inbox})


@pytest.mark.parametrize(
    "pattern", ["", "{year}", "{name}/", "/{name}", "{camera}/{name}", "{year!r}/{name}", "../{name}"]
)
def test_a_pattern_that_places_no_photo_is_refused(pattern: str) -> None:
    with pytest.raises(settings.SettingsError, match=r"INBOX_PATTERN is .* it takes a place such as"):
        settings.worker({**WORKER, Variable.INBOX_PATTERN: pattern})


def test_what_draws_postscript_is_named_where_there_is_such_a_function() -> None:
    assert settings.worker(WORKER).postscript_function is None
    assert settings.worker({**WORKER, Variable.POSTSCRIPT_FUNCTION: "arn"}).postscript_function == "arn"


def test_each_function_is_told_only_what_it_needs() -> None:
    assert settings.api(API).signed_url_seconds == 900
    perhaps = {settings.MEMORY, Variable.POSTSCRIPT_FUNCTION}
    assert {variable for variable, _ in settings.WORKER.values()} == {*WORKER, *perhaps}
    assert {variable for variable, _ in settings.API.values()} == set(API)


@pytest.mark.parametrize(
    ("variable", "raw"),
    [
        *((Variable.SIGNED_URL_SECONDS, raw) for raw in ("", "0", "-1", "1.5", "²", "604801")),
        *((Variable.SIGN_IN, raw) for raw in ("", "{", "[]", "7", "{}", '{"kind": "magic"}', '{"kind": "cognito"}')),
        (Variable.SIGN_IN, '{"kind": "oidc", "issuer": "https://example.org"}'),
        *((Variable.RENDITIONS_ORIGIN, raw) for raw in ("", "renditions", "https://a.example/b", "ftp://a.example")),
    ],
)
def test_what_the_api_cannot_work_with_is_named(variable: str, raw: str) -> None:
    with pytest.raises(settings.SettingsError) as refused:
        settings.api({**API, variable: raw})
    assert str(refused.value).startswith(f"{variable} is {raw!r}; it takes ")


def test_renditions_come_from_an_endpoint_of_ones_own() -> None:
    assert settings.api(API).renditions_origin == "https://renditions.s3.eu-west-1.amazonaws.com"
    embedded = {**API, settings.ENDPOINT: "http://127.0.0.1:4566/"}
    assert settings.api(embedded).renditions_origin == "http://127.0.0.1:4566"
    assert settings.api({**embedded, **STORE}).renditions_origin == "http://nas:9000"


STORE = {Variable.S3_ENDPOINT: "http://nas:9000/", Variable.S3_ACCESS_KEY: "key", Variable.S3_SECRET_KEY: "secret"}


def test_another_store_than_s3_is_one_that_is_named() -> None:
    assert settings.store({}) is None
    assert settings.store(STORE) == settings.Store("http://nas:9000", "us-east-1", "key", "secret")
    assert "secret" not in repr(settings.store(STORE)).replace("secret_key", "")


@pytest.mark.parametrize(
    ("variable", "raw"),
    [
        (Variable.S3_ENDPOINT, "nas:9000"),
        (Variable.S3_ENDPOINT, "http://nas:9000/photos"),
        (Variable.S3_ACCESS_KEY, ""),
        (Variable.S3_SECRET_KEY, ""),
    ],
)
def test_what_a_store_cannot_be_reached_with_is_named(variable: str, raw: str) -> None:
    with pytest.raises(settings.SettingsError, match=variable):
        settings.store({**STORE, variable: raw})
