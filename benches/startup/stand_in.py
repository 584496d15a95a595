"""AWS and the Lambda Runtime API on loopback, as little of them as the functions use. Keeps no state on disk."""

import bisect
import json
import queue
import threading
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Table:
    """DynamoDB: conditional puts, reads by key, and a partition in its order."""

    def __init__(self):
        self.items = {}
        self.partitions = {}
        self.lock = threading.Lock()

    def put(self, put):
        item = put["Item"]
        key = (item["PK"]["S"], item["SK"]["S"])
        condition = put.get("ConditionExpression")
        known = self.items.get(key)
        if condition == "attribute_not_exists(PK)" and known is not None:
            return False
        if condition == "v = :v" and (known is None or known["v"] != put["ExpressionAttributeValues"][":v"]):
            return False
        if known is None:
            bisect.insort(self.partitions.setdefault(key[0], []), key[1])
        self.items[key] = item
        return True

    def query(self, body):
        values = {name: value["S"] for name, value in body["ExpressionAttributeValues"].items()}
        order = self.partitions.get(values[":pk"], [])
        if ":prefix" in values:
            start, end = values[":prefix"], values[":prefix"] + "\uffff"
        else:
            start, end = values[":from"], values[":to"]
        first, last = bisect.bisect_left(order, start), bisect.bisect_right(order, end)
        if "ExclusiveStartKey" in body:
            first = max(first, bisect.bisect_right(order, body["ExclusiveStartKey"]["SK"]["S"]))
        found, size, limit, wanted = [], 0, body.get("Limit", 1 << 30), body.get("ProjectionExpression")
        chosen = order[first:last]
        for sk in chosen if body.get("ScanIndexForward", True) else reversed(chosen):
            item = self.item((values[":pk"], sk))
            found.append({wanted: item[wanted]} if wanted else item)
            size += sum(len(name) + len(next(iter(value.values()))) for name, value in item.items())
            if size >= 1 << 20 or len(found) >= limit:
                return {"Items": found, "LastEvaluatedKey": {"PK": item["PK"], "SK": item["SK"]}}
        return {"Items": found}

    def item(self, key):
        """Of a rush of looks only the keys are kept."""
        look = {"PK": {"S": key[0]}, "SK": {"S": key[1]}, "v": {"N": "1"}, "d": {"S": "null"}, "ttl": {"N": "1800000000"}}
        return self.items.get(key, look)

    def act(self, action, body):
        with self.lock:
            if action == "GetItem":
                item = self.items.get((body["Key"]["PK"]["S"], body["Key"]["SK"]["S"]))
                return 200, {"Item": item} if item else {}
            if action == "BatchGetItem":
                [(name, asked)] = body["RequestItems"].items()
                found = [self.items.get((key["PK"]["S"], key["SK"]["S"])) for key in asked["Keys"]]
                return 200, {"Responses": {name: [item for item in found if item]}, "UnprocessedKeys": {}}
            if action == "BatchExecuteStatement":
                done = [self.put(statement(one)) for one in body["Statements"]]
                return 200, {"Responses": [{} if well else {"Error": {"Code": "DuplicateItem"}} for well in done]}
            if action == "PutItem":
                return (200, {}) if self.put(body) else refusal("ConditionalCheckFailedException")
            if action == "TransactWriteItems":
                return (200, {}) if all([self.put(part["Put"]) for part in body["TransactItems"]]) else refusal(
                    "TransactionCanceledException")
            if action == "Query":
                return 200, self.query(body)
            if action == "Scan":
                return 200, {"Items": [item for item in self.items.values() if item["SK"]["S"] == "PROFILE"]}
        raise ValueError(action)


def statement(one):
    """The put that a statement stands for."""
    values = one["Parameters"]
    if one["Statement"].startswith("INSERT"):
        item = dict(zip(("PK", "SK", "v", "d", "ttl"), values))
        return {"Item": item, "ConditionExpression": "attribute_not_exists(PK)"}
    version, document, *ttl, pk, sk, known = values
    item = {"PK": pk, "SK": sk, "v": version, "d": document} | ({"ttl": ttl[0]} if ttl else {})
    return {"Item": item, "ConditionExpression": "v = :v",
            "ExpressionAttributeValues": {":v": known}}


def refusal(kind):
    return 400, {"__type": "com.amazonaws.dynamodb.v20120810#" + kind, "message": "refused"}


class Account:
    """Everything that is called."""

    def __init__(self, secret):
        self.table, self.secret = Table(), secret
        self.calls, self.mails, self.messages, self.last_mail = {}, 0, 0, {}

    def act(self, target, body):
        service, _, action = target.partition(".") if target else ("SES", "", "SendRawEmail")
        self.calls[action] = self.calls.get(action, 0) + 1
        if service.startswith("DynamoDB"):
            return self.table.act(action, json.loads(body))
        if service == "AmazonSSM":
            names = json.loads(body)["Names"]
            return 200, {"Parameters": [{"Name": name, "Value": self.secret} for name in names]}
        if service == "AmazonSQS":
            entries = json.loads(body).get("Entries", [])
            self.messages += len(entries)
            sent = [{"Id": one["Id"], "MessageId": "m", "MD5OfMessageBody": "0"} for one in entries]
            return 200, {"Successful": sent, "Failed": [], "MessageId": "m", "MD5OfMessageBody": "0"}
        self.mails, self.last_mail = self.mails + 1, urllib.parse.parse_qs(body.decode())
        return 200, ("<SendRawEmailResponse xmlns='http://ses.amazonaws.com/doc/2010-12-01/'><SendRawEmailResult>"
                     f"<MessageId>0107-{self.mails}</MessageId></SendRawEmailResult></SendRawEmailResponse>")


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, *_):
        pass

    def answer(self, status, body, headers=()):
        data = body.encode() if isinstance(body, str) else json.dumps(body).encode()
        self.send_response_only(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("content-type", "text/xml" if isinstance(body, str) else "application/x-amz-json-1.0")
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def body(self):
        return self.rfile.read(int(self.headers.get("content-length", 0)))

    def do_POST(self):
        self.server.on_post(self)

    def do_GET(self):
        self.server.on_get(self)


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def address(self):
        return f"127.0.0.1:{self.server_port}"


class Aws(Server):
    def __init__(self, account):
        self.account = account
        super().__init__()

    def on_post(self, request):
        request.answer(*self.account.act(request.headers.get("x-amz-target"), request.body()))


class Runtime(Server):
    """The Runtime API of one function's process: what it is to work on next, and what it answered."""

    def __init__(self):
        self.waiting, self.asked, self.answers = queue.Queue(), queue.Queue(), queue.Queue()
        super().__init__()

    def on_get(self, request):
        self.asked.put("next")
        number, event = self.waiting.get()
        request.answer(200, event, [
            ("lambda-runtime-aws-request-id", f"00000000-0000-4000-8000-{number:012d}"),
            ("lambda-runtime-deadline-ms", "4000000000000"),
            ("lambda-runtime-invoked-function-arn", "arn:aws:lambda:eu-central-1:000000000000:function:f"),
        ])

    def on_post(self, request):
        answer = (urllib.parse.urlparse(request.path).path.rsplit("/", 1)[-1], request.body())
        request.answer(202, {})
        self.answers.put(answer)
