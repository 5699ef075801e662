"""Calls a library's API as the gallery does: signed in, over one connection."""

import http.client
import json
from typing import Any
from urllib.parse import urlencode, urlsplit
from urllib.request import Request, urlopen


class Visitor:
    """A signed-in user of a running library, with the addresses that `local serve` prints."""

    def __init__(self, addresses: dict[str, str]) -> None:
        self._connection = http.client.HTTPConnection(urlsplit(addresses["api"]).netloc, timeout=60)
        config = json.loads(self._answer("/gallery/config.json", {}))["sign_in"]
        given = {"USERNAME": addresses["user"], "PASSWORD": addresses["password"]}
        asked = {"AuthFlow": "USER_PASSWORD_AUTH", "ClientId": config["client_id"], "AuthParameters": given}
        headers = {
            "X-Amz-Target": "AWSCognitoIdentityProviderService.InitiateAuth",
            "Content-Type": "application/x-amz-json-1.1",
        }
        with urlopen(Request(config["endpoint"], json.dumps(asked).encode(), headers)) as answer:
            self._token = json.load(answer)["AuthenticationResult"]["AccessToken"]

    def get(self, path: str, **parameters: str) -> Any:
        """Return the answer to a GET. Raises RuntimeError for an error."""
        whole = f"{path}?{urlencode(parameters)}" if parameters else path
        return json.loads(self._answer(whole, {"Authorization": f"Bearer {self._token}"}))

    def _answer(self, path: str, headers: dict[str, str]) -> bytes:
        self._connection.request("GET", path, headers=headers)
        answer = self._connection.getresponse()
        content = answer.read()
        if answer.status != http.client.OK:
            raise RuntimeError(f"GET {path}: {answer.status} {content[:200]!r}")
        return content
