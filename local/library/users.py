"""Creates the library's one user in the stack's user pool."""

from local.emulator.clients import Aws
from local.emulator.credentials import Credentials


def ensure(aws: Aws, pool: str, credentials: Credentials) -> None:
    """Create the user if missing, with the password of the folder's credentials."""
    try:
        aws.cognito.admin_get_user(UserPoolId=pool, Username=credentials.user)
    except aws.cognito.exceptions.UserNotFoundException:
        aws.cognito.admin_create_user(UserPoolId=pool, Username=credentials.user, MessageAction="SUPPRESS")
        aws.cognito.admin_set_user_password(
            UserPoolId=pool, Username=credentials.user, Password=credentials.password, Permanent=True
        )
