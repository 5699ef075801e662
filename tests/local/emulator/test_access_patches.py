"""MiniStack lets in more than AWS; each test fails without its patch, and passes without it once it is not needed."""

import hashlib
import json
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore import UNSIGNED
from botocore.config import Config
from botocore.credentials import Credentials
from botocore.exceptions import ClientError

from local.emulator import credentials
from local.emulator.process import free_port, run_emulator
from local.library.library import Library
from tests.conftest import Answer, fetch
from tests.local.emulator.doors import endpoint, signed_headers

PASSWORD = "Another-Password-1"
WORKER = "safelight-dev-worker"


def cognito(opened: Library) -> Any:
    """Cognito without keys, as the gallery's page calls it."""
    unsigned = Config(signature_version=UNSIGNED)
    return boto3.client("cognito-idp", config=unsigned, endpoint_url=opened.aws.endpoint, region_name=opened.aws.region)


def signed_call(opened: Library, operation: str, body: dict[str, Any]) -> Any:
    """Call an operation that the SDK sends unsigned, signed, so that it reaches MiniStack. Its status and answer."""
    url, named = f"{opened.aws.endpoint}/", {"x-amz-target": f"AWSCognitoIdentityProviderService.{operation}"}
    keys, data = Credentials(opened.aws.access_key, opened.aws.secret_key), json.dumps(body).encode()
    headers = signed_headers(keys, "POST", url, data, named, service="cognito-idp")
    reply = endpoint(opened).ask("POST", "/", {**headers, "host": url.split("/")[2]}, data)
    return reply.status, json.loads(reply.body)


@pytest.fixture(scope="module")
def config(opened: Library) -> dict[str, str]:
    found: dict[str, str] = fetch(f"{opened.emulator.gallery}gallery/config.json").json()["sign_in"]
    return found


@pytest.fixture(scope="module")
def pool(opened: Library) -> str:
    return opened.aws.cognito.list_user_pools(MaxResults=60)["UserPools"][0]["Id"]


def sign_in(opened: Library, config: dict[str, str], user: str = "", password: str = "") -> Any:
    given = {"USERNAME": user or opened.credentials.user, "PASSWORD": password or opened.credentials.password}
    return cognito(opened).initiate_auth(
        AuthFlow="USER_PASSWORD_AUTH", ClientId=config["client_id"], AuthParameters=given
    )


def test_nobody_signs_up_in_a_pool_of_its_administrators(opened: Library, config: dict[str, str]) -> None:
    asked = {"ClientId": config["client_id"], "Username": "stranger", "Password": PASSWORD}
    expected = ("NotAuthorizedException", "SignUp is not permitted for this user pool")
    with pytest.raises(ClientError) as refused:
        cognito(opened).sign_up(**asked)
    error = refused.value.response["Error"]
    assert (error["Code"], error["Message"]) == expected
    status, answer = signed_call(opened, "SignUp", asked)
    assert (status, (answer["__type"], answer["message"])) == (400, expected)
    status, answer = signed_call(opened, "ConfirmSignUp", {**asked, "ConfirmationCode": "123456"})
    assert status == 400


def test_the_owners_password_is_not_replaced_by_a_code(opened: Library, config: dict[str, str]) -> None:
    named = {"ClientId": config["client_id"], "Username": opened.credentials.user}
    new = {**named, "ConfirmationCode": "654321", "Password": PASSWORD}
    with pytest.raises(ClientError, match="not permitted"):
        cognito(opened).forgot_password(**named)
    with pytest.raises(ClientError, match="not permitted"):
        cognito(opened).confirm_forgot_password(**new)
    signed_call(opened, "ForgotPassword", named)
    assert signed_call(opened, "ConfirmForgotPassword", new)[0] == 400
    assert sign_in(opened, config)["AuthenticationResult"]


def test_a_code_for_a_verified_address_cannot_be_guessed(opened: Library, config: dict[str, str], pool: str) -> None:
    attributes = [{"Name": "email", "Value": "a@b.example"}, {"Name": "email_verified", "Value": "true"}]
    opened.aws.cognito.admin_create_user(
        UserPoolId=pool,
        Username="verified",
        MessageAction="SUPPRESS",
        UserAttributes=attributes,  # type: ignore[arg-type]
    )
    named = {"ClientId": config["client_id"], "Username": "verified"}
    status, answer = signed_call(opened, "ForgotPassword", named)
    assert (status, answer["CodeDeliveryDetails"]["DeliveryMedium"]) == (200, "EMAIL")
    for code in ("654321", "123456"):
        new = {**named, "ConfirmationCode": code, "Password": PASSWORD}
        status, answer = signed_call(opened, "ConfirmForgotPassword", new)
        assert (status, answer["__type"]) == (400, "CodeMismatchException")
    opened.aws.cognito.admin_delete_user(UserPoolId=pool, Username="verified")


def test_a_new_password_takes_the_session_of_the_right_old_one(
    opened: Library, config: dict[str, str], pool: str
) -> None:
    opened.aws.cognito.admin_create_user(
        UserPoolId=pool, Username="new", MessageAction="SUPPRESS", TemporaryPassword="Temporary-Password-1"
    )
    client = cognito(opened)

    def answer(user: str, session: str, password: str = PASSWORD) -> Any:
        responses = {"USERNAME": user, "NEW_PASSWORD": password}
        return client.respond_to_auth_challenge(
            ClientId=config["client_id"],
            ChallengeName="NEW_PASSWORD_REQUIRED",
            Session=session,
            ChallengeResponses=responses,
        )

    session = sign_in(opened, config, "new", "Temporary-Password-1")["Session"]
    for user, given in ((opened.credentials.user, session), ("new", "x" * 20), (opened.credentials.user, "x" * 20)):
        with pytest.raises(ClientError, match="Invalid session"):
            answer(user, given)
    for challenge in ("SOFTWARE_TOKEN_MFA", "MFA_SETUP"):
        with pytest.raises(ClientError, match="Invalid session"):
            client.respond_to_auth_challenge(
                ClientId=config["client_id"],
                ChallengeName=challenge,
                Session="x" * 20,
                ChallengeResponses={"USERNAME": opened.credentials.user, "SOFTWARE_TOKEN_MFA_CODE": "123456"},
            )
    with pytest.raises(ClientError, match="InvalidPassword"):
        answer("new", session, "short")
    assert answer("new", session)["AuthenticationResult"]
    with pytest.raises(ClientError, match="Invalid session"):
        answer("new", session, "Yet-Another-Password-1")
    assert sign_in(opened, config, "new", PASSWORD)["AuthenticationResult"]
    assert sign_in(opened, config)["AuthenticationResult"]
    opened.aws.cognito.admin_delete_user(UserPoolId=pool, Username="new")


def photos(opened: Library, token: str) -> Answer:
    return fetch(f"{opened.emulator.gallery}photos", headers={"Authorization": f"Bearer {token}"})


def test_the_api_takes_access_tokens_and_no_others(opened: Library, config: dict[str, str]) -> None:
    tokens = sign_in(opened, config)["AuthenticationResult"]
    head, claims, signature = tokens["AccessToken"].split(".")
    assert photos(opened, tokens["AccessToken"]).status == 200
    for token in (tokens["RefreshToken"], f"{head}.{claims}.", f"{head}.{claims}.{signature[:-8]}AAAAAAAA", "x"):
        assert photos(opened, token).status == 401


def test_a_revoked_refresh_token_renews_nothing(opened: Library, config: dict[str, str]) -> None:
    client = cognito(opened)
    tokens = sign_in(opened, config)["AuthenticationResult"]
    renewal = {"AuthFlow": "REFRESH_TOKEN_AUTH", "ClientId": config["client_id"]}
    parameters = {"REFRESH_TOKEN": tokens["RefreshToken"]}
    assert client.initiate_auth(**renewal, AuthParameters=parameters)["AuthenticationResult"]
    client.revoke_token(Token=tokens["RefreshToken"], ClientId=config["client_id"])
    with pytest.raises(ClientError, match="revoked"):
        client.initiate_auth(**renewal, AuthParameters=parameters)


def test_the_credentials_of_a_function_follow_from_no_name(opened: Library) -> None:
    """MiniStack derives them from the ARNs of the function and its role, which every program can guess."""
    found = opened.aws.client("lambda").get_function_configuration(FunctionName=WORKER)
    opened.aws.client("lambda").invoke(FunctionName=WORKER, Payload=b'{"Records": []}')
    digest = hashlib.sha256(f"{found['FunctionArn']}:{found['Role']}".encode()).hexdigest()
    client = boto3.client(
        "sts",
        endpoint_url=opened.aws.endpoint,
        region_name="us-east-1",
        aws_access_key_id=f"ASIA{digest[:16].upper()}",
        aws_secret_access_key=hashlib.sha256(f"secret:{digest}".encode()).hexdigest(),
        aws_session_token=hashlib.sha256(f"token:{digest}".encode()).hexdigest(),
    )
    with pytest.raises(ClientError):
        client.get_caller_identity()


def test_what_no_sign_in_gave_out_is_not_kept_as_revoked(tmp_path: Path) -> None:
    with run_emulator(tmp_path, "us-east-1", credentials.ensure(tmp_path), free_port()) as emulator:
        client = boto3.client(
            "cognito-idp",
            config=Config(signature_version=UNSIGNED),
            endpoint_url=emulator.aws.endpoint,
            region_name="us-east-1",
        )
        for token in ("invented", "e30.e30.e30", "a.b"):
            client.revoke_token(Token=token, ClientId="invented")
    state = (tmp_path / "state" / "cognito.json").read_text()
    assert "revoked_tokens" in state
    assert not [token for token in ("invented", "e30.e30.e30", "a.b") if f'"{token}"' in state]
