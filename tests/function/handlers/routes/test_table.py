"""The table of routes: asks each route as nobody and as an owner, so that a new route cannot be forgotten."""

import json
from typing import Any

import msgspec
import pytest

from function.contract.routes import ROUTES, Access, Route
from function.handlers.http import router
from function.handlers.routes import models
from function.index.keys import photo_id
from function.service.browse import query
from function.values.description import Metadata
from tests.function.conftest import Cloud
from tests.support.api_client import NO_CLAIMS, ask, body, library

PATH = {"id": photo_id("000.jpg"), "facet": "city", "path": "config.json"}
BODIES = {"AnnotationChanges": '{"favourite": true}'}
PUBLIC = [route for route in ROUTES if route.public]


def asked(route: Route, **named: Any) -> Any:
    return ask(route.key, content=BODIES[route.request] if route.request else None, **named, **PATH)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.key)
def test_nobody_gets_the_gallerys_files_alone(cloud: Cloud, route: Route) -> None:
    assert asked(route, claims=NO_CLAIMS)["statusCode"] == (200 if route.public else 401)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.key)
def test_an_owner_gets_what_the_table_says(cloud: Cloud, route: Route) -> None:
    library(cloud, 2)
    answer = asked(route)
    assert answer["statusCode"] in (200, 202, 204)
    if route.response:
        # Each field has its type, and no field is unknown to the model.
        model = getattr(models, route.response)
        decoded = msgspec.json.decode(answer["body"], type=model)
        assert json.loads(msgspec.json.encode(decoded)) == body(answer)


def test_the_public_routes_are_the_gallerys_files() -> None:
    assert {route.handler.split(".")[0] for route in PUBLIC} == {"gallery"}
    assert {route.access for route in ROUTES if route.method != "GET"} <= {Access.MEMBER, Access.OWNER}


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.key)
def test_a_route_names_a_handler_models_and_parameters_that_there_are(route: Route) -> None:
    assert router.handler(route).__doc__
    assert {getattr(models, name) for name in (route.request, route.response) if name} <= {
        getattr(models, name) for name in models.__all__
    }
    assert set(route.query) <= {*query.PARAMETERS, "{facet}"}


def test_the_model_of_metadata_has_all_that_a_file_says() -> None:
    # The time that was chosen among those of the file is a field of the photo.
    chosen = {"taken", "taken_source", "taken_precision"}
    assert {*models.Metadata.__struct_fields__} == {*Metadata.__dataclass_fields__} - chosen
