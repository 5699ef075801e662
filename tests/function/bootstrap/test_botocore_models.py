"""The SDK's descriptions of services, as the functions read them."""

import gzip
import json
from pathlib import Path

import pytest
from botocore.loaders import Loader

from function.bootstrap import botocore_models, clients
from image.install import SERVICES


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("kind", ["service-2", "endpoint-rule-set-1"])
def test_a_service_is_described_as_the_sdk_describes_it(service: str, kind: str) -> None:
    ours, theirs = (loader.load_service_model(service, kind) for loader in (botocore_models.loader(), Loader()))
    # In the same order too: requests are put together in it.
    assert json.dumps(ours) == json.dumps(theirs)


def test_a_description_is_read_compressed_or_not(tmp_path: Path) -> None:
    (tmp_path / "plain.json").write_text('{"a": 1}')
    (tmp_path / "compressed.json.gz").write_bytes(gzip.compress(b'{"b": 2}'))
    files = botocore_models.PlainDictLoader()
    names = ("plain", "compressed", "missing")
    assert [files.load_file(str(tmp_path / name)) for name in names] == [{"a": 1}, {"b": 2}, None]


def test_clients_are_made_of_what_is_read_so() -> None:
    reader = clients._session().get_component("data_loader").file_loader
    assert isinstance(reader, botocore_models.PlainDictLoader)
