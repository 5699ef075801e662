"""Creates the user pool and the gallery's client; an existing pool keeps its users."""

from typing import Any

from local.emulator.clients import Aws, pascal, pick
from local.provider.result import Result

POOL = (
    "aliasAttributes",
    "autoVerifiedAttributes",
    "adminCreateUserConfig",
    "accountRecoverySetting",
    "deletionProtection",
)
CLIENT = (
    "userPoolId",
    "explicitAuthFlows",
    "generateSecret",
    "preventUserExistenceErrors",
    "enableTokenRevocation",
    "accessTokenValidity",
    "idTokenValidity",
    "refreshTokenValidity",
    "tokenValidityUnits",
)


def user_pool(aws: Aws, name: str, inputs: dict[str, Any]) -> Result:
    """Create the pool with its password policy, or find the existing one."""
    found = [pool["Id"] for pool in aws.cognito.list_user_pools(MaxResults=60)["UserPools"] if pool["Name"] == name]
    identifier = found[0] if found else _create_pool(aws, name, inputs)
    host = f"cognito-idp.{aws.region}.amazonaws.com"
    return identifier, {"name": name, "endpoint": f"{host}/{identifier}"}


def user_pool_client(aws: Aws, name: str, inputs: dict[str, Any]) -> Result:
    """Create the client with which the gallery signs in."""
    clients = aws.cognito.list_user_pool_clients(UserPoolId=inputs["userPoolId"], MaxResults=60)["UserPoolClients"]
    for client in clients:
        if client["ClientName"] == name:
            aws.client("cognito-idp").update_user_pool_client(
                ClientId=client["ClientId"], **pick(inputs, *(key for key in CLIENT if key != "generateSecret"))
            )
            return client["ClientId"], {"name": name}
    created = aws.client("cognito-idp").create_user_pool_client(ClientName=name, **pick(inputs, *CLIENT))
    return created["UserPoolClient"]["ClientId"], {"name": name}


def _create_pool(aws: Aws, name: str, inputs: dict[str, Any]) -> str:
    created = aws.client("cognito-idp").create_user_pool(
        PoolName=name, Policies={"PasswordPolicy": pascal(inputs["passwordPolicy"])}, **pick(inputs, *POOL)
    )
    identifier: str = created["UserPool"]["Id"]
    return identifier
