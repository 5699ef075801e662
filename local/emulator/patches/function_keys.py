"""Gives each function's role credentials that cannot be computed.

AWS gives a function random, temporary credentials. MiniStack derives them from the names of the function and its role,
by SHA-256 alone, so that every program on the machine can compute them and act as the function.
No longer needed when `tests/local/emulator/test_access_patches.py` passes without it.
"""

import secrets
from typing import Any

from ministack.core import lambda_runtime
from ministack.services import lambda_svc

# The credentials are constant while the process runs, so that URLs that a function signed stay valid.
SECRET = secrets.token_hex(32)


def apply() -> None:
    """Add a secret of this process to the data that the credentials are derived from."""
    derive = lambda_runtime.execution_credentials

    def execution_credentials(config: dict[str, Any]) -> dict[str, str]:
        # MiniStack reads the part of the role's ARN after the last slash.
        derived: dict[str, str] = derive({**config, "Role": f"{SECRET}/{config.get('Role', '')}"})
        return derived

    for module in (lambda_runtime, lambda_svc):
        module.execution_credentials = execution_credentials
