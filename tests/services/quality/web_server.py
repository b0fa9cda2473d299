"""A web server of this machine that answers as it is told, and remembers what it was asked."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

#: paths that redirect, and where to
REDIRECTS = {
    "/moved": "/ok",
    "/away": "http://localhost:1/",
    "/loop": "/loop",
    "/inner": "http://10.0.0.1/",
    "/file": "file:///etc/passwd",
    "/broken": "http://[broken/",
}


class Handler(BaseHTTPRequestHandler):
    """`/<number>` answers with this status; `/no-head` refuses HEAD; `/silent` waits; the rest stands in REDIRECTS."""

    def do_HEAD(self):
        self.answer()

    def do_GET(self):
        self.answer()

    def answer(self):
        path = self.path.partition("?")[0]
        self.server.asked.append((self.command, self.path, self.headers["User-Agent"]))
        if path == "/silent":
            self.server.closing.wait(20)
            return
        if path == "/nonsense":
            self.wfile.write(b"nonsense\r\n\r\n")
            return
        self.send_response(self.status(path))
        if path in REDIRECTS:
            self.send_header("Location", REDIRECTS[path])
        self.end_headers()

    def status(self, path):
        if path in REDIRECTS:
            return 302
        if path == "/no-head":
            return 405 if self.command == "HEAD" else 200
        name = path.strip("/")
        return int(self.server.answers.get(path, name if name.isdecimal() else 200))

    def log_message(self, *args):
        """Say nothing."""


class WebServer(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked, self.answers, self.closing = [], {}, threading.Event()

    def url(self, path):
        return f"http://127.0.0.1:{self.server_port}{path}"

    @property
    def requests(self):
        """Methods and paths in the order in which they came."""
        return [(method, path) for method, path, _agent in self.asked]


@pytest.fixture
def web():
    server = WebServer()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.closing.set()
    server.shutdown()
    thread.join()
    server.server_close()
