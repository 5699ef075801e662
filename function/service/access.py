"""Checks the access level of a principal."""

from function.contract.routes import Access
from function.errors import ForbiddenError, UnauthenticatedError
from function.values.principal import Principal


def require(principal: Principal, access: Access) -> None:
    """Raise UnauthenticatedError for nobody, and ForbiddenError for a role whose access level is lower than this."""
    if principal.access >= access:
        return
    if principal.role is None:
        raise UnauthenticatedError("Sign in first: this request came without a valid token.")
    raise ForbiddenError(f"The role {principal.role} may not do this; ask the library's owner.")
