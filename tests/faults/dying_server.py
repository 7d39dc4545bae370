"""A server of the site that dies by `kill -9` when a choice is committed and its answer not yet sent: dying_server.py PORT."""

import os
import signal
import sys
from wsgiref.simple_server import WSGIRequestHandler, make_server

from django.core.wsgi import get_wsgi_application

site = get_wsgi_application()


class Quiet(WSGIRequestHandler):
    """Says nothing."""

    def log_message(self, *words):
        """Nothing."""


def dies(environ, start_response):
    """The site; the answer to a choice is made and goes nowhere."""
    body = site(environ, start_response)
    if environ["REQUEST_METHOD"] == "POST":
        os.kill(os.getpid(), signal.SIGKILL)
    return body


if __name__ == "__main__":
    make_server("127.0.0.1", int(sys.argv[1]), dies, handler_class=Quiet).serve_forever()
