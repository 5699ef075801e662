"""A call of AWS as data: how each declared type is deleted, and how one finds out that it is still there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from botocore.exceptions import ClientError

from local.emulator.clients import Aws

ABSENT = ("NotFound", "NoSuch", "NonExistent", "DoesNotExist", "404", "ResourceNotFoundException", "NotFoundException")


@dataclass(frozen=True)
class Call:
    """One operation of a service. Its arguments name properties of the resource; in a list, as its one entry."""

    service: str
    operation: str
    arguments: Mapping[str, str | list[str]] = field(default_factory=dict)
    constants: Mapping[str, Any] = field(default_factory=dict)
    # The list in the answer that is empty where there is no such thing; without it, AWS answers with an error.
    listed: str = ""

    def made(self, aws: Aws, properties: Mapping[str, Any]) -> bool:
        """Make the call; False where AWS knows no such thing."""
        given = {name: _value(source, properties) for name, source in self.arguments.items()}
        try:
            answer = getattr(aws.client(self.service), self.operation)(**given, **self.constants)
        except ClientError as error:
            if _absent(error):
                return False
            raise
        return bool(answer[self.listed]) if self.listed else True


def _value(source: str | list[str], properties: Mapping[str, Any]) -> Any:
    return [properties[source[0]]] if isinstance(source, list) else properties[source]


def _absent(error: ClientError) -> bool:
    return any(part in error.response["Error"]["Code"] for part in ABSENT)
