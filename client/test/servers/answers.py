"""The answers that the client must read, as a WSGI application for Gunicorn."""

BODIES = {
    "/length": ("200 OK", [b"hello world"]),
    "/empty": ("204 No Content", []),
    "/big": ("200 OK", [b"x" * (1 << 20)]),
}


def application(environ, start_response):
    path = environ["PATH_INFO"]
    if path == "/chunked":
        start_response("200 OK", [("Content-Type", "text/plain")])
        return iter([b"hello ", b"wor", b"ld"])
    if path == "/redirect":
        start_response("302 Found", [("Location", "/length"), ("Content-Length", "0")])
        return []
    status, body = BODIES.get(path, ("404 Not Found", [b"missing"]))
    start_response(status, [("Content-Length", str(sum(map(len, body))))])
    return body
