"""The user pool and the gallery's client; a pool that is there already keeps its users."""

from typing import Any

from local.emulator.clients import Aws, chosen, pascal

Made = tuple[str, dict[str, Any]]

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


def user_pool(aws: Aws, name: str, inputs: dict[str, Any]) -> Made:
    """The pool and its rules for passwords."""
    found = [pool["Id"] for pool in aws.cognito.list_user_pools(MaxResults=60)["UserPools"] if pool["Name"] == name]
    identifier = found[0] if found else _create_pool(aws, name, inputs)
    host = f"cognito-idp.{aws.region}.amazonaws.com"
    return identifier, {"name": name, "endpoint": f"{host}/{identifier}"}


def user_pool_client(aws: Aws, name: str, inputs: dict[str, Any]) -> Made:
    """The client that the gallery signs in with."""
    clients = aws.cognito.list_user_pool_clients(UserPoolId=inputs["userPoolId"], MaxResults=60)["UserPoolClients"]
    for client in clients:
        if client["ClientName"] == name:
            aws.client("cognito-idp").update_user_pool_client(
                ClientId=client["ClientId"], **chosen(inputs, *(key for key in CLIENT if key != "generateSecret"))
            )
            return client["ClientId"], {"name": name}
    made = aws.client("cognito-idp").create_user_pool_client(ClientName=name, **chosen(inputs, *CLIENT))
    return made["UserPoolClient"]["ClientId"], {"name": name}


def _create_pool(aws: Aws, name: str, inputs: dict[str, Any]) -> str:
    made = aws.client("cognito-idp").create_user_pool(
        PoolName=name, Policies={"PasswordPolicy": pascal(inputs["passwordPolicy"])}, **chosen(inputs, *POOL)
    )
    identifier: str = made["UserPool"]["Id"]
    return identifier
