"""Defines the principal of a request: a user with a role."""

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
    """The user of a request. `who` is the token's subject, `scopes` are its scopes; `role` is None without a token."""

    who: str
    role: Role | None
    scopes: frozenset[str] = frozenset()

    @property
    def access(self) -> Access:
        """The role's highest access level."""
        return Access[self.role.name] if self.role else Access.PUBLIC


NOBODY = Principal("nobody", None)
