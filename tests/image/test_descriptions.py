"""What the image's SDK knows of AWS's services is all that its calls are made of."""

import shutil
from pathlib import Path
from typing import Any

import botocore
import pytest
from botocore.loaders import Loader
from botocore.session import Session

from image import descriptions, install

WHOLE = Path(botocore.__file__).parent / "data"
REGIONS = ("eu-central-1", "us-east-1", "us-gov-west-1", "cn-north-1")


@pytest.fixture(scope="module")
def slim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The descriptions as they are in the image."""
    folder = tmp_path_factory.mktemp("slim") / "data"
    others = {path.name for path in WHOLE.iterdir() if path.is_dir()} - set(install.SERVICES)
    shutil.copytree(WHOLE, folder, ignore=lambda at, names: others & set(names) if Path(at) == WHOLE else ())
    descriptions.slim(folder, install.SERVICES)
    return folder


def client(service: str, region: str, folder: Path) -> Any:
    session = Session()
    session.register_component("data_loader", Loader([str(folder)], include_default_search_paths=False))
    return session.create_client(service, region, aws_access_key_id="any", aws_secret_access_key="any")


def shapes(service: Any) -> list[Any]:
    model = service.meta.service_model
    return [(operation, signature(model.operation_model(operation))) for operation in model.operation_names]


def signature(operation: Any) -> Any:
    return operation.http, members(operation.input_shape), members(operation.output_shape)


def members(shape: Any, depth: int = 3) -> Any:
    if shape is None or not depth:
        return None
    inner = getattr(shape, "members", {})
    return shape.type_name, shape.serialization, {name: members(each, depth - 1) for name, each in inner.items()}


@pytest.mark.parametrize("service", install.SERVICES)
def test_every_call_has_its_shape(slim: Path, service: str) -> None:
    assert shapes(client(service, "eu-central-1", slim)) == shapes(client(service, "eu-central-1", WHOLE))


@pytest.mark.parametrize("service", install.SERVICES)
@pytest.mark.parametrize("region", REGIONS)
def test_every_service_is_where_it_was(slim: Path, service: str, region: str) -> None:
    ours, theirs = (client(service, region, folder).meta for folder in (slim, WHOLE))
    assert (ours.endpoint_url, ours.partition) == (theirs.endpoint_url, theirs.partition)


def test_what_only_people_read_is_gone(slim: Path) -> None:
    left = [path for path in slim.rglob("*") if path.is_file()]
    assert {path.suffix for path in left} == {".json"}
    assert not [path for path in left if path.name.startswith("examples")]
    assert sum(path.stat().st_size for path in left) < 2 << 20
    assert len(client("s3", "eu-central-1", slim).meta.service_model.documentation) == 0
