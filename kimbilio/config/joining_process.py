"""A process of its own that serves one page and one certificate without HTTPS, to devices that do not trust us yet.

It holds no key and no data: what it serves comes to it over its input, and it ends when that is closed.
"""

import base64
import json
import os
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

CERTIFICATE, STYLE = "/kimbilio.crt", "/kimbilio.css"


def main() -> None:
    """Read what is to be served, serve it, and end with the process that started this one."""
    told = json.loads(sys.stdin.readline())
    server = ThreadingHTTPServer((told["host"], told["port"]), _handler(told))
    server.daemon_threads = True
    print("ready", flush=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdin.read()
    os._exit(0)


def _handler(told: dict[str, str]) -> type[BaseHTTPRequestHandler]:
    served = {
        "/": ("text/html; charset=utf-8", told["page"].encode()),
        STYLE: ("text/css; charset=utf-8", told["style"].encode()),
        CERTIFICATE: ("application/x-x509-ca-cert", base64.b64decode(told["certificate"])),
    }

    class Handler(BaseHTTPRequestHandler):
        """Answers for what is served, and says that there is nothing for everything else."""

        timeout = 10

        def do_GET(self) -> None:  # named by the library
            """Answer with what stands at this address."""
            self._answer(with_body=True)

        def do_HEAD(self) -> None:  # named by the library
            """Answer without what stands there."""
            self._answer(with_body=False)

        def version_string(self) -> str:
            """Say nothing of what serves this."""
            return "-"

        def log_message(self, *_args: object) -> None:
            """Note nobody's visit."""

        def _answer(self, *, with_body: bool) -> None:
            kind, body = served.get(self.path, ("text/plain; charset=utf-8", b""))
            self.send_response(200 if self.path in served else 404)
            for name, value in _HEADERS.items():
                self.send_header(name, value)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if with_body:
                self.wfile.write(body)

    return Handler


_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}

if __name__ == "__main__":
    main()
