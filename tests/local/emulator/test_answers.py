"""What the embedded AWS answers to clients that read back all that they have declared, as Terraform's provider does."""

import urllib.parse
import urllib.request
from collections.abc import Iterator
from xml.etree import ElementTree

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials as Keys

from local.emulator import credentials
from local.emulator.clients import Aws
from local.emulator.process import free_port, run_emulator

ALARM = {
    "AlarmName": "late",
    "AlarmDescription": "Later than <allowed> & seen",
    "Namespace": "AWS/SQS",
    "MetricName": "Age",
    "Statistic": "Maximum",
    "Period": "300",
    "EvaluationPeriods": "1",
    "Threshold": "2.5",
    "ComparisonOperator": "GreaterThanThreshold",
    "TreatMissingData": "notBreaching",
    "Dimensions.member.1.Name": "QueueName",
    "Dimensions.member.1.Value": "intake",
    "AlarmActions.member.1": "arn:aws:sns:eu-west-1:000000000000:alarms",
}


@pytest.fixture(scope="module")
def aws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Aws]:
    folder = tmp_path_factory.mktemp("embedded")
    with run_emulator(folder, "eu-west-1", credentials.ensure(folder), free_port()) as running:
        yield running.aws


def queried(aws: Aws, **parameters: str) -> ElementTree.Element:
    """Call CloudWatch by the query protocol, which boto3 has given up."""
    body = urllib.parse.urlencode({"Version": "2010-08-01", **parameters})
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    request = AWSRequest("POST", f"{aws.endpoint}/", headers=headers, data=body)
    SigV4Auth(Keys(aws.access_key, aws.secret_key), "monitoring", aws.region).add_auth(request)
    sent = urllib.request.Request(f"{aws.endpoint}/", body.encode(), dict(request.headers))
    with urllib.request.urlopen(sent) as response:
        text = response.read().decode()
    return ElementTree.fromstring(text.replace('xmlns="http://monitoring.amazonaws.com/doc/2010-08-01/"', ""))


def test_an_alarm_comes_back_as_it_was_declared(aws: Aws) -> None:
    queried(aws, Action="PutMetricAlarm", **ALARM)
    queried(aws, Action="PutMetricAlarm", **{**ALARM, "AlarmName": "other"})
    described = queried(aws, Action="DescribeAlarms", **{"AlarmNames.member.1": "late"})
    (alarm,) = described.findall("DescribeAlarmsResult/MetricAlarms/member")
    plain = {name: value for name, value in ALARM.items() if ".member." not in name}
    assert {name: alarm.findtext(name) for name in plain} == plain
    assert alarm.findtext("ActionsEnabled") == "true"
    assert alarm.findtext("Dimensions/member/Name") == "QueueName"
    assert alarm.findtext("Dimensions/member/Value") == "intake"
    assert alarm.findtext("AlarmActions/member") == ALARM["AlarmActions.member.1"]
    assert "T" in str(alarm.findtext("StateUpdatedTimestamp"))


def test_an_authorizer_of_tokens_has_no_settings_of_a_function(aws: Aws) -> None:
    client = aws.client("apigatewayv2")
    api = client.create_api(Name="photos", ProtocolType="HTTP")["ApiId"]
    jwt = {"Issuer": "https://id.example.com", "Audience": ["photos"]}
    made = client.create_authorizer(
        ApiId=api,
        Name="token",
        AuthorizerType="JWT",
        IdentitySource=["$request.header.Authorization"],
        JwtConfiguration=jwt,
    )
    found = client.get_authorizer(ApiId=api, AuthorizerId=made["AuthorizerId"])
    assert found["JwtConfiguration"] == jwt
    for answer in (made, found, *client.get_authorizers(ApiId=api)["Items"]):
        assert not answer.keys() & {"AuthorizerPayloadFormatVersion", "AuthorizerResultTtlInSeconds"}
