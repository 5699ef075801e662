"""What the program declares, and what must be absent from it."""

import json
from typing import Any

import pulumi
import pytest

from function.contract.entrypoints import API_HANDLER, FAILURES_HANDLER, WORKER_HANDLER
from function.contract.environment import Variable
from function.contract.routes import ROUTES
from image import gallery
from infra.intake import VISIBILITY_FACTOR
from local.stack import program
from local.stack.program import Declared
from local.stack.recorder import Recorder
from tests.infra.conftest import inputs, named, of_type

BUCKETS = ("originals", "renditions")


@pytest.mark.parametrize("bucket", BUCKETS)
def test_every_bucket_is_private_and_encrypted(stack: Declared, bucket: str) -> None:
    closed = inputs(stack, f"{bucket}-closed")
    assert all(closed[key] for key in ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls"))
    assert closed["restrictPublicBuckets"]
    assert inputs(stack, f"{bucket}-encryption")["rules"][0]["applyServerSideEncryptionByDefault"]["sseAlgorithm"]
    assert inputs(stack, f"{bucket}-ownership")["rule"]["objectOwnership"] == "BucketOwnerEnforced"


@pytest.mark.parametrize("bucket", BUCKETS)
def test_every_bucket_refuses_plain_http(stack: Declared, bucket: str) -> None:
    (statement,) = json.loads(inputs(stack, f"{bucket}-tls-only")["policy"])["Statement"]
    assert statement["Effect"] == "Deny"
    assert statement["Principal"] == "*"
    assert statement["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
    arn = named(stack, f"-{bucket}").outputs["arn"]
    assert statement["Resource"] == [arn, f"{arn}/*"]


def test_originals_are_versioned_and_their_old_versions_end(stack: Declared) -> None:
    assert inputs(stack, "originals-versioning")["versioningConfiguration"]["status"] == "Enabled"
    trash = inputs(stack, "originals-lifecycle")["rules"][0]
    assert trash["noncurrentVersionExpiration"]["noncurrentDays"] >= 1


def test_originals_move_to_a_colder_class_only_where_it_is_configured(dev: Declared) -> None:
    assert all("transitions" not in rule for rule in inputs(dev, "originals-lifecycle")["rules"])
    prod = program.run("prod", Recorder())
    (move,) = inputs(prod, "originals-lifecycle")["rules"][1]["transitions"]
    assert move == {"days": 30, "storageClass": "GLACIER_IR"}


def test_one_notification_covers_originals_and_inbox_after_the_queue_allows_it(stack: Declared) -> None:
    (notification,) = of_type(stack, "aws:s3/bucketNotification:BucketNotification")
    assert [queue["filterPrefix"] for queue in notification.inputs["queues"]] == ["originals/", "inbox/"]
    assert {queue["queueArn"] for queue in notification.inputs["queues"]} == {named(stack, "-intake").outputs["arn"]}
    assert named(stack, "intake-access").name in notification.depends_on


def test_renditions_raise_no_event(stack: Declared) -> None:
    told = {resource.inputs["bucket"] for resource in of_type(stack, "aws:s3/bucketNotification:BucketNotification")}
    assert named(stack, "-renditions").outputs["id"] not in told


def test_only_the_originals_bucket_sends_to_the_queue(stack: Declared) -> None:
    statements = json.loads(inputs(stack, "intake-access")["policy"])["Statement"]
    (allowed,) = [statement for statement in statements if statement["Effect"] == "Allow"]
    assert allowed["Principal"] == {"Service": "s3.amazonaws.com"}
    assert allowed["Action"] == "sqs:SendMessage"
    assert allowed["Condition"]["ArnEquals"] == {"aws:SourceArn": named(stack, "-originals").outputs["arn"]}
    assert allowed["Condition"]["StringEquals"] == {"aws:SourceAccount": "123456789012"}


def test_a_message_stays_hidden_for_six_times_the_time_out(stack: Declared) -> None:
    worker, queue = inputs(stack, "-worker"), inputs(stack, "-intake")
    assert queue["visibilityTimeoutSeconds"] >= VISIBILITY_FACTOR * worker["timeout"]
    assert VISIBILITY_FACTOR >= 6


def test_the_queue_has_dead_letters_which_take_from_it_alone(stack: Declared) -> None:
    redrive = json.loads(inputs(stack, "-intake")["redrivePolicy"])
    assert redrive["deadLetterTargetArn"] == named(stack, "intake-dead-letters").outputs["arn"]
    assert redrive["maxReceiveCount"] == 3
    allowed = json.loads(inputs(stack, "dead-letters-source")["redriveAllowPolicy"])
    assert allowed["sourceQueueArns"] == [named(stack, "-intake").outputs["arn"]]


@pytest.mark.parametrize("queue", ["-intake", "-dead-letters"])
def test_every_queue_is_encrypted_and_refuses_plain_http(stack: Declared, queue: str) -> None:
    assert inputs(stack, queue)["sqsManagedSseEnabled"]
    statements = json.loads(inputs(stack, f"{queue}-access")["policy"])["Statement"]
    assert {"Bool": {"aws:SecureTransport": "false"}} in [s["Condition"] for s in statements if s["Effect"] == "Deny"]


def test_the_table_is_paid_by_request_and_can_be_restored(stack: Declared) -> None:
    table = inputs(stack, "-index")
    assert table["billingMode"] == "PAY_PER_REQUEST"
    assert table["pointInTimeRecovery"]["enabled"]
    assert table["serverSideEncryption"]["enabled"]


def test_lambda_is_given_a_digest_never_a_tag(stack: Declared) -> None:
    for function in of_type(stack, "aws:lambda/function:Function"):
        assert "@sha256:" in function.inputs["imageUri"]
        assert function.inputs["packageType"] == "Image"


def test_the_image_carries_no_attestation_that_lambda_would_refuse(stack: Declared) -> None:
    (build,) = of_type(stack, "docker-build:index:Image")
    assert "exec" not in build.inputs  # the builder within the provider makes none; docker's own would
    assert build.inputs["push"]
    assert build.inputs["platforms"] == ["linux/arm64"]
    assert {tuple(f.inputs["architectures"]) for f in of_type(stack, "aws:lambda/function:Function")} == {("arm64",)}


def test_the_architecture_follows_the_configuration(declare: Any) -> None:
    declared = declare(architecture="x86_64")
    assert of_type(declared, "docker-build:index:Image")[0].inputs["platforms"] == ["linux/amd64"]
    assert inputs(declared, "-worker")["architectures"] == ["x86_64"]


def test_each_function_runs_its_handler_with_its_own_role_and_log(stack: Declared) -> None:
    functions = of_type(stack, "aws:lambda/function:Function")
    assert {f.inputs["imageConfig"]["commands"][0] for f in functions} == {
        WORKER_HANDLER,
        API_HANDLER,
        FAILURES_HANDLER,
    }
    assert len({f.inputs["role"] for f in functions}) == len(functions)
    assert len({f.inputs["loggingConfig"]["logGroup"] for f in functions}) == len(functions)


def test_logs_end(stack: Declared) -> None:
    groups = of_type(stack, "aws:cloudwatch/logGroup:LogGroup")
    assert groups
    assert all(group.inputs["retentionInDays"] > 0 for group in groups)


def test_the_worker_takes_batches_of_which_only_what_failed_goes_back(stack: Declared) -> None:
    mappings = of_type(stack, "aws:lambda/eventSourceMapping:EventSourceMapping")
    assert all(mapping.inputs["functionResponseTypes"] == ["ReportBatchItemFailures"] for mapping in mappings)
    (worker,) = (mapping.inputs for mapping in mappings if "scalingConfig" in mapping.inputs)
    assert worker["scalingConfig"]["maximumConcurrency"] >= 2
    assert worker["eventSourceArn"] == named(stack, "-intake").outputs["arn"]


def test_what_the_dead_letters_hold_is_read_and_shown(stack: Declared) -> None:
    dead_letters = named(stack, "intake-dead-letters")
    mappings = of_type(stack, "aws:lambda/eventSourceMapping:EventSourceMapping")
    (read,) = (mapping for mapping in mappings if mapping.inputs["eventSourceArn"] == dead_letters.outputs["arn"])
    failures = named(stack, "dev-failures" if "dev" in dead_letters.outputs["name"] else "prod-failures")
    assert read.inputs["functionName"] == failures.outputs["arn"]
    assert dead_letters.inputs["visibilityTimeoutSeconds"] >= 6 * failures.inputs["timeout"]


def test_the_api_has_the_routes_of_the_contract_and_no_others(stack: Declared) -> None:
    declared = {route.inputs["routeKey"]: route.inputs for route in of_type(stack, "aws:apigatewayv2/route:Route")}
    assert set(declared) == {route.key for route in ROUTES}
    for route in ROUTES:
        assert declared[route.key]["authorizationType"] == ("NONE" if route.public else "JWT")
        assert ("authorizerId" in declared[route.key]) != route.public


def test_only_the_gallerys_files_are_public() -> None:
    assert {route.key for route in ROUTES if route.public} == {"GET /", "GET /gallery/{path+}"}


def test_only_this_api_may_call_the_api_function(stack: Declared) -> None:
    (permission,) = of_type(stack, "aws:lambda/permission:Permission")
    (api,) = of_type(stack, "aws:apigatewayv2/api:Api")
    assert permission.inputs["sourceArn"] == f"{api.outputs['executionArn']}/*/*"
    assert permission.inputs["principal"] == "apigateway.amazonaws.com"


def test_users_are_made_by_the_administrator_alone(stack: Declared) -> None:
    assert inputs(stack, "-users")["adminCreateUserConfig"]["allowAdminCreateUserOnly"]
    (authorizer,) = of_type(stack, "aws:apigatewayv2/authorizer:Authorizer")
    assert authorizer.inputs["jwtConfiguration"]["issuer"].startswith("https://cognito-idp.eu-west-1.amazonaws.com/")


def test_users_are_kept_beside_an_issuer_where_the_stack_asks_for_it(declare: Any) -> None:
    own = declare()
    declared = declare(issuer="https://id.example.com", audience="photos", keepUsers=True)
    for token in ("aws:cognito/userPool:UserPool", "aws:cognito/userPoolClient:UserPoolClient"):
        kept, before = of_type(declared, token), of_type(own, token)
        assert [(each.urn, each.inputs) for each in kept] == [(each.urn, each.inputs) for each in before]
    (authorizer,) = of_type(declared, "aws:apigatewayv2/authorizer:Authorizer")
    assert authorizer.inputs["jwtConfiguration"] == {"issuer": "https://id.example.com", "audiences": ["photos"]}


def test_the_image_is_declared_alike_in_every_checkout(stack: Declared) -> None:
    (build,) = of_type(stack, "docker-build:index:Image")
    assert build.inputs["context"]["location"] == "."
    assert build.inputs["dockerfile"]["location"] == "./Dockerfile"


def test_any_oidc_issuer_takes_the_place_of_the_user_pool(declare: Any) -> None:
    declared = declare(issuer="https://id.example.com", audience="photos")
    assert not of_type(declared, "aws:cognito/userPool:UserPool")
    (authorizer,) = of_type(declared, "aws:apigatewayv2/authorizer:Authorizer")
    assert authorizer.inputs["jwtConfiguration"] == {"issuer": "https://id.example.com", "audiences": ["photos"]}


def test_dev_and_prod_differ_in_what_matters(dev: Declared) -> None:
    prod = program.run("prod", Recorder())
    assert inputs(dev, "-originals").get("forceDestroy") is True
    assert not inputs(prod, "-originals").get("forceDestroy")
    assert inputs(prod, "-index")["deletionProtectionEnabled"]
    assert not inputs(dev, "-index").get("deletionProtectionEnabled")
    assert inputs(prod, "worker-log")["retentionInDays"] > inputs(dev, "worker-log")["retentionInDays"]
    assert inputs(prod, "-worker")["memorySize"] > inputs(dev, "-worker")["memorySize"]


def test_the_exports_are_what_a_user_needs_next(stack: Declared) -> None:
    wanted = {"gallery", "originals_bucket", "renditions_bucket", "index_table", "user_pool"}
    wanted |= {"events_topic", "alarms_topic", "dead_letters_queue", "upkeep", "version"}
    assert set(stack.exports) == wanted
    assert all(stack.exports.values())


def test_photos_wait_for_labels_only_where_rekognition_is_asked(dev: Declared, declare: Any) -> None:
    seeing = declare(rekognition=True, rekognitionMonthlyImages=70)
    assert not of_type(dev, "aws:scheduler/schedule:Schedule")
    (schedule,) = of_type(seeing, "aws:scheduler/schedule:Schedule")
    assert schedule.inputs["target"]["arn"] == named(seeing, "-labelling").outputs["arn"]
    functions = of_type(seeing, "aws:lambda/function:Function") + of_type(dev, "aws:lambda/function:Function")
    told = [function.inputs["environment"]["variables"] for function in functions]
    assert [variables.get(Variable.REKOGNITION_MONTHLY_IMAGES) for variables in told].count("70") == 1
    assert [Variable.REKOGNITION_MONTHLY_IMAGES in variables for variables in told].count(True) == 1


def test_an_image_that_is_built_already_takes_the_place_of_the_build(declare: Any) -> None:
    uri = f"123456789012.dkr.ecr.eu-west-1.amazonaws.com/functions@sha256:{'1' * 64}"
    declared = declare(imageUri=uri)
    assert {f.inputs["imageUri"] for f in of_type(declared, "aws:lambda/function:Function")} == {uri}
    assert not of_type(declared, "docker-build:index:Image")
    assert not of_type(declared, "aws:ecr/repository:Repository")


def test_a_gallery_that_cannot_be_built_is_named_without_a_stack_trace(
    declare: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise gallery.GalleryError("Install Node.js.")

    monkeypatch.setattr(gallery, "build", fail)
    with pytest.raises(pulumi.RunError, match=r"Install Node\.js\."):
        declare()
