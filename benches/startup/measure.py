#!/usr/bin/env python3
"""Processor time, wall time and memory of the real bootstraps, against the Lambda Runtime API and AWS on loopback.

    ./tests/run build
    benches/startup/measure.py --bootstraps .aws-sam/build [--starts 20] [--rush 100000]

Prints; judges nothing. The processor time is the kernel's own count of the process's threads (/proc/PID/schedstat).
What is left out, because loopback speaks plain HTTP: the TLS handshake with AWS. The clients are built with TLS all the
same, so reading the certificates is in the figures.
"""

import argparse
import base64
import email
import hashlib
import hmac
import json
import os
import re
import statistics
import subprocess
import time

from stand_in import Account, Aws, Runtime

SECRET = "whsec_c3RhcnQtdXAgaXMgbWVhc3VyZWQgd2l0aCB0aGlzIGtleQ=="
DAY = 86_400


class Process:
    """One function's process, from its start."""

    def __init__(self, folder, name, aws):
        self.runtime, self.number, endpoint = Runtime(), 0, aws.address
        environment = {
            "AWS_LAMBDA_RUNTIME_API": self.runtime.address, "AWS_LAMBDA_FUNCTION_NAME": name,
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "256", "AWS_LAMBDA_FUNCTION_VERSION": "1",
            "AWS_LAMBDA_LOG_STREAM_NAME": "s", "AWS_LAMBDA_LOG_GROUP_NAME": "g", "AWS_LAMBDA_LOG_LEVEL": "WARN",
            "AWS_LAMBDA_LOG_FORMAT": "JSON", "AWS_REGION": "eu-central-1", "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE",
            "AWS_SECRET_ACCESS_KEY": "secret", "AWS_SESSION_TOKEN": "token", "AWS_ENDPOINT_URL": f"http://{endpoint}",
            "TABLE_NAME": "rihla", "SECRETS_PREFIX": "/rihla/bench", "CONFIGURATION_SET": "rihla",
            "SENDER_ADDRESS": "care@shop.example", "PUBLIC_URL": "https://care.shop.example",
        } | {name: f"http://{endpoint}/000000000000/{name}" for name in ("INBOX_URL", "INBOX_DEAD_URL", "OUTBOX_URL")}
        self.began = time.monotonic()
        self.child = subprocess.Popen([program(folder, name)], env=environment)
        self.runtime.asked.get(timeout=20)
        self.start_ms = (self.cpu_ms(), (time.monotonic() - self.began) * 1e3)

    def cpu_ms(self):
        # A thread that has just answered is still on its way to sleep.
        time.sleep(0.002)
        tasks = f"/proc/{self.child.pid}/task"
        return sum(int(open(f"{tasks}/{task}/schedstat").read().split()[0]) for task in os.listdir(tasks)) / 1e6

    def invoke(self, event):
        """One invocation: its answer, and the processor milliseconds until it asks for the next."""
        before = self.cpu_ms()
        self.number += 1
        self.runtime.waiting.put((self.number, event))
        kind, answer = self.runtime.answers.get(timeout=900)
        self.runtime.asked.get(timeout=20)
        if kind != "response":
            raise SystemExit(f"{kind}: {answer.decode()}")
        return json.loads(answer), self.cpu_ms() - before

    def peak_mb(self):
        status = open(f"/proc/{self.child.pid}/status").read().splitlines()
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) / 1024

    def stop(self):
        self.child.kill()
        self.child.wait()


def program(folder, name):
    """As cargo leaves it, or as SAM does; nothing where it was not built."""
    paths = (os.path.join(folder, name), os.path.join(folder, name.capitalize(), "bootstrap"))
    return next((path for path in paths if os.path.isfile(path)), None)


def signed(number, fact, at, data):
    """The body and the headers of a delivery."""
    body = json.dumps({"type": fact, "timestamp": stamp(at), "data": data})
    now, key = str(int(time.time())), base64.b64decode(SECRET[6:] + "==")
    signature = hmac.new(key, f"msg_{number}.{now}.{body}".encode(), hashlib.sha256).digest()
    headers = {"content-type": "application/json", "webhook-id": f"msg_{number}", "webhook-timestamp": now,
               "webhook-signature": "v1," + base64.b64encode(signature).decode()}
    return body, headers


def http(method, path, body, headers):
    """A request as a function URL hands it over."""
    about = {"method": method, "path": path, "protocol": "HTTP/1.1", "sourceIp": "127.0.0.1", "userAgent": "b"}
    return {"version": "2.0", "routeKey": "$default", "rawPath": path, "rawQueryString": "", "headers": headers,
            "requestContext": {"http": about, "stage": "$default", "timeEpoch": 0}, "body": body,
            "isBase64Encoded": False}


def webhook(*delivery):
    return http("POST", "/hooks/shop", *signed(*delivery))


def batch(bodies):
    """Messages as a queue hands them over."""
    return {"Records": [{"messageId": f"{number:08x}-0000-4000-8000-000000000000", "body": body, "attributes": {
        "ApproximateReceiveCount": "1"}, "messageAttributes": {}, "eventSource": "aws:sqs", "receiptHandle": str(number),
        "eventSourceARN": "arn:aws:sqs:eu-central-1:000000000000:queue"}
        for number, body in enumerate(bodies)]}


def stamp(seconds):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))


def life(number):
    """The deliveries of an order that was placed three days ago by somebody for whom it is noon."""
    hours = (12 - time.gmtime().tm_hour)
    buyer = {"customer": f"c-{number}", "email": f"firstname.lastname.{number}@example.com", "first_name": "Firstname",
             "last_name": "Lastname", "locale": "en-GB", "zone": f"Etc/GMT{-hours:+d}" if hours else "UTC",
             "place": {"country": "GB", "city": "Bristol"}}
    order, placed = str(number), time.time() - 3 * DAY
    line = {"product": "4711", "title": "A product with a title of usual length", "quantity": 1,
            "price": {"minor": 2450, "currency": "GBP"}}
    parcel = {"order": order, "tracking": f"SP{number}GB", "carrier": "Swift Post"}
    yield "order.placed", placed, {"order": order, "number": f"#{order}", "buyer": buyer, "lines": [line],
                                   "total": {"minor": 2450, "currency": "GBP"}}
    yield "order.paid", placed + 90, {"order": order}
    for state, hours in (("handed-over", 20), ("in-transit", 40), ("out-for-delivery", 70)):
        yield "parcel.moved", placed + hours * 3600, parcel | {"state": state}


def line(what, *values):
    print(f"{what:<52}" + "".join(f"{value:>12}" for value in values), flush=True)


def starts(folder, aws, count):
    line("start, median of " + str(count), "CPU ms", "wall ms", "peak MB")
    for name in ("receive", "deliver", "dispatch", "respond", "observe", "absorb", "tally", "console"):
        if program(folder, name) is None:
            line(f"  {name}: not built")
            continue
        processes = []
        for _ in range(count):
            process = Process(folder, name, aws)
            processes.append((*process.start_ms, process.peak_mb()))
            process.stop()
        line(f"  {name}: process start to the first next", *(f"{statistics.median(of):.2f}" for of in zip(*processes)))


def webhooks(folder, aws, account, orders):
    process, number, costs = Process(folder, "receive", aws), 0, []
    calls = sum(account.calls.values())
    for order in range(orders):
        deliveries = list(life(10_000 + order))
        for fact, at, data in deliveries + deliveries[-1:]:
            number += 1
            answer, cpu = process.invoke(webhook(number, fact, at, data))
            if answer["statusCode"] != 200:
                raise SystemExit(f"{fact}: {answer}")
            costs.append(cpu)
    calls = (sum(account.calls.values()) - calls) / number
    line("receive: first invocation, CPU ms", f"{costs[0]:.2f}")
    line("receive: warm webhook, mean CPU ms", f"{statistics.mean(costs[1:]):.3f}", f"{calls:.1f} calls")
    for place, what in enumerate(("placed", "paid", "handed over", "in transit", "out for delivery", "a duplicate")):
        line(f"  {what}", f"{statistics.mean(costs[6 + place::6]):.3f}")
    line("receive: peak resident MB", f"{process.peak_mb():.1f}")
    process.stop()


def mails(folder, aws, account):
    looks = [sk.split("#", 2) for pk, order in account.table.partitions.items() if pk.startswith("D#") for sk in order]
    # An order may be looked at more than once: it is due once.
    bodies = list(dict.fromkeys(json.dumps({"customer": customer, "trigger": trigger}) for _, customer, trigger in looks))
    process, costs = Process(folder, "deliver", aws), []
    for start in range(0, len(bodies) - 9, 10):
        answer, cpu = process.invoke(batch(bodies[start:start + 10]))
        if answer["batchItemFailures"]:
            raise SystemExit(f"not delivered: {answer}")
        costs.append(cpu / 10)
    if account.mails < len(costs) * 10:
        raise SystemExit(f"{account.mails} mails for {len(costs) * 10} looks")
    line("deliver: first batch of ten, CPU ms a mail", f"{costs[0]:.2f}")
    line("deliver: a mail in batches of ten, mean CPU ms", f"{statistics.mean(costs[1:]):.3f}")
    line("deliver: peak resident MB", f"{process.peak_mb():.1f}")
    process.stop()


def repeated(folder, aws, name, events, is_good):
    """First and warm invocations of a function."""
    if program(folder, name) is None:
        return
    process, costs = Process(folder, name, aws), []
    for event in events:
        answer, cpu = process.invoke(event)
        if not is_good(answer):
            raise SystemExit(f"{name}: {answer}")
        costs.append(cpu)
    line(f"{name}: first and warm invocation, CPU ms", f"{costs[0]:.2f}", f"{statistics.mean(costs[1:]):.3f}")
    line(f"{name}: peak resident MB", f"{process.peak_mb():.1f}")
    process.stop()


def pages(account):
    """The question of the mail that was sent last, looked at again and again."""
    raw = email.message_from_bytes(base64.b64decode(account.last_mail["RawMessage.Data"][0]))
    texts = [part.get_payload(decode=True).decode() for part in raw.walk() if part.get_content_type() == "text/plain"]
    path = re.search(r"https://care.shop.example(/[run]/[^\s?]+)", texts[0])[1]
    return [http("GET", path, "", {})] * 200


def reports(account):
    """That the mail that was sent last arrived, and again."""
    fields = account.last_mail
    tags = {fields[f"Tags.member.{n}.Name"][0]: [fields[f"Tags.member.{n}.Value"][0]]
            for n in range(1, 10) if f"Tags.member.{n}.Name" in fields}
    for number in range(200):
        at = stamp(time.time() + number)
        report = {"eventType": "Delivery", "mail": {"messageId": "0107", "timestamp": at, "tags": tags},
                  "delivery": {"timestamp": at}}
        yield {"Records": [{"Sns": {"MessageId": "1", "Message": json.dumps(report)}}]}


def parked(orders):
    """Batches of ten deliveries from the inbox queue, each an order."""
    for first in range(0, orders, 10):
        deliveries = [signed(number, *next(life(50_000 + number))) for number in range(first, first + 10)]
        yield batch([json.dumps({"source": "shop", "received_at": stamp(time.time()), "headers": headers,
                                 "body": base64.b64encode(body.encode()).decode()}) for body, headers in deliveries])


def rush(folder, count):
    """So many looks due in this minute."""
    account = Account(SECRET)
    due = int(time.time() * 1000) + 50_000
    partitions = account.table.partitions
    for number in range(count):
        customer = hashlib.sha256(str(number).encode()).hexdigest()[:20]
        hour = time.strftime("%Y-%m-%dT%H", time.gmtime(due / 1000))
        pk = f"D#{hour}#{int(customer[0], 16) % 8}"
        partitions.setdefault(pk, []).append(f"{due:015d}#{customer}#shop#{number}")
    for order in partitions.values():
        order.sort()
    process, began = Process(folder, "dispatch", Aws(account)), time.monotonic()
    answer, cpu = process.invoke({})
    seconds = time.monotonic() - began
    if answer != count or account.messages != count:
        raise SystemExit(f"{answer} of {count} looks, {account.messages} messages")
    calls = ", ".join(f"{calls} {action}" for action, calls in sorted(account.calls.items()))
    line(f"dispatch: {count} looks due in one minute", f"{cpu / 1e3:.1f} s CPU", f"{seconds:.1f} s", f"{process.peak_mb():.1f} MB")
    print(f"  {calls}")
    process.stop()


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--bootstraps", default="target/release", help="the folder of the programs, or SAM's .aws-sam/build")
    arguments.add_argument("--starts", type=int, default=20)
    arguments.add_argument("--orders", type=int, default=200)
    arguments.add_argument("--rush", type=int, nargs="*", default=[])
    arguments = arguments.parse_args()
    account = Account(SECRET)
    aws = Aws(account)
    starts(arguments.bootstraps, aws, arguments.starts)
    webhooks(arguments.bootstraps, aws, account, arguments.orders)
    if program(arguments.bootstraps, "deliver"):
        mails(arguments.bootstraps, aws, account)
        repeated(arguments.bootstraps, aws, "respond", pages(account), lambda answer: answer["statusCode"] == 200)
        repeated(arguments.bootstraps, aws, "observe", reports(account), lambda answer: answer is None)
    repeated(arguments.bootstraps, aws, "absorb", parked(arguments.orders), lambda answer: not answer["batchItemFailures"])
    repeated(arguments.bootstraps, aws, "dispatch", [{}] * 50, lambda answer: isinstance(answer, int))
    # A round over all customers of the orders above, and then nothing until the next day.
    repeated(arguments.bootstraps, aws, "tally", [{}] * 50, lambda answer: answer in ("round", "not-due"))
    for count in arguments.rush:
        rush(arguments.bootstraps, count)


if __name__ == "__main__":
    main()
