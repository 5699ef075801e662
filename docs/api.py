"""Writes docs/api.md, the reference of the HTTP API, from the table of routes and the models: `make docs`."""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from function.contract.routes import FACET, ROUTES, Route
from function.handlers.http import router
from function.handlers.routes import models
from function.index.postings import FACETS
from function.service.browse.query import PARAMETERS, takes

PAGE = Path(__file__).with_suffix(".md")
HEAD = """# The API

The gallery, scripts and other programs use one HTTP API: JSON in UTF-8, without a version in its path. This page is
written from the code by `make docs`. The examples take the address of the API as `$SAFELIGHT`, an access token as
`$TOKEN` and the id of a photo as `$ID`.

```console
$ SAFELIGHT=http://localhost:8484             # from `make run`; in AWS, from `pulumi stack output gallery`
$ curl "$SAFELIGHT/gallery/config.json"       # the sign-in service: its kind, endpoint or issuer, and client_id
$ curl "$ENDPOINT" -H "Content-Type: application/x-amz-json-1.1" \\
    -H "X-Amz-Target: AWSCognitoIdentityProviderService.InitiateAuth" \\
    -d '{"AuthFlow": "USER_PASSWORD_AUTH", "ClientId": "CLIENT_ID",
         "AuthParameters": {"USERNAME": "USER", "PASSWORD": "PASSWORD"}}'
```

The last answer of Cognito has the access token. With `safelight:issuer`, take a token of that issuer instead.

An error has a status of its own and a `message` for the user:

| status | meaning |
|---|---|
| 400 | a parameter or the body is not taken; the message names the field and what it takes |
| 401 | there is no valid token |
| 403 | the role of the token's user may not do this |
| 404 | there is no such photo, facet or file |
| 429 | more requests than the stack allows; wait a moment |
| 500, 503 | the library failed, or cannot be reached right now; 503 is worth another try |

"""
ACCESS = {
    "PUBLIC": "without a token",
    "VIEWER": "viewer, member, owner",
    "MEMBER": "member, owner",
    "OWNER": "owner",
}
ROLES = "Today every user of the stack is an owner.\n"
# Example values of path parameters and of query parameters.
PATH_EXAMPLES = {"{id}": "$ID", "{facet}": "city", "{path+}": "config.json"}
QUERY_EXAMPLES = {"limit": "2"}
AUTHORIZATION = '-H "Authorization: Bearer $TOKEN"'
REFERENCE = "#/models/"


def page() -> str:
    """Return the whole page, in Markdown."""
    rows = (f"| [`{route.key}`](#{_anchor(route.key)}) | {ACCESS[route.access.name]} |\n" for route in ROUTES)
    sections = (_section(route) for route in ROUTES)
    return HEAD + "".join((ROLES, "\n| route | access |\n|---|---|\n", *rows, *sections, "\n", *_models()))


def example(route: Route) -> str:
    """Return the curl command for the route."""
    path = route.path
    for name, value in PATH_EXAMPLES.items():
        path = path.replace(name, value)
    query = "&".join(f"{name}={value}" for name, value in QUERY_EXAMPLES.items() if name in route.query)
    method = [] if route.method == "GET" else [f"-X {route.method}"]
    body = [f"-d '{json.dumps(_example_body(route.request))}'"] if route.request else []
    token = [] if route.public else [AUTHORIZATION]
    return " ".join(["curl", *method, f'"$SAFELIGHT{path}{query and f"?{query}"}"', *token, *body])


def _section(route: Route) -> str:
    description = (router.handler(route).__doc__ or "").strip()
    answer = f"Answers with {_link(route.response)}.\n" if route.response else ""
    taken = f"The body is {_link(route.request)}.\n" if route.request else ""
    parts = (description + "\n", f"```console\n$ {example(route)}\n```\n", _query(route), taken, answer)
    return f"\n## {route.key}\n\n" + "\n".join(part for part in parts if part)


def _query(route: Route) -> str:
    names = [name for known in route.query for name in (FACETS if known == FACET else (known,))]
    rows = "".join(f"| `{name}` | {PARAMETERS.get(name) or takes(name)} |\n" for name in names)
    return f"| parameter | takes |\n|---|---|\n{rows}" if rows else ""


def _example_body(name: str) -> dict[str, Any]:
    found = _components()[name]["properties"]
    return {field: example for field, schema in found.items() for example in _examples(schema)[:1]}


def _examples(schema: Mapping[str, Any]) -> list[Any]:
    return [*schema.get("examples", ()), *(one for part in schema.get("anyOf", ()) for one in _examples(part))]


def _components() -> dict[str, dict[str, Any]]:
    listed = [getattr(models, name) for name in models.__all__]
    _, components = msgspec.json.schema_components(listed, ref_template=REFERENCE + "{name}")
    return components


def _models() -> Iterator[str]:
    yield "## Models\n"
    for name, schema in _components().items():
        base = getattr(models, name).__mro__[1]
        inherited = base.__struct_fields__
        yield f"\n### {name}\n\n{schema['description']}"
        yield f" It has all fields of {_link(base.__name__)}, and these:\n\n" if inherited else "\n\n"
        yield "| field | type | meaning |\n|---|---|---|\n"
        yield from _fields({field: taken for field, taken in schema["properties"].items() if field not in inherited})


def _fields(properties: Mapping[str, Any]) -> Iterable[str]:
    return (f"| `{name}` | {_type(schema)} | {_meaning(schema)} |\n" for name, schema in properties.items())


def _type(schema: Mapping[str, Any]) -> str:
    if "$ref" in schema:
        return _link(schema["$ref"].removeprefix(REFERENCE))
    if "anyOf" in schema:
        return " or ".join(_type(part) for part in schema["anyOf"])
    if schema.get("type") == "array":
        return f"list of {_type(schema['items'])}"
    if schema.get("type") == "object":
        return f"object, each value a {_type(schema['additionalProperties'])}"
    return str(schema["type"])


def _meaning(schema: Mapping[str, Any]) -> str:
    found = [schema, *schema.get("anyOf", ())]
    return next((str(part["description"]) for part in found if "description" in part), "")


def _link(name: str) -> str:
    return f"[{name}](#{_anchor(name)})"


def _anchor(heading: str) -> str:
    """Return GitHub's anchor of a heading: lower case, hyphens for spaces, no other signs."""
    return "".join(sign for sign in heading.lower().replace(" ", "-") if sign.isalnum() or sign in "-_")


if __name__ == "__main__":
    PAGE.write_text(page())
