"""Runs AWS's DynamoDB Local, which counts capacity units as DynamoDB does."""

import contextlib
import platform
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError

from function.contract.table import PARTITION, SHELF, SHELF_ORDER, SHELVES, SORT
from local.emulator.process import free_port

VERSION = "2.6.1"
POM = f"""<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>safelight</groupId><artifactId>scale</artifactId><version>1</version>
  <dependencies>
    <dependency>
      <groupId>com.amazonaws</groupId><artifactId>DynamoDBLocal</artifactId><version>{VERSION}</version>
    </dependency>
  </dependencies>
</project>
"""
MAIN = "com.amazonaws.services.dynamodbv2.local.main.ServerRunner"
# The processors for which its native library exists.
MACHINES = {"x86_64", "AMD64"}
START_SECONDS, FETCH_SECONDS = 60, 300
REGION, TABLE = "eu-west-1", "index"


def fits() -> bool:
    """Tell whether DynamoDB Local supports this processor."""
    return platform.machine() in MACHINES


def missing() -> list[str]:
    """Return the required programs that this machine lacks."""
    return [name for name in ("java", "mvn") if not shutil.which(name)]


@contextlib.contextmanager
def running(folder: Path) -> Iterator[str]:
    """Download it into the folder and run it in memory. Yields its endpoint."""
    libraries = _fetch(folder)
    port = free_port()
    command = ["java", f"-Djava.library.path={libraries}", "-cp", f"{libraries}/*", MAIN]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [*command, "-inMemory", "-disableTelemetry", "-port", str(port)], stdout=log, stderr=subprocess.STDOUT
        )
        try:
            endpoint = f"http://127.0.0.1:{port}"
            _await(endpoint, process, folder / "log")
            yield endpoint
        finally:
            process.terminate()
            process.wait()


def client(endpoint: str) -> Any:
    """Return a client; each region has its own tables."""
    return boto3.client(
        "dynamodb",
        endpoint_url=endpoint,
        region_name=REGION,
        aws_access_key_id="local",
        aws_secret_access_key="local",
        config=Config(retries={"total_max_attempts": 1}),
    )


def make_table(dynamodb: Any, name: str) -> None:
    """Create a table with the keys that the stack declares."""
    keys = (PARTITION, SORT, SHELF, SHELF_ORDER)
    dynamodb.create_table(
        TableName=name,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": key, "AttributeType": "S"} for key in keys],
        KeySchema=_key_schema(PARTITION, SORT),
        GlobalSecondaryIndexes=[
            {
                "IndexName": SHELVES,
                "KeySchema": _key_schema(SHELF, SHELF_ORDER),
                "Projection": {"ProjectionType": "ALL"},
            }
        ],
    )


def _key_schema(partition: str, sort: str) -> list[dict[str, str]]:
    return [{"AttributeName": partition, "KeyType": "HASH"}, {"AttributeName": sort, "KeyType": "RANGE"}]


def _fetch(folder: Path) -> Path:
    (folder / "pom.xml").write_text(POM)
    libraries = folder / "libraries"
    subprocess.run(
        ["mvn", "--quiet", "--batch-mode", "dependency:copy-dependencies", f"-DoutputDirectory={libraries}"],
        cwd=folder,
        check=True,
        timeout=FETCH_SECONDS,
    )
    return libraries


def _await(endpoint: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(BotoCoreError):
            client(endpoint).list_tables()
            return
        time.sleep(0.1)
    raise RuntimeError(f"DynamoDB Local did not start: {log.read_text(errors='replace')[-1000:]}")
