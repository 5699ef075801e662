"""The function that draws PostScript is there where the stack asks for it, and then it reaches nothing."""

from typing import Any

import pytest

from function.contract.entrypoints import POSTSCRIPT_HANDLER
from function.contract.environment import Variable
from function.postscript.ghostscript import SECONDS
from infra.postscript import TIMEOUT_SECONDS
from local.stack.program import Declared
from tests.infra.conftest import inputs, named, of_type
from tests.infra.test_monitoring import alarms
from tests.infra.test_policies import allows, statements

LAMBDA = "aws:lambda/function:Function"
# A network, its parts, and who is let in and out: no gateway, no endpoint, no route.
NETWORK = {"Vpc", "Subnet", "SecurityGroup"}


@pytest.fixture(scope="module")
def drawing(declare: Any) -> Declared:
    declared: Declared = declare(postscript=True)
    return declared


def test_without_the_setting_there_is_nothing_of_it(stack: Declared) -> None:
    assert not [found for found in stack.resources if "postscript" in found.name or found.type.startswith("aws:ec2/")]
    assert Variable.POSTSCRIPT_FUNCTION not in inputs(stack, "-worker")["environment"]["variables"]
    assert not allows(stack, "worker", "lambda:InvokeFunction", "arn:aws:lambda:eu-west-1:1:function:any")
    assert not inputs(stack, "-functions-build").get("buildArgs")


def test_the_image_has_ghostscript_where_the_stack_asks_for_it(drawing: Declared) -> None:
    assert inputs(drawing, "-functions-build")["buildArgs"] == {"GHOSTSCRIPT": "with"}


def test_its_network_leads_nowhere(drawing: Declared) -> None:
    kinds = {found.type for found in drawing.resources if found.type.startswith("aws:ec2/")}
    assert {kind.rpartition(":")[2] for kind in kinds} == NETWORK
    network = named(drawing, "-postscript-network")
    assert not network.inputs["enableDnsSupport"]
    (group,) = of_type(drawing, "aws:ec2/securityGroup:SecurityGroup")
    assert (group.inputs["ingress"], group.inputs["egress"]) == ([], [])
    assert group.inputs["vpcId"] == network.outputs["id"]
    subnets = of_type(drawing, "aws:ec2/subnet:Subnet")
    assert {subnet.inputs["vpcId"] for subnet in subnets} == {network.outputs["id"]}
    assert len({subnet.inputs["availabilityZone"] for subnet in subnets}) == 2
    assert not any(subnet.inputs.get("mapPublicIpOnLaunch") for subnet in subnets)
    joined = inputs(drawing, "-postscript")["vpcConfig"]
    assert sorted(joined["subnetIds"]) == sorted(subnet.outputs["id"] for subnet in subnets)
    assert joined["securityGroupIds"] == [group.outputs["id"]]


def test_the_permissions_to_leave_the_network_outlive_what_is_in_it(drawing: Declared) -> None:
    permissions = named(drawing, "-postscript-permissions").name
    within = [named(drawing, ending) for ending in ("-subnet-0", "-subnet-1", "-postscript-nothing")]
    for resource in (*within, named(drawing, "-postscript")):
        assert permissions in resource.depends_on
    # The function is the first to go.
    assert {resource.name for resource in within} <= set(named(drawing, "-postscript").depends_on)


def test_it_alone_is_cut_off(drawing: Declared) -> None:
    cut_off = [found.inputs["imageConfig"] for found in of_type(drawing, LAMBDA) if "vpcConfig" in found.inputs]
    assert cut_off == [{"commands": [POSTSCRIPT_HANDLER]}]


def test_it_may_log_and_nothing_else_by_its_own_code(drawing: Declared) -> None:
    logging, wiring, denial = statements(drawing, "postscript")
    assert logging["Action"] == ["logs:CreateLogStream", "logs:PutLogEvents"]
    assert {action.split(":")[0] for action in wiring["Action"]} == {"ec2"}
    # Lambda itself sets up the network, in the function's name; a call of the code is marked with its function.
    assert denial == {**wiring, "Effect": "Deny", "Condition": {"Null": {"lambda:SourceFunctionArn": "false"}}}


def test_it_is_told_of_nothing(drawing: Declared) -> None:
    assert inputs(drawing, "-postscript")["environment"]["variables"] == {Variable.STACK: "dev"}


def test_the_worker_alone_may_call_it(drawing: Declared) -> None:
    function = named(drawing, "-postscript").outputs["arn"]
    assert inputs(drawing, "-worker")["environment"]["variables"][Variable.POSTSCRIPT_FUNCTION] == function
    for caller in ("worker", "api", "failures", "postscript"):
        assert allows(drawing, caller, "lambda:InvokeFunction", function) == (caller == "worker")
    assert not allows(drawing, "worker", "lambda:InvokeFunction", named(drawing, "-api").outputs["arn"])
    permitted = [found.inputs["function"] for found in of_type(drawing, "aws:lambda/permission:Permission")]
    assert named(drawing, "-postscript").outputs["name"] not in permitted


def test_it_has_longer_than_a_drawing_has(drawing: Declared) -> None:
    assert SECONDS < TIMEOUT_SECONDS == inputs(drawing, "-postscript")["timeout"]


def test_its_log_ends_and_its_errors_are_told(drawing: Declared) -> None:
    assert inputs(drawing, "-postscript-log")["retentionInDays"] == inputs(drawing, "-worker-log")["retentionInDays"]
    name = named(drawing, "-postscript").outputs["name"]
    assert {(name, "Errors"), (name, "Throttles")} <= set(alarms(drawing))
