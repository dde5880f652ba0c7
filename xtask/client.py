#!/usr/bin/env python3
"""Another program, written against the document of the API alone: it books, queues, serves,
photographs and listens.

    xtask/client.py http://127.0.0.1:PORT/api/v1/openapi.json TOKEN

Paths, methods and statuses are those of the document; nothing but the names of operations is known here.
"""

import base64
import datetime
import hashlib
import hmac
import http.server
import json
import struct
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
import zlib

PATIENCE_SECONDS = 30


class Api:
    """Calls operations by their names."""

    def __init__(self, document_url, token):
        self.root = document_url.split("/api/")[0]
        self.token = token
        with urllib.request.urlopen(document_url) as answer:
            document = json.load(answer)
        self.operations = {
            operation["operationId"]: (method.upper(), path, operation)
            for path, item in document["paths"].items()
            for method, operation in item.items()
        }

    def call(self, name, body=None, expect=None, photo=None, **parameters):
        method, path, operation = self.operations[name]
        query = {}
        for parameter in operation["parameters"]:
            value = parameters.pop(parameter["name"], None)
            if parameter["in"] == "path":
                path = path.replace("{%s}" % parameter["name"], urllib.parse.quote(value))
            elif parameter["in"] == "query" and value is not None:
                query[parameter["name"]] = value
        assert not parameters, f"{name} has no {parameters}"
        headers = {"authorization": f"Bearer {self.token}"}
        data = None
        if method != "GET":
            headers |= {"content-type": "application/json", "idempotency-key": str(uuid.uuid4())}
            data = json.dumps(body or {}).encode()
        if photo is not None:
            assert "image/png" in operation["requestBody"]["content"], f"{name} takes no photo"
            headers["content-type"], data = "image/png", photo
        url = f"{self.root}{path}?{urllib.parse.urlencode(query)}"
        request = urllib.request.Request(url, data=data, headers=headers, method=method)
        try:
            with urllib.request.urlopen(request) as answer:
                status, text, told = answer.status, answer.read(), answer.headers
        except urllib.error.HTTPError as refused:
            status, text, told = refused.code, refused.read(), refused.headers
        assert str(status) in operation["responses"], f"{name} answered {status}: {text!r}"
        assert status == expect or (expect is None and status < 300), f"{name}: {status} {text!r}"
        kind = told["content-type"]
        if not kind.endswith("json"):
            assert kind in operation["responses"][str(status)]["content"], f"{name} answered {kind}"
            return text
        return json.loads(text)


class Listener:
    """Takes webhooks, and believes those alone whose signature is right."""

    def __init__(self):
        self.taken, self.forged, self.key, self.ahead = [], 0, b"", 0
        listener = self

        class Door(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"]))
                genuine = listener.is_genuine(self.headers, body)
                if genuine:
                    listener.taken.append((self.headers["webhook-id"], json.loads(body)))
                else:
                    listener.forged += 1
                self.send_response(204 if genuine else 401)
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Door)
        self.url = f"http://127.0.0.1:{self.server.server_port}/in"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def is_genuine(self, headers, body):
        second = headers["webhook-timestamp"]
        if abs(time.time() + self.ahead - int(second)) > 300:
            return False
        signed = f"{headers['webhook-id']}.{second}.".encode() + body
        right = hmac.new(self.key, signed, hashlib.sha256).digest()
        right = "v1," + base64.b64encode(right).decode()
        given = headers["webhook-signature"].split(" ")
        return any(hmac.compare_digest(one, right) for one in given)

    def wait_for(self, kinds):
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            if set(kinds) <= {told["type"] for _, told in self.taken}:
                return
            time.sleep(0.1)
        raise AssertionError(f"{kinds} were not told, but {[told['type'] for _, told in self.taken]}")


def free_slots(api, site, today):
    """The longest service that can be booked within a week, and its free times."""
    services = api.call("offersList", site=site)["services"]
    for service in sorted(services, key=lambda service: -service["minutes"]):
        if service["kind"] != "service":
            continue
        found = api.call(
            "capacityAvailability",
            site=site,
            service=service["id"],
            **{"from": str(today), "to": str(today + datetime.timedelta(days=7))},
        )
        if found["slots"]:
            return service["id"], found["slots"]
    raise AssertionError("nothing can be booked")


def book(api, site, today):
    service, slots = free_slots(api, site, today)
    # The last one, so that nobody waits for it today.
    wanted = {
        "site": site,
        "customer": {"name": "陈雨桐", "phone": "138 0013 2047"},
        "lines": [{"service": service}],
        "slot": {"start": slots[-1]["start"], "staff": slots[-1]["staff"][0]},
    }
    first = api.call("ordersCreate", wanted)
    assert first["state"] == "booked" and first["slot"]["start"] == slots[-1]["start"], first
    refused = api.call("ordersCreate", wanted, expect=409)
    assert refused["alternatives"], refused
    wanted["slot"] = {"start": refused["alternatives"][0]["start"]}
    second = api.call("ordersCreate", wanted)
    assert second["number"] == first["number"] + 1
    assert api.call("ordersCancel", {"reason": "moved"}, id=second["id"])["state"] == "cancelled"
    return service


def photo_of(shade):
    """A PNG of one grey, 32 by 32 pixels."""

    def part(kind, data):
        check = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)

    head = struct.pack(">IIBBBBB", 32, 32, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + bytes([shade]) * 32) * 32)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", rows) + part(b"IEND", b"")


def photograph(api, order, step):
    """A photo of a step is sent as it is, stands with that step, and is fetched again."""
    sent = api.call("ordersFilesAdd", photo=photo_of(120), id=order, step=step)
    assert sent["step"] == step and sent["media_type"].startswith("image/"), sent
    files = api.call("ordersFilesList", id=order)["files"]
    assert [file["id"] for file in files if file["step"] == step] == [sent["id"]], files
    fetched = api.call("ordersFilesContent", id=order, file=sent["id"])
    assert fetched[:3] == b"\xff\xd8\xff" or fetched[:4] == b"\x89PNG", fetched[:8]


def serve(api, site, service):
    """Somebody takes a number, is called, and is served step by step."""
    ticket = api.call("queueIssue", {"site": site, "service": service})
    staff = api.call("peopleList", site=site)["staff"][0]["id"]
    api.call("queueCall", {"staff": staff}, id=ticket["id"])
    api.call("queueStart", {"staff": staff}, id=ticket["id"])
    order = api.call("ordersShow", id=ticket["order"])
    assert order["state"] == "serving", order
    photograph(api, order["id"], order["steps"][0]["id"])
    for step in order["steps"]:
        for act in ("ordersStepStart", "ordersStepFinish"):
            ticks = {"ticks": [True] * len(step["checklist"])} if act.endswith("Finish") else {}
            api.call(act, ticks, id=order["id"], step=step["id"])
    done = api.call("ordersFinish", id=order["id"])
    assert done["state"] == "finished" and done["steps_done"] == done["steps_total"], done
    return len(order["steps"])


def main():
    api, listener = Api(sys.argv[1], sys.argv[2]), Listener()
    site = api.call("organisationList")["sites"][0]["id"]
    began = api.call("deskJournal")["head"]
    webhook = api.call("webhooksCreate", {"url": listener.url, "kinds": ["order", "step", "ticket"]})
    listener.key = base64.b64decode(webhook["secret"].removeprefix("whsec_"))
    # A demonstration lives at a time of its own.
    now = datetime.datetime.fromisoformat(webhook["created"])
    listener.ahead = now.timestamp() - time.time()
    service = book(api, site, now.date())
    steps = serve(api, site, service)
    assert steps > 0, "no step was served"
    api.call("webhooksTest", id=webhook["id"])
    listener.wait_for(["order.booked", "order.cancelled", "order.finished", "webhook.test"])
    events = api.call("deskJournal", after=began, limit=1000)["events"]
    wanted = ("order.", "step.", "ticket.")
    happened = [event["seq"] for event in events if event["activity"].startswith(wanted)]
    told = [told["data"]["seq"] for _, told in listener.taken if told["type"] != "webhook.test"]
    assert told == happened, f"told {told}, happened {happened}"
    assert listener.forged == 0, f"{listener.forged} were not signed right"
    sent = api.call("webhooksDeliveries", id=webhook["id"], limit=200)["deliveries"]
    assert all(one["state"] == "delivered" and one["status"] == 204 for one in sent), sent
    print(f"a program booked, queued, served {steps} steps, sent a photo and heard {len(told)} facts in order")


main()
