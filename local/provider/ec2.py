"""Creates networks; the embedded AWS only stores them, so a function's traffic is not restricted here."""

from typing import Any

from local.emulator.clients import Aws, pascal, pick
from local.provider.result import Result


def vpc(aws: Aws, _name: str, inputs: dict[str, Any]) -> Result:
    """Create a VPC."""
    identifier = aws.client("ec2").create_vpc(CidrBlock=inputs["cidrBlock"])["Vpc"]["VpcId"]
    for setting in ("enableDnsSupport", "enableDnsHostnames"):
        aws.client("ec2").modify_vpc_attribute(VpcId=identifier, **pascal({setting: {"value": inputs[setting]}}))
    return identifier, {}


def subnet(aws: Aws, _name: str, inputs: dict[str, Any]) -> Result:
    """Create a subnet in one availability zone."""
    created = aws.client("ec2").create_subnet(**pick(inputs, "vpcId", "cidrBlock", "availabilityZone"))["Subnet"]
    return created["SubnetId"], {}


def security_group(aws: Aws, name: str, inputs: dict[str, Any]) -> Result:
    """Create a security group, without the egress rule that AWS adds by default, as Pulumi does."""
    client = aws.client("ec2")
    group = client.create_security_group(GroupName=name, **pick(inputs, "description", "vpcId"))["GroupId"]
    (found,) = client.describe_security_groups(GroupIds=[group])["SecurityGroups"]
    client.revoke_security_group_egress(GroupId=group, IpPermissions=found["IpPermissionsEgress"])
    return group, {}


def zones(aws: Aws, arguments: dict[str, Any]) -> dict[str, Any]:
    """Return the names of the region's availability zones, without the excluded ones."""
    found = aws.client("ec2").describe_availability_zones()["AvailabilityZones"]
    return {"names": [zone["ZoneName"] for zone in found if zone["ZoneId"] not in arguments["excludeZoneIds"]]}
