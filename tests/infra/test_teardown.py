"""What goes with the stack, what stays, and what no change of the program may touch."""

import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from local.stack import program
from local.stack.program import Declared
from local.stack.recorder import Recorder
from tests.infra.conftest import EVERYTHING, inputs, of_type

ROOT = Path(__file__).parent.parent.parent
STATEFUL = (
    "aws:s3/bucket:Bucket",
    "aws:dynamodb/table:Table",
    "aws:cognito/userPool:UserPool",
    "aws:cognito/userPoolClient:UserPoolClient",
)
# As they were first released: a stack that is in use has these. Pulumi knows a resource by its URN: under another one
# it would make a new resource and delete this one. A change of an argument here makes AWS do the same.
RELEASED: dict[str, dict[str, Any]] = {
    "safelight:storage:Storage$safelight:storage:PrivateBucket$aws:s3/bucket:Bucket::safelight-STACK-originals": {},
    "safelight:storage:Storage$safelight:storage:PrivateBucket$aws:s3/bucket:Bucket::safelight-STACK-renditions": {},
    "safelight:index:Index$aws:dynamodb/table:Table::safelight-STACK-index": {"hashKey": "pk", "rangeKey": "sk"},
    "safelight:sign_in:Users$aws:cognito/userPool:UserPool::safelight-STACK-users": {"aliasAttributes": ["email"]},
    "safelight:sign_in:Users$aws:cognito/userPoolClient:UserPoolClient::safelight-STACK-users-gallery": {
        "generateSecret": False
    },
}
REPLACING = {
    "aws:s3/bucket:Bucket": {"bucket", "bucketPrefix", "bucketNamespace", "objectLockEnabled", "region"},
    "aws:dynamodb/table:Table": {"name", "hashKey", "rangeKey", "localSecondaryIndexes", "importTable", "region"},
    "aws:cognito/userPool:UserPool": {"aliasAttributes", "usernameAttributes", "usernameConfiguration", "region"},
    "aws:cognito/userPoolClient:UserPoolClient": {"generateSecret", "region"},
}
ADOPTIONS = {
    "adoptOriginals": ("-originals", "bucket"),
    "adoptRenditions": ("-renditions", "bucket"),
    "adoptIndex": ("-index", "name"),
}


def protected(declared: Declared) -> set[str]:
    return {resource.name for resource in declared.resources if resource.protected}


def test_no_change_replaces_what_holds_photos_and_users(stack: Declared) -> None:
    name = stack.exports["originals_bucket"].split("-")[1]
    held = {
        resource.urn.replace(f"-{name}-", "-STACK-"): {
            argument: value for argument, value in resource.inputs.items() if argument in REPLACING[resource.type]
        }
        for resource in stack.resources
        if resource.type in STATEFUL
    }
    assert held == RELEASED


def test_by_default_pulumi_refuses_to_delete_what_holds_photos_and_users() -> None:
    prod = program.run("prod", Recorder())
    for token in STATEFUL:
        assert {resource.name for resource in of_type(prod, token)} <= protected(prod)


def test_what_keeps_a_bucket_private_and_versioned_stays_with_it() -> None:
    prod = program.run("prod", Recorder())
    buckets = {bucket.outputs["id"] for bucket in of_type(prod, "aws:s3/bucket:Bucket")}
    settings = [resource for resource in prod.resources if resource.inputs.get("bucket") in buckets]
    assert len(settings) == 11
    # The notification goes with the queue that it tells.
    assert {resource.type for resource in settings if not resource.protected} == {
        "aws:s3/bucketNotification:BucketNotification"
    }


def test_what_can_be_made_again_is_not_protected() -> None:
    prod = program.run("prod", Recorder())
    unprotected = {resource.type for resource in prod.resources if not resource.protected}
    assert {"aws:lambda/function:Function", "aws:ecr/repository:Repository", "aws:sqs/queue:Queue"} <= unprotected


def test_one_flag_lets_everything_go_with_every_version_of_every_photo() -> None:
    declared = program.run("prod", Recorder(), changes={"safelight:forceDestroy": True})
    assert not protected(declared)
    assert all(bucket.inputs["forceDestroy"] for bucket in of_type(declared, "aws:s3/bucket:Bucket"))
    assert not inputs(declared, "-index")["deletionProtectionEnabled"]
    assert inputs(declared, "-users")["deletionProtection"] == "INACTIVE"


def test_a_dev_stack_goes_without_further_ado(dev: Declared) -> None:
    assert not protected(dev)
    assert all(bucket.inputs["forceDestroy"] for bucket in of_type(dev, "aws:s3/bucket:Bucket"))
    assert not inputs(dev, "-index")["deletionProtectionEnabled"]
    assert inputs(dev, "-users")["deletionProtection"] == "INACTIVE"


def test_images_do_not_keep_the_repository(stack: Declared) -> None:
    assert all(repository.inputs["forceDelete"] for repository in of_type(stack, "aws:ecr/repository:Repository"))


@pytest.mark.parametrize("setting", ADOPTIONS)
def test_what_a_stack_left_is_adopted_under_its_name_and_nothing_else_is(declare: Any, setting: str) -> None:
    ending, argument = ADOPTIONS[setting]
    declared = declare(**{setting: "left-behind"})
    adopted = {resource.name: resource for resource in declared.resources if resource.adopted}
    assert [name.endswith(ending) for name in adopted] == [True]
    (resource,) = adopted.values()
    assert resource.adopted == resource.inputs[argument] == "left-behind"


def test_nothing_is_adopted_unasked(stack: Declared) -> None:
    assert not [resource.name for resource in stack.resources if resource.adopted]


def test_where_pulumi_refuses_a_person_is_told_which_flag_would_do_it(tmp_path: Path) -> None:
    refuses = tmp_path / "pulumi"
    refuses.write_text("#!/bin/sh\nexit 255\n")
    refuses.chmod(0o755)
    path = f"{tmp_path}:{os.environ['PATH']}"
    told = subprocess.run(
        ["make", "teardown", "STACK=prod"], cwd=ROOT, env={"PATH": path}, capture_output=True, text=True, check=False
    )
    assert told.returncode != 0
    assert "pulumi config set --stack prod safelight:forceDestroy true" in told.stdout
    assert "pulumi destroy --stack prod --exclude-protected" in told.stdout


def test_two_stacks_in_one_account_do_not_touch() -> None:
    dev, prod = (program.run(name, Recorder(), changes=EVERYTHING) for name in ("dev", "prod"))
    assert not {resource.urn for resource in dev.resources} & {resource.urn for resource in prod.resources}
    assert not named_in(dev) & named_in(prod)


def named_in(declared: Declared) -> set[str]:
    """What the resources are called in AWS, and every ARN that they name."""
    names = {
        str(r.outputs[key]) for r in declared.resources for key in ("id", "arn", "dashboardName") if key in r.outputs
    }
    texts = " ".join(str(dict(resource.inputs)) for resource in declared.resources)
    # Services themselves have ARNs too, without an account: those are shared by all the world.
    return names | {arn for arn in re.findall(r"arn:aws:[^\s\"'\\,*]+", texts) if ":::" not in arn or ":s3:::" in arn}
