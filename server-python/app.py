"""The reference server in Python: the message API on Flask. Run it with: gunicorn --config gunicorn.conf.py

It has neither COMMIT_DELAY nor MAX_INFLIGHT: each row is synchronised on its own, and requests beyond the threads wait.
"""

import hmac
import json
import os
import re
import socket
import sys
import threading
import time
import uuid

from flask import Flask, Response, jsonify, request
from gunicorn.http.errors import ParseException
from werkzeug.exceptions import HTTPException, UnsupportedMediaType

from ledger import Ledger
from service import Computing, Waiting, now_us
from witness import witness

UNITS = {"us": 1, "ms": 1_000, "s": 1_000_000, "m": 60_000_000, "h": 3_600_000_000}
# Line breaks for any reader, and the other control characters but the tab.
# json.loads leaves half a character, as \ud800 alone is one, for what it is.
CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
# Neither begins with "-": a spreadsheet would take its cell for a formula.
REQUEST_ID = re.compile(r"[A-Za-z0-9._:][A-Za-z0-9._:-]{0,127}")
REPLICA_NAME = re.compile(r"[A-Za-z0-9.][A-Za-z0-9.-]{0,127}")
LONGEST_FIELD = 256
LARGEST_NUMBER = 2**53 - 1


def duration_us(text):
    """0, or numbers with units, as in 1ms or 1m30s."""
    if not re.fullmatch(r"0|(\d+(\.\d+)?[a-z]+)+", text):
        sys.exit(f'"{text}" is not a duration; it takes one such as 500us, 1ms or 1m30s')
    return round(sum(float(number) * UNITS[unit] for number, unit in re.findall(r"([\d.]+)([a-z]+)", text)))


def epoch_us():
    """The wall clock at the zero of the monotonic one, from the pair of readings between which least time passed."""
    readings = [(now_us(), time.time_ns() // 1000, now_us()) for _ in range(10)]
    before, wall, after = min(readings, key=lambda reading: reading[2] - reading[0])
    return wall - (before + after) // 2


REPLICA = os.environ.get("REPLICA") or socket.gethostname()
if not REPLICA_NAME.fullmatch(REPLICA):
    sys.exit(f'REPLICA is {REPLICA!r}; it takes 1 to 128 letters, digits, "-" and ".", not beginning with -')
SERVICE_US = duration_us(os.environ.get("SERVICE_TIME") or "0")
PARALLELISM = int(os.environ.get("SERVICE_PARALLELISM") or 1)
EPOCH_US = epoch_us()

ledger = Ledger(
    os.path.join(os.environ.get("DATA_DIR") or "data", f"ledger-{REPLICA}.csv"),
    REPLICA,
    sync=os.environ.get("DURABILITY") != "async",
)
kind = Computing if os.environ.get("SERVICE_KIND") == "cpu" else Waiting
service = kind(SERVICE_US, PARALLELISM) if SERVICE_US else None
in_flight, in_flight_lock = 0, threading.Lock()

app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = 1_048_576


def body():
    """All of it, or ValueError: Gunicorn takes the end of a connection for the end of the body."""
    try:
        data = request.get_data()
    except ParseException as error:
        raise ValueError("The chunks of the body cannot be read.") from error
    if request.content_length is not None and len(data) < request.content_length:
        raise ValueError("The body ended too early.")
    return data


def fields():
    """The four fields of a message, or ValueError with a sentence."""
    if request.mimetype != "application/json":
        raise UnsupportedMediaType("A message is application/json.")
    message = json.loads(body())
    if not isinstance(message, dict):
        raise ValueError("The body is not an object.")
    for name in ("run", "cell", "client", "message"):
        fault = field_fault(message.get(name), name in ("client", "message"))
        if fault:
            raise ValueError(f'"{name}" {fault}.')
        yield message[name]


def field_fault(value, numbered):
    """What is wrong with the value of a field, if anything."""
    if isinstance(value, str):
        if len(value) > LONGEST_FIELD:
            return f"is longer than {LONGEST_FIELD} characters"
        if CONTROL.search(value):
            return "holds a line break, another control character or half a character"
        return None
    if value is None:
        return "is missing"
    if numbered and type(value) is int and abs(value) <= LARGEST_NUMBER:
        return None
    return "must be a whole number below 2^53, or text" if numbered else "must be text"


def record(said, status):
    global in_flight
    received = EPOCH_US + now_us()
    request_id = request.headers.get("x-request-id") or str(uuid.uuid4())
    if not REQUEST_ID.fullmatch(request_id):
        return jsonify(message="x-request-id is no id."), 400
    with in_flight_lock:
        in_flight += 1
    try:
        queue_us, service_us = service.serve() if service else (0, 0)
        row = [request_id, *said, REPLICA, received, queue_us, service_us, request.method, request.path, status]
        ledger.append(row)
    except OSError as error:
        return jsonify(message=f"The ledger cannot be written: {error}."), 503, {"retry-after": "1"}
    finally:
        with in_flight_lock:
            in_flight -= 1
    return jsonify(replica=REPLICA, requestId=request_id, serviceUs=service_us), status


@app.before_request
def host_needed():
    """RFC 9112, section 3.2; Gunicorn takes such a request."""
    if request.environ["SERVER_PROTOCOL"] == "HTTP/1.1" and "HTTP_HOST" not in request.environ:
        return jsonify(message='An HTTP/1.1 request has one header "host".'), 400
    return None


@app.post("/messages")
def messages():
    try:
        return record(list(fields()), 201)
    except ValueError as error:
        return jsonify(message=str(error)), 400
    except RecursionError:
        return jsonify(message="The body is nested too deeply."), 400


@app.get("/")
def root():
    return record([""] * 4, 200) if request.method == "GET" else jsonify()


@app.get("/healthz")
def alive():
    return "alive\n"


@app.get("/readyz")
def ready():
    return ("the disk failed\n", 503) if ledger.failed else "ready\n"


@app.get("/metrics")
def metrics():
    text = f"# TYPE escala_requests_in_flight gauge\nescala_requests_in_flight {in_flight}\n{witness()}"
    return Response(text, content_type="text/plain; version=0.0.4")


def may_read_ledger():
    """Requests from this machine, and those that carry the token; without one, no others."""
    address = (request.remote_addr or "").removeprefix("::ffff:")
    if address == "::1" or address.startswith("127."):
        return True
    token, given = os.environ.get("LEDGER_TOKEN"), request.headers.get("authorization", "")
    return bool(token) and hmac.compare_digest(given.encode(), f"Bearer {token}".encode())


@app.get("/ledger")
def read_ledger():
    if not may_read_ledger():
        sentence = "From elsewhere, the ledger needs the bearer token of LEDGER_TOKEN."
        return jsonify(message=sentence), 401, {"www-authenticate": "Bearer"}
    asked = re.fullmatch(r"bytes=(\d+)-", request.headers.get("range", ""))
    start = int(asked[1]) if asked else 0
    rows = ledger.read(start)
    if not rows:
        return "", 416, {"content-range": f"bytes */{ledger.bytes}"}
    headers = {"content-range": f"bytes {start}-{start + len(rows) - 1}/{start + len(rows)}"} if asked else {}
    return Response(rows, 206 if asked else 200, headers, content_type="text/csv")


@app.errorhandler(HTTPException)
def refused(error):
    response = error.get_response()
    response.data = jsonify(message=error.description).data
    response.content_type = "application/json"
    return response
