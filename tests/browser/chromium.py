"""A browser without a window, driven over a pipe by its own protocol: no driver, no port, no package."""

import itertools
import json
import os
import select
import shutil
import subprocess
import tempfile
import time

PATIENCE_SECONDS = 30


class Chromium:
    """One browser with a profile of its own, gone when closed."""

    def __init__(self, program="chromium"):
        self.profile = tempfile.mkdtemp(prefix="rihla-chromium-")
        their_input, self.commands = os.pipe()
        self.answers, their_output = os.pipe()
        options = ["--headless=new", "--remote-debugging-pipe", f"--user-data-dir={self.profile}", "--no-first-run",
                   "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking", "--lang=en-GB"]
        if os.geteuid() == 0:
            options.append("--no-sandbox")
        # The browser reads commands from its handle 3 and answers on 4.
        moved = ["sh", "-c", f'exec "$@" 3<&{their_input} 4>&{their_output}', "sh", program, *options]
        self.process = subprocess.Popen(moved, pass_fds=(their_input, their_output), stderr=subprocess.DEVNULL)
        os.close(their_input)
        os.close(their_output)
        self.numbers, self.unread, self.sessions = itertools.count(1), b"", []
        self.call("Target.setAutoAttach", autoAttach=True, waitForDebuggerOnStart=False, flatten=True)

    def close(self):
        self.process.kill()
        self.process.wait()
        shutil.rmtree(self.profile, ignore_errors=True)

    def call(self, method, session=None, **parameters):
        """Has the browser do something; gives what came of it."""
        number = next(self.numbers)
        command = {"id": number, "method": method, "params": parameters}
        if session:
            command["sessionId"] = session
        os.write(self.commands, json.dumps(command).encode() + b"\0")
        while True:
            message = self.read(f"there is no answer to {method} {parameters}")
            if message.get("id") == number:
                if "error" in message:
                    raise ProtocolError(f"{method}: {message['error']['message']}")
                return message["result"]
            if message.get("method") == "Target.attachedToTarget" and message["params"]["targetInfo"]["type"] == "page":
                self.sessions.append(message["params"]["sessionId"])

    def read(self, otherwise):
        while b"\0" not in self.unread:
            if not select.select([self.answers], [], [], PATIENCE_SECONDS)[0]:
                raise TimeoutError(otherwise)
            more = os.read(self.answers, 1 << 16)
            if not more:
                raise ProtocolError("the browser ended")
            self.unread += more
        message, self.unread = self.unread.split(b"\0", 1)
        return json.loads(message)

    def new_page(self):
        """A page of 1200 by 900 pixels."""
        self.call("Target.createTarget", url="about:blank")
        return self.opened_page()

    def opened_page(self):
        """The page that was opened last, by us or by a link."""
        wait(lambda: self.call("Target.getTargets") and self.sessions, "no page was opened")
        page = Page(self, self.sessions.pop())
        page.set_width(1200)
        return page


class Page:
    """One tab."""

    def __init__(self, browser, session):
        self.browser, self.session = browser, session

    def call(self, method, **parameters):
        return self.browser.call(method, self.session, **parameters)

    def set_width(self, width):
        self.width = width
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1,
                  mobile=width < 600)

    def go(self, address):
        """Opens an address and waits until it is there as a whole."""
        failure = self.call("Page.navigate", url=address).get("errorText")
        if failure:
            raise ProtocolError(f"{address}: {failure}")
        self.wait_for("document.readyState == 'complete'")

    def read(self, expression):
        """The value of an expression in the page."""
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        if "exceptionDetails" in answer:
            raise ProtocolError(f"{expression}: {answer['exceptionDetails']}")
        return answer["result"].get("value")

    def text(self):
        return self.read("document.body.innerText")

    def wait_for(self, expression):
        """Waits until an expression is true, over page changes."""
        def is_true():
            try:
                return self.read(f"location.href != 'about:blank' && {expression}")
            except ProtocolError:
                return False  # between two pages there is nothing to ask
        wait(is_true, f"{expression} did not come true")

    def click(self, selector):
        """Clicks with the mouse in the middle of an element, where the page must let it through."""
        place = self.read(f"""(() => {{
            const element = document.querySelector({json.dumps(selector)});
            element.scrollIntoView({{block: 'center', behavior: 'instant'}});
            const box = element.getBoundingClientRect();
            return {{x: box.x + box.width / 2, y: box.y + box.height / 2}};
        }})()""")
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, button="left", clickCount=1, **place)

    def scrolls_sideways(self):
        """Whether something is wider than the window; a phone would make all smaller until it fits."""
        sizes = self.call("Page.getLayoutMetrics")
        return sizes["cssContentSize"]["width"] > min(self.width, sizes["cssLayoutViewport"]["clientWidth"])


class ProtocolError(Exception):
    """The browser did not do what it was asked."""


def wait(is_so, otherwise):
    """Asks again and again, and gives up at last."""
    give_up_at = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        if time.monotonic() > give_up_at:
            raise TimeoutError(otherwise)
        time.sleep(0.01)
