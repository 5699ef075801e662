"""What is copied into the image can be read by any user and need not be compiled there."""

import marshal
from pathlib import Path

import pytest

from image import compile as compiling

HEADER_BYTES = 16


def test_bytecode_lies_beside_each_source_and_names_where_that_will_lie(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").mkdir(mode=0o700)
    source = tmp_path / "a" / "b.py"
    source.write_text("def c(): pass\n")
    source.chmod(0o600)
    monkeypatch.setattr("sys.argv", ["compile", str(tmp_path), "/var/task"])
    compiling.main()
    (compiled,) = tmp_path.rglob("*.pyc")
    assert marshal.loads(compiled.read_bytes()[HEADER_BYTES:]).co_filename == "/var/task/a/b.py"
    modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.rglob("*")}
    assert modes == {"a": 0o755, "b.py": 0o644, "__pycache__": 0o755, compiled.name: 0o644}
