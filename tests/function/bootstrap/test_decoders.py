"""When the process of the decoders starts."""

import json
import os
import subprocess
import sys
from pathlib import Path

from function import contract
from function.settings import FUNCTION, MEMORY

ROOT = Path(__file__).parents[3]
# Says of each start of the sandbox whether the SDK was loaded before it.
STARTS = """
import sys
from function.sandbox.process import Sandbox
Sandbox.start = lambda self: print("botocore" in sys.modules)
import function.handlers.worker
"""
SETTINGS = {
    **dict.fromkeys(("ORIGINALS_BUCKET", "RENDITIONS_BUCKET", "TABLE", "TOPIC_ARN"), "any"),
    contract.Variable.ORIGINALS_PREFIX: "originals/",
    contract.Variable.INBOX_PREFIX: "inbox/",
    contract.Variable.INBOX_PATTERN: "{year}/{name}",
    contract.Variable.RENDITIONS: json.dumps([{"size": 512}]),
    contract.Variable.MAXIMUM_RECEIVES: "3",
    MEMORY: "2048",
}


def starts(**environment: str) -> list[str]:
    command = [sys.executable, "-c", STARTS]
    return subprocess.check_output(command, cwd=ROOT, env={**os.environ, **environment}, text=True).split()


def test_in_a_function_it_starts_before_the_sdk_is_loaded() -> None:
    assert starts(**SETTINGS, **{FUNCTION: "worker"}) == ["False"]


def test_elsewhere_the_import_of_the_handler_starts_nothing() -> None:
    assert starts() == []
