"""Asks a running emulator through boto3, which knows nothing of it, and compares every answer with the ground truth.

    /usr/bin/python3 boto3_check.py http://127.0.0.1:PORT FROM TO

FROM and TO are ISO 8601 times that lie at least ten minutes before the world's clock, on 5-minute boundaries.
The emulator has to deny eu-west-1. Prints one line a check; the exit status is 1 if one of them failed.
"""

import collections
import datetime
import json
import sys
import time
import urllib.parse
import urllib.request

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

URL, FROM, TO = sys.argv[1:4]
DENIED = "eu-west-1"
MAIN = "111122223333"
PAYMENTS = "444455556666"
ROLE = f"arn:aws:iam::{PAYMENTS}:role/nephoscope-read"
REGIONS = ["us-east-1", "us-west-2", "eu-central-1", "ap-southeast-1", "ap-northeast-1"]
failures = 0


def control(path, body=None):
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(URL + path, data=data)) as reply:
        return json.load(reply)


KEY = control("/_emulator/credentials")["aws"]
TRUTH = control(f"/_emulator/truth?{urllib.parse.urlencode({'from': FROM, 'to': TO})}")
MAIN_KEYS = {"aws_access_key_id": KEY["accessKeyId"], "aws_secret_access_key": KEY["secretAccessKey"]}


def client(service, region="us-east-1", keys=None):
    # boto3 counts the first attempt as a retry in no mode but this one: one attempt a call.
    config = Config(retries={"max_attempts": 0, "mode": "legacy"}, read_timeout=20)
    return boto3.client(service, region_name=region, endpoint_url=URL, config=config, **(keys or MAIN_KEYS))


def check(name, seen, expected):
    global failures
    if seen == expected:
        print(f"ok      {name}")
        return
    failures += 1
    print(f"FAILED  {name}\n  seen:     {str(seen)[:600]}\n  expected: {str(expected)[:600]}")


def pages(service, operation, key, **arguments):
    found, count = [], 0
    for page in service.get_paginator(operation).paginate(**arguments):
        found += page[key]
        count += 1
    return found, count


def truth(section, account=MAIN, **wanted):
    rows = [row for row in TRUTH[section] if row["account"] == account]
    return [row for row in rows if all(row[name] == value for name, value in wanted.items())]


def tags_of(items):
    return {item["Key"]: item["Value"] for item in items}


def iso(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


START, END = iso(FROM), iso(TO)
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)


def milliseconds(moment):
    return (moment - EPOCH) // datetime.timedelta(milliseconds=1)


def assume_role():
    reply = client("sts").assume_role(RoleArn=ROLE, RoleSessionName="boto3")["Credentials"]
    return {
        "aws_access_key_id": reply["AccessKeyId"],
        "aws_secret_access_key": reply["SecretAccessKey"],
        "aws_session_token": reply["SessionToken"],
    }


def identities():
    check("sts: who I am", client("sts").get_caller_identity()["Account"], MAIN)
    check("sts: whom I can be", client("sts", keys=assume_role()).get_caller_identity()["Account"], PAYMENTS)


def machines():
    regions = {region["RegionName"] for region in client("ec2").describe_regions()["Regions"]}
    check("ec2: enabled regions", regions, {*REGIONS, DENIED})
    for account, keys in ((MAIN, MAIN_KEYS), (PAYMENTS, assume_role())):
        for region in REGIONS:
            reservations, count = pages(client("ec2", region, keys), "describe_instances", "Reservations", PaginationConfig={"PageSize": 5})
            found = [instance for reservation in reservations for instance in reservation["Instances"]]
            expected = truth("resources", account, region=region, kind="virtual-machine")
            check(
                f"ec2: instances of {account} in {region} ({len(found)} on {count} pages)",
                {instance["InstanceId"]: (instance["State"]["Name"], tags_of(instance.get("Tags", []))) for instance in found},
                {row["id"]: (row["state"], row["tags"]) for row in expected},
            )
            monitored = {instance["InstanceId"] for instance in found if instance["Monitoring"]["State"] == "enabled"}
            check(f"ec2: detailed monitoring in {region}", monitored, {row["id"] for row in expected if row["monitoring"] == "detailed"})


def metrics():
    cloudwatch = client("cloudwatch")
    with_cpu = [row for row in truth("resources", region="us-east-1", kind="virtual-machine") if "cpu.utilization" in row["metrics"]]
    period = int((END - START).total_seconds())
    queries = [
        {
            "Id": f"m{index}",
            "MetricStat": {
                "Metric": {"Namespace": "AWS/EC2", "MetricName": "CPUUtilization", "Dimensions": [{"Name": "InstanceId", "Value": row["id"]}]},
                "Period": period,
                "Stat": statistic,
            },
        }
        for index, (row, statistic) in enumerate((row, statistic) for row in with_cpu for statistic in ("Average", "Maximum"))
    ]
    results, _ = pages(cloudwatch, "get_metric_data", "MetricDataResults", MetricDataQueries=queries[:500], StartTime=START, EndTime=END)
    seen = {result["Id"]: [round(value, 3) for value in result["Values"]] for result in results}
    expected = {f"m{index}": [round(row["metrics"]["cpu.utilization"][name], 3)] for index, (row, name) in enumerate((row, name) for row in with_cpu for name in ("avg", "max"))}
    check(f"cloudwatch: CPU of {len(with_cpu)} instances", seen, expected)
    row = with_cpu[0]
    dimensions = [{"Name": "InstanceId", "Value": row["id"]}]
    asked = {"Namespace": "AWS/EC2", "MetricName": "CPUUtilization", "Dimensions": dimensions, "StartTime": START, "EndTime": END, "Period": period}
    points = cloudwatch.get_metric_statistics(**asked, Statistics=["Average", "Minimum"])["Datapoints"]
    check(
        "cloudwatch: statistics of one",
        [(point["Timestamp"], round(point["Average"], 3), round(point["Minimum"], 3), point["Unit"]) for point in points],
        [(START, round(row["metrics"]["cpu.utilization"]["avg"], 3), round(row["metrics"]["cpu.utilization"]["min"], 3), "Percent")],
    )
    percentiles = cloudwatch.get_metric_statistics(**asked, ExtendedStatistics=["p50"])["Datapoints"]
    check("cloudwatch: percentiles of one", [list(point["ExtendedStatistics"]) for point in percentiles], [["p50"]])
    listed, _ = pages(cloudwatch, "list_metrics", "Metrics", Namespace="AWS/EC2", MetricName="CPUUtilization")
    check("cloudwatch: metrics", sorted(metric["Dimensions"][0]["Value"] for metric in listed), sorted(row["id"] for row in with_cpu))


def alarms():
    for region in REGIONS:
        cloudwatch = client("cloudwatch", region)
        found = []
        for page in cloudwatch.get_paginator("describe_alarms").paginate(AlarmTypes=["MetricAlarm", "CompositeAlarm"], PaginationConfig={"PageSize": 2}):
            found += page["MetricAlarms"] + page["CompositeAlarms"]
        states = {"ALARM": "alarm", "OK": "ok", "INSUFFICIENT_DATA": "insufficient-data"}
        check(
            f"cloudwatch: alarms in {region} ({len(found)})",
            {alarm["AlarmName"]: states[alarm["StateValue"]] for alarm in found},
            {row["name"]: row["state"] for row in truth("alarms", region=region)},
        )


def logs():
    service = client("logs")
    groups, _ = pages(service, "describe_log_groups", "logGroups", PaginationConfig={"PageSize": 3})
    names = [group["logGroupName"] for group in groups]
    expected = truth("logs", region="us-east-1")
    check("logs: groups of the lines are listed", {row["source"] for row in expected} - set(names), set())
    window = {"startTime": milliseconds(START), "endTime": milliseconds(END) - 1}
    for name in names:
        events, _ = pages(service, "filter_log_events", "events", logGroupName=name, **window, PaginationConfig={"PageSize": 4})
        check(
            f"logs: events of {name} ({len(events)})",
            [(event["timestamp"], json.loads(event["message"])["message"]) for event in events],
            [(row["timestampMs"], row["message"]) for row in expected if row["source"] == name],
        )
    errors, _ = pages(service, "filter_log_events", "events", logGroupName=names[0], filterPattern='{ $.level = "ERROR" }', **window)
    check("logs: errors by pattern", len(errors), len([row for row in expected if row["source"] == names[0] and row["severity"] == "error"]))
    query = service.start_query(
        logGroupNames=names,
        startTime=int(START.timestamp()),
        endTime=int(END.timestamp()) - 1,
        queryString="stats count(*) as n by service | sort service",
    )["queryId"]
    reply, polls = service.get_query_results(queryId=query), 1
    while reply["status"] in ("Scheduled", "Running") and polls < 20:
        time.sleep(0.02)
        reply, polls = service.get_query_results(queryId=query), polls + 1
    rows = [{field["field"]: field["value"] for field in row} for row in reply["results"]]
    last = milliseconds(END) - 1000
    counts = collections.Counter(row["service"] for row in expected if row["timestampMs"] <= last)
    check("logs: counts by query", {row["service"]: int(row["n"]) for row in rows}, dict(counts))


def traces():
    xray = client("xray")
    found, _ = pages(xray, "get_trace_summaries", "TraceSummaries", StartTime=START, EndTime=END)
    expected = truth("traces", region="us-east-1")
    check(
        f"xray: traces ({len(found)})",
        {trace["Id"]: (round(trace["Duration"] * 1000), trace["EntryPoint"]["Name"], f"{trace['Http']['HttpMethod']} {urllib.parse.urlparse(trace['Http']['HttpURL']).path}") for trace in found},
        {row["id"]: (row["durationMs"], row["service"], row["operation"]) for row in expected},
    )
    ids = [trace["Id"] for trace in found[:5]]
    check("xray: whole traces", {trace["Id"] for trace in xray.batch_get_traces(TraceIds=ids)["Traces"]}, set(ids))
    services, _ = pages(xray, "get_service_graph", "Services", StartTime=START, EndTime=END)
    requests = sum(edge["SummaryStatistics"]["TotalCount"] for node in services if node["Type"] == "client" for edge in node["Edges"])
    check("xray: requests in the service graph", requests, len(expected))


def databases_functions_balancers():
    for region in REGIONS:
        databases, _ = pages(client("rds", region), "describe_db_instances", "DBInstances", PaginationConfig={"PageSize": 20})
        check(
            f"rds: databases in {region} ({len(databases)})",
            {item["DBInstanceIdentifier"]: (item["DBInstanceStatus"], tags_of(item["TagList"])) for item in databases},
            {row["id"]: (row["state"], row["tags"]) for row in truth("resources", region=region, kind="database")},
        )
        service = client("lambda", region)
        functions, _ = pages(service, "list_functions", "Functions", PaginationConfig={"PageSize": 2})
        check(
            f"lambda: functions in {region} ({len(functions)})",
            {item["FunctionName"]: service.list_tags(Resource=item["FunctionArn"])["Tags"] for item in functions},
            {row["id"]: row["tags"] for row in truth("resources", region=region, kind="function")},
        )
        service = client("elbv2", region)
        balancers, _ = pages(service, "describe_load_balancers", "LoadBalancers", PaginationConfig={"PageSize": 1})
        arns = [item["LoadBalancerArn"] for item in balancers]
        descriptions = service.describe_tags(ResourceArns=arns)["TagDescriptions"] if arns else []
        check(
            f"elbv2: load balancers in {region} ({len(balancers)})",
            {item["ResourceArn"]: tags_of(item["Tags"]) for item in descriptions},
            {row["id"]: row["tags"] for row in truth("resources", region=region, kind="load-balancer")},
        )
        groups, _ = pages(service, "describe_target_groups", "TargetGroups", PaginationConfig={"PageSize": 1})
        check(f"elbv2: target groups in {region}", sorted(arn for group in groups for arn in group["LoadBalancerArns"]), sorted(arns))


def records(kind, account=MAIN, **wanted):
    return truth("records", account, type=kind, **wanted)


def storage_and_networks():
    for region in REGIONS:
        service = client("ec2", region)
        volumes, count = pages(service, "describe_volumes", "Volumes", PaginationConfig={"PageSize": 50})
        check(
            f"ec2: volumes in {region} ({len(volumes)} on {count} pages)",
            {item["VolumeId"]: (item["Size"], item["VolumeType"], item["Encrypted"], item["State"], milliseconds(item["CreateTime"]), tags_of(item.get("Tags", []))) for item in volumes},
            {row["id"]: tuple(row["attributes"][name] for name in ("sizeGib", "diskType", "encrypted", "state", "createdMs", "tags")) for row in records("disk", region=region)},
        )
        snapshots, _ = pages(service, "describe_snapshots", "Snapshots", OwnerIds=["self"], PaginationConfig={"PageSize": 40})
        check(
            f"ec2: snapshots in {region} ({len(snapshots)})",
            {item["SnapshotId"]: (item["VolumeId"], item["State"], item["VolumeSize"]) for item in snapshots},
            {row["id"]: tuple(row["attributes"][name] for name in ("sourceDisk", "state", "sizeGib")) for row in records("snapshot", region=region)},
        )
        groups, _ = pages(service, "describe_security_groups", "SecurityGroups", PaginationConfig={"PageSize": 5})
        open_ports = {
            group["GroupId"]: [rule["FromPort"] for rule in group["IpPermissions"] if any(cidr["CidrIp"] == "0.0.0.0/0" for cidr in rule["IpRanges"])]
            for group in groups
        }
        expected = records("security-group", region=region)
        check(f"ec2: security groups in {region}", open_ports, {row["id"]: row["attributes"]["openPortsToWorld"] for row in expected})


def dashboards_and_history():
    cloudwatch = client("cloudwatch")
    entries, _ = pages(cloudwatch, "list_dashboards", "DashboardEntries")
    bodies = {entry["DashboardName"]: cloudwatch.get_dashboard(DashboardName=entry["DashboardName"])["DashboardBody"] for entry in entries}
    check("cloudwatch: dashboards", bodies, {row["name"]: row["attributes"]["body"] for row in records("dashboard", region="global")})
    items, _ = pages(cloudwatch, "describe_alarm_history", "AlarmHistoryItems", AlarmTypes=["MetricAlarm", "CompositeAlarm"], PaginationConfig={"PageSize": 9})
    check(
        "cloudwatch: alarm history",
        [(item["AlarmName"], item["HistoryItemType"], milliseconds(item["Timestamp"])) for item in items],
        [(row["name"], row["attributes"]["itemType"], row["attributes"]["timestampMs"]) for row in records("alarm-history", region="us-east-1")],
    )


def filters_quotas_secrets():
    service = client("logs")
    filters, _ = pages(service, "describe_metric_filters", "metricFilters", PaginationConfig={"PageSize": 2})
    expected = {f"{row['attributes']['logGroup']}/{row['name']}" for row in records("metric-filter", region="us-east-1")}
    check("logs: metric filters", {f"{item['logGroupName']}/{item['filterName']}" for item in filters}, expected)
    groups = [row["name"] for row in records("log-group", region="us-east-1")]
    found = [item["filterName"] for name in groups for item in pages(service, "describe_subscription_filters", "subscriptionFilters", logGroupName=name)[0]]
    check("logs: subscription filters", sorted(found), sorted(row["name"] for row in records("subscription-filter", region="us-east-1")))
    quotas, _ = pages(client("service-quotas"), "list_service_quotas", "Quotas", ServiceCode="ec2", PaginationConfig={"PageSize": 2})
    expected = {row["id"]: row["attributes"]["value"] for row in records("quota", region="us-east-1") if row["attributes"]["service"] == "ec2"}
    check("service-quotas: quotas", {f"ec2/{item['QuotaCode']}": item["Value"] for item in quotas}, expected)
    secrets, _ = pages(client("secretsmanager"), "list_secrets", "SecretList", PaginationConfig={"PageSize": 3})
    expected = records("secret", region="us-east-1")
    check("secretsmanager: secrets", {item["ARN"]: tags_of(item["Tags"]) for item in secrets}, {row["id"]: row["attributes"]["tags"] for row in expected})
    value = client("secretsmanager").get_secret_value(SecretId=secrets[0]["Name"])
    check("secretsmanager: a value", (value["ARN"], "emulated-secret-" in value["SecretString"]), (secrets[0]["ARN"], True))


def writes():
    global TRUTH
    row = truth("resources", region="us-east-1", kind="virtual-machine", state="running")[0]
    change = client("ec2").stop_instances(InstanceIds=[row["id"]])["StoppingInstances"][0]
    check("ec2: stops an instance", (change["PreviousState"]["Name"], change["CurrentState"]["Name"]), ("running", "stopping"))
    check("logs: sets a retention", client("logs").put_retention_policy(logGroupName="/app/auth", retentionInDays=1)["ResponseMetadata"]["HTTPStatusCode"], 200)
    client("cloudwatch").delete_dashboards(DashboardNames=["fleet-cpu"])
    TRUTH = control(f"/_emulator/truth?{urllib.parse.urlencode({'from': FROM, 'to': TO})}")
    check("ec2: it has stopped", [one["state"] for one in truth("resources", id=row["id"])], ["stopped"])
    check("logs: retention in the truth", [one["attributes"]["retentionDays"] for one in records("log-group", region="us-east-1", name="/app/auth")], [1])
    check("cloudwatch: the dashboard is gone", records("dashboard", name="fleet-cpu"), [])
    check("cloudwatch: and not found", code_of(client("cloudwatch"), "get_dashboard", {"DashboardName": "fleet-cpu"}), "ResourceNotFound")


CALLS = {
    "ec2": ("describe_instances", "DescribeInstances", {}),
    "cloudwatch": ("list_metrics", "ListMetrics", {}),
    "logs": ("describe_log_groups", "DescribeLogGroups", {}),
    "xray": ("get_trace_summaries", "GetTraceSummaries", {"StartTime": START, "EndTime": END}),
    "rds": ("describe_db_instances", "DescribeDBInstances", {}),
    "lambda": ("list_functions", "ListFunctions", {}),
    "elbv2": ("describe_load_balancers", "DescribeLoadBalancers", {}),
    "sts": ("get_caller_identity", "GetCallerIdentity", {}),
    "service-quotas": ("list_service_quotas", "ListServiceQuotas", {"ServiceCode": "ec2"}),
    "secretsmanager": ("list_secrets", "ListSecrets", {}),
}
# What each service says to: too many calls, a wrong secret, a denied region.
CODES = {
    "ec2": ("RequestLimitExceeded", "AuthFailure", "UnauthorizedOperation"),
    "cloudwatch": ("Throttling", "SignatureDoesNotMatch", "AccessDenied"),
    "logs": ("ThrottlingException", "InvalidSignatureException", "AccessDeniedException"),
    "xray": ("ThrottledException", "InvalidSignatureException", "AccessDeniedException"),
    "rds": ("Throttling", "SignatureDoesNotMatch", "AccessDenied"),
    "lambda": ("TooManyRequestsException", "InvalidSignatureException", "AccessDeniedException"),
    "elbv2": ("Throttling", "SignatureDoesNotMatch", "AccessDenied"),
    "sts": ("Throttling", "SignatureDoesNotMatch", None),
    "service-quotas": ("TooManyRequestsException", "InvalidSignatureException", "AccessDeniedException"),
    "secretsmanager": ("ThrottlingException", "InvalidSignatureException", "AccessDeniedException"),
}


def code_of(service, call, arguments):
    try:
        getattr(service, call)(**arguments)
    except ClientError as error:
        return error.response["Error"]["Code"]
    return None


def refusals():
    wrong = {**MAIN_KEYS, "aws_secret_access_key": "not-the-secret"}
    for name, (call, operation, arguments) in CALLS.items():
        throttled, mismatch, denied = CODES[name]
        check(f"{name}: wrong signature", code_of(client(name, keys=wrong), call, arguments), mismatch)
        check(f"{name}: denied region", code_of(client(name, DENIED), call, arguments), denied)
        control("/_emulator/faults", {"faults": [f"aws:{operation}:throttle:1"], "deny": [f"aws:{DENIED}"]})
        check(f"{name}: throttled", code_of(client(name), call, arguments), throttled)
        check(f"{name}: not any more", code_of(client(name), call, arguments), None)


PARTS = (
    identities,
    machines,
    metrics,
    alarms,
    logs,
    traces,
    databases_functions_balancers,
    storage_and_networks,
    dashboards_and_history,
    filters_quotas_secrets,
    refusals,
    writes,
)
for part in PARTS:
    try:
        part()
    except Exception as error:  # pylint: disable=broad-except
        failures += 1
        print(f"FAILED  {part.__name__}: {type(error).__name__}: {error}")
sys.exit(1 if failures else 0)
