"""Declares the function that renders PostScript: in a network without a way out, with a role without permissions."""

import pulumi
import pulumi_aws as aws

from function.contract.entrypoints import POSTSCRIPT_HANDLER
from infra import policies
from infra.function import Command, ImageFunction
from infra.image import Image
from infra.settings import Settings

# Rendering ends after twenty seconds; the rest is for the cold start.
MEMORY, TIMEOUT_SECONDS = 1024, 30
NETWORK, SUBNETS = "10.0.0.0/24", ("10.0.0.0/25", "10.0.0.128/25")
NO_LOCAL_ZONES = aws.GetAvailabilityZonesFilterArgs(name="opt-in-status", values=["opt-in-not-required"])
# Lambda does not support subnets in these availability zones.
ZONES_WITHOUT_LAMBDA = ("use1-az3", "usw1-az2")


class Postscript(pulumi.ComponentResource):
    """The function and its isolated VPC: no gateway, no endpoint, only the local route, no traffic in or out.

    Its concurrency is that of the workers, which wait for it; nothing else may invoke it.
    """

    def __init__(self, name: str, settings: Settings, image: Image, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("safelight:postscript:Postscript", name, None, opts)
        self._name, self._child_opts = name, pulumi.ResourceOptions(parent=self)
        self.function = ImageFunction(
            name,
            settings,
            image.uri,
            Command(POSTSCRIPT_HANDLER, MEMORY, TIMEOUT_SECONDS),
            statements=pulumi.Output.from_input(policies.isolated_vpc()),
            environment={},
            network=self._network,
            opts=self._child_opts,
        ).function
        self.register_outputs({})

    def _network(self, permissions: pulumi.Resource) -> aws.lambda_.FunctionVpcConfigArgs:
        # After the function is deleted, Lambda detaches from the network by these permissions, and neither a subnet nor
        # a security group can be deleted before that: so the permissions are deleted last.
        child_opts = pulumi.ResourceOptions(parent=self, depends_on=[permissions])
        network = aws.ec2.Vpc(
            f"{self._name}-network",
            cidr_block=NETWORK,
            enable_dns_support=False,  # a resolver would be a way out
            enable_dns_hostnames=False,
            opts=self._child_opts,
        )
        zones = aws.get_availability_zones_output(
            state="available", filters=[NO_LOCAL_ZONES], exclude_zone_ids=ZONES_WITHOUT_LAMBDA
        ).names
        subnets = [
            aws.ec2.Subnet(
                f"{self._name}-subnet-{place}",
                vpc_id=network.id,
                cidr_block=block,
                availability_zone=zones[place],
                # A new availability zone in the region must not replace the subnets.
                opts=pulumi.ResourceOptions.merge(
                    child_opts, pulumi.ResourceOptions(ignore_changes=["availabilityZone"])
                ),
            )
            for place, block in enumerate(SUBNETS)
        ]
        nothing = aws.ec2.SecurityGroup(
            f"{self._name}-nothing",
            description="Nothing in, nothing out",
            vpc_id=network.id,
            ingress=[],
            egress=[],
            opts=child_opts,
        )
        return aws.lambda_.FunctionVpcConfigArgs(
            subnet_ids=[subnet.id for subnet in subnets], security_group_ids=[nothing.id]
        )
