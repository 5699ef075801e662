"""Declares the identity provider: the stack's own user pool, or an OIDC issuer from the settings."""

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from infra.settings import Settings


@dataclass(frozen=True)
class SignIn:
    """The issuer and audience of the API's authorizer, and the gallery's parameters for signing in."""

    issuer: pulumi.Input[str]
    audience: pulumi.Input[str]
    gallery: pulumi.Output[str]
    user_pool_id: pulumi.Output[str] | None = None


def sign_in(name: str, settings: Settings, opts: pulumi.ResourceOptions | None = None) -> SignIn:
    """Return the issuer of the settings, or a user pool of the stack, which `keep_users` keeps beside an issuer."""
    if settings.issuer and settings.audience:
        if settings.keep_users:
            Users(name, settings, opts)
        described = {"kind": "oidc", "issuer": settings.issuer, "client_id": settings.audience}
        return SignIn(settings.issuer, settings.audience, pulumi.Output.json_dumps(described))
    users = Users(name, settings, opts)
    described = {"kind": "cognito", "endpoint": f"https://cognito-idp.{settings.region}.amazonaws.com/"}
    return SignIn(
        issuer=pulumi.Output.concat("https://", users.pool.endpoint),
        audience=users.client.id,
        gallery=pulumi.Output.json_dumps({**described, "client_id": users.client.id}),
        user_pool_id=users.pool.id,
    )


class Users(pulumi.ComponentResource):
    """A user pool in which only the administrator creates users, and the gallery's client."""

    def __init__(self, name: str, settings: Settings, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("safelight:sign_in:Users", name, None, opts)
        child_opts = pulumi.ResourceOptions(parent=self, protect=settings.protected)
        self.pool = aws.cognito.UserPool(
            name,
            alias_attributes=["email"],
            auto_verified_attributes=["email"],
            admin_create_user_config={"allow_admin_create_user_only": True},
            password_policy={
                "minimum_length": 12,
                "require_lowercase": True,
                "require_numbers": True,
                "require_symbols": False,
                "require_uppercase": True,
                "temporary_password_validity_days": 7,
            },
            account_recovery_setting={"recovery_mechanisms": [{"name": "verified_email", "priority": 1}]},
            deletion_protection="ACTIVE" if settings.deletion_protected else "INACTIVE",
            opts=child_opts,
        )
        self.client = aws.cognito.UserPoolClient(
            f"{name}-gallery",
            user_pool_id=self.pool.id,
            explicit_auth_flows=["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
            generate_secret=False,  # a web page cannot keep a secret
            prevent_user_existence_errors="ENABLED",
            enable_token_revocation=True,
            access_token_validity=1,
            id_token_validity=1,
            refresh_token_validity=30,
            token_validity_units={"access_token": "hours", "id_token": "hours", "refresh_token": "days"},
            opts=child_opts,
        )
        self.register_outputs({"pool": self.pool.id, "client": self.client.id})
