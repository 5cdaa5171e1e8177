"""How Gunicorn runs app.py: one worker process, because one process owns the ledger, with many threads."""

import os
import signal
import threading

wsgi_app = "app:app"
pythonpath = os.path.dirname(os.path.abspath(__file__))
bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8080')}"
workers = 1
worker_class = "gthread"
threads = 128
keepalive = 75
backlog = 4096
control_socket_disable = True
graceful_timeout = 10


def when_ready(server):
    host, port = server.LISTENERS[0].sock.getsockname()[:2]
    print(f"listening on http://{host}:{port}", flush=True)
    if os.environ.get("END_WITH_STDIN") == "true":
        threading.Thread(target=end_with_stdin, args=[server], daemon=True).start()


def end_with_stdin(server):
    # Not through sys.stdin: a thread that waits there keeps the interpreter from ending.
    while os.read(0, 4096):
        pass
    for worker in list(server.WORKERS):
        os.kill(worker, signal.SIGKILL)
    os._exit(0)
