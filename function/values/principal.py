"""The principal of a request: who asks, and with which rights."""

from dataclasses import dataclass
from enum import StrEnum

from function.contract.routes import Access


class Role(StrEnum):
    """The roles of a principal, by the access level of the same name."""

    VIEWER = "viewer"
    MEMBER = "member"
    OWNER = "owner"


@dataclass(frozen=True)
class Principal:
    """Who asks: `who` is the subject of the token, `role` is None for nobody, `scopes` are those of the token."""

    who: str
    role: Role | None
    scopes: frozenset[str] = frozenset()

    @property
    def access(self) -> Access:
        """The highest access level that the role has."""
        return Access[self.role.name] if self.role else Access.PUBLIC


NOBODY = Principal("nobody", None)
