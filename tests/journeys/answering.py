"""The server of the journeys, and clicks that wait for what it answers, so that no story can forget to.

With HEARTH_TEST_SLOW_ANSWERS=0.7 every answer to what is sent comes so many seconds later, everything else a quarter of
that, and each page in two halves: a story that looks too early, or reads half a page, fails then every time and not by
chance.
"""

import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from playwright.sync_api import Locator

SLOWER = float(os.environ.get("HEARTH_TEST_SLOW_ANSWERS", "0"))
# A link to another page, or a button that sends a form. Not the way out of Hearth, whose end no server of ours knows;
# nor the warning of the end of a session, which sends its form by itself.
LEADS_ON = """element => {
    const link = element.closest('a[href]')
    if (link) {
        const here = document.location
        const isPlace = link.hash && link.pathname === here.pathname && link.search === here.search
        const isElsewhere = link.matches('[download], [target=_blank], .govuk-js-exit-this-page-button')
        return link.protocol.startsWith('http') && !isElsewhere && !isPlace
    }
    const button = element.closest('button, input[type=submit]')
    return Boolean(button && button.type === 'submit' && button.form && !button.form.matches('[data-stay-ask]'))
}"""
clicked: Callable[..., None] = Locator.click  # as Playwright has it


def click_and_wait(element: Locator, **told: object) -> None:
    """Click; where that leads to another page, until it is there whole.

    Playwright waits by itself, but only for a page that has been asked for by then, and for its first words.
    """
    if not element.evaluate(LEADS_ON):
        clicked(element, **told)
        return
    with element.page.expect_navigation():
        clicked(element, **told)


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: Hearth writes its own line for each page."""


@contextmanager
def answering(application: WSGIApplication | None = None) -> Iterator[str]:
    """A server on a port of its own that answers meanwhile, Hearth's pages if no others; the address."""
    from hearth.site.wsgi import application as hearth

    asked = application or (slowly(hearth, SLOWER) if SLOWER else hearth)
    with make_server("localhost", 0, asked, server_class=_Server, handler_class=_Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        yield f"http://localhost:{server.server_port}"
        server.shutdown()
        thread.join()


def slowly(application: WSGIApplication, seconds: float) -> WSGIApplication:
    """The same answers, later and in two halves."""

    def answer(asked: WSGIEnvironment, begin: StartResponse) -> Iterable[bytes]:
        wait = seconds if asked["REQUEST_METHOD"] == "POST" else seconds / 4
        answered = application(asked, begin)
        try:
            body = b"".join(answered)
        finally:
            getattr(answered, "close", lambda: None)()
        time.sleep(wait)
        yield body[: len(body) // 2]
        time.sleep(wait / 2)
        yield body[len(body) // 2 :]

    return answer
