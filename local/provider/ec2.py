"""Networks: the embedded AWS keeps what is declared of them; what a function reaches here is this machine's own."""

from typing import Any

from local.emulator.clients import Aws, chosen, pascal

Made = tuple[str, dict[str, Any]]


def vpc(aws: Aws, _name: str, inputs: dict[str, Any]) -> Made:
    """A network, from which no way leads out."""
    identifier = aws.client("ec2").create_vpc(CidrBlock=inputs["cidrBlock"])["Vpc"]["VpcId"]
    for setting in ("enableDnsSupport", "enableDnsHostnames"):
        aws.client("ec2").modify_vpc_attribute(VpcId=identifier, **pascal({setting: {"value": inputs[setting]}}))
    return identifier, {}


def subnet(aws: Aws, _name: str, inputs: dict[str, Any]) -> Made:
    """A part of a network, in one zone."""
    made = aws.client("ec2").create_subnet(**chosen(inputs, "vpcId", "cidrBlock", "availabilityZone"))["Subnet"]
    return made["SubnetId"], {}


def security_group(aws: Aws, name: str, inputs: dict[str, Any]) -> Made:
    """Who is let in and out of what is in the group: nobody, as Pulumi takes away what AWS allows by itself."""
    client = aws.client("ec2")
    group = client.create_security_group(GroupName=name, **chosen(inputs, "description", "vpcId"))["GroupId"]
    (found,) = client.describe_security_groups(GroupIds=[group])["SecurityGroups"]
    client.revoke_security_group_egress(GroupId=group, IpPermissions=found["IpPermissionsEgress"])
    return group, {}


def zones(aws: Aws, arguments: dict[str, Any]) -> dict[str, Any]:
    """The names of the region's zones, but for those that are not wanted."""
    found = aws.client("ec2").describe_availability_zones()["AvailabilityZones"]
    return {"names": [zone["ZoneName"] for zone in found if zone["ZoneId"] not in arguments["excludeZoneIds"]]}
