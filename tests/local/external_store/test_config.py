"""What a person says of a store, and what cannot be meant."""

from pathlib import Path

import pytest

from function.settings.settings import SettingsError
from local.emulator import docker
from local.emulator.process import HOST, StartError
from local.external_store import config, guard

SAID = {"S3_ENDPOINT": "http://nas:9000", "S3_ACCESS_KEY": "key", "S3_SECRET_KEY": "secret"}


def test_who_names_no_store_gets_none() -> None:
    assert config.store_config({"S3_ACCESS_KEY": "key", "S3_EVENTS": "1"}) is None


def test_buckets_that_are_there_are_taken_over() -> None:
    chosen = config.store_config({**SAID, "S3_ORIGINALS": "pictures", "S3_RENDITIONS": ""})
    assert chosen
    assert chosen.adopted == {"safelight:adoptOriginals": "pictures"}
    assert chosen.listen is None


@pytest.mark.parametrize(("said", "listen"), [("8486", (HOST, 8486)), ("192.168.1.5:8486", ("192.168.1.5", 8486))])
def test_the_webhook_listens_on_this_machine_alone_unless_told(said: str, listen: tuple[str, int]) -> None:
    chosen = config.store_config({**SAID, "S3_EVENTS": said})
    assert chosen
    assert chosen.listen == listen


def test_no_key_is_shown_where_a_choice_is_printed() -> None:
    assert "'secret'" not in repr(config.store_config(SAID))


@pytest.mark.parametrize("endpoint", ["http://localhost:9000", "http://127.0.0.1:9000"])
def test_containers_are_not_sent_to_themselves(endpoint: str) -> None:
    with pytest.raises(StartError, match="containers cannot reach the store"):
        docker.require_reachable(endpoint)
    docker.require_reachable("http://nas:9000")


def test_a_folder_with_photos_of_its_own_is_not_opened_on_a_store(tmp_path: Path) -> None:
    (tmp_path / "objects" / "safelight-dev-originals").mkdir(parents=True)
    with pytest.raises(StartError, match="leave S3_ENDPOINT out"):
        guard.require_same_store(tmp_path, config.store_config(SAID))
    guard.require_same_store(tmp_path, None)


def test_keys_that_are_not_given_are_named() -> None:
    with pytest.raises(SettingsError, match=r"S3_ACCESS_KEY is not set; .*S3_SECRET_KEY is not set;"):
        config.store_config({"S3_ENDPOINT": "http://nas:9000"})
