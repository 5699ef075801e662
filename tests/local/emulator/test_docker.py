"""The address at which containers reach this machine, as Docker states it or leaves it out."""

from pathlib import Path

import pytest

from local.emulator import docker
from local.emulator.process import StartError


@pytest.fixture
def ranges(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A file with the address ranges that a stand-in for Docker's client prints."""
    stated = tmp_path / "ranges"
    (tmp_path / "docker").write_text(f'#!/bin/sh\n[ "$1" = network ] && cat "{stated}" || true\n')
    (tmp_path / "docker").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    return stated


@pytest.mark.parametrize(
    ("stated", "address"),
    [
        ("172.17.0.0/16 172.17.0.1\n", "172.17.0.1"),
        ("172.18.0.0/16 172.18.0.254\n", "172.18.0.254"),
        ("172.17.0.0/16 \n", "172.17.0.1"),
        ("fd00::/64 fd00::1\n10.88.0.0/16 \n", "10.88.0.1"),
    ],
)
def test_the_bridge_has_an_address_also_where_docker_does_not_state_it(ranges: Path, stated: str, address: str) -> None:
    ranges.write_text(stated)
    assert docker.bridge("safelight") == address


def test_a_bridge_without_a_range_stops_the_start(ranges: Path) -> None:
    ranges.write_text("\n")
    with pytest.raises(StartError, match="has no address for this machine"):
        docker.bridge("safelight")
