# Copyright the DenseShift Accelerator authors.
# SPDX-License-Identifier: Apache-2.0
"""A headless Chromium, driven over its debugging pipe: the DevTools protocol, JSON messages that end in a zero byte."""

import base64
import fcntl
import json
import os
import pathlib
import select
import shutil
import subprocess
import tempfile
import time

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--headless=new", "--remote-debugging-pipe", "--no-first-run", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-extensions", "--disable-dev-shm-usage", "--hide-scrollbars",
    "--force-color-profile=srgb",
    "--no-sandbox",  # it is refused to root and in containers, and only pages of ours are opened
)


class Browser:
    """One browser process with a profile of its own. Use it in a `with` statement."""

    def __init__(self, seconds=60):
        """seconds: the longest a command or an event is waited for."""
        program = next((found for found in map(shutil.which, PROGRAMS) if found), None)
        if not program:
            raise RuntimeError(f"none of {', '.join(PROGRAMS)} is installed: run scripts/setup")
        self.seconds, self.unread, self.number, self.events = seconds, b"", 0, []
        self.profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        # The browser reads commands from descriptor 3 and writes answers to 4.
        command, answer = os.pipe(), os.pipe()
        theirs = [fcntl.fcntl(fd, fcntl.F_DUPFD, 10) for fd in (command[0], answer[1])]
        self.commands, self.answers = (fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, 10) for fd in (command[1], answer[0]))
        for fd in command + answer:
            os.close(fd)

        def descriptors():
            os.dup2(theirs[0], 3)
            os.dup2(theirs[1], 4)

        self.process = subprocess.Popen([program, *FLAGS, f"--user-data-dir={self.profile.name}", "about:blank"],
                                        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                        pass_fds=(3, 4), preexec_fn=descriptors)
        for fd in theirs:
            os.close(fd)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()

    def close(self):
        """Ends the browser and deletes its profile."""
        try:
            self.send("Browser.close")
            self.process.wait(20)
        except (OSError, RuntimeError, subprocess.TimeoutExpired):
            self.process.kill()
            self.process.wait()
        os.close(self.commands)
        os.close(self.answers)
        self.profile.cleanup()

    def read(self, deadline):
        """The next message."""
        while b"\0" not in self.unread:
            if not select.select([self.answers], [], [], max(0, deadline - time.monotonic()))[0]:
                raise RuntimeError(f"the browser did not answer in {self.seconds} s")
            data = os.read(self.answers, 1 << 20)
            if not data:
                raise RuntimeError("the browser has ended")
            self.unread += data
        message, self.unread = self.unread.split(b"\0", 1)
        return json.loads(message)

    def send(self, method, session=None, **parameters):
        """Sends a command and returns its result. Events that come before are kept."""
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self.commands, data):]
        deadline = time.monotonic() + self.seconds
        while True:
            answer = self.read(deadline)
            if answer.get("id") != self.number:
                self.events.append(answer)
            elif "error" in answer:
                raise RuntimeError(f"{method}: {answer['error']['message']}")
            else:
                return answer["result"]

    def wait(self, method, session):
        """Waits for an event."""
        deadline = time.monotonic() + self.seconds
        while not any(event.get("method") == method and event.get("sessionId") == session for event in self.events):
            self.events.append(self.read(deadline))

    def open(self, path, **view):
        """Opens a file; the keywords are those of Page.view."""
        return Page(self, path, **view)


class Page:
    """A tab with one file in it."""

    def __init__(self, browser, path, **view):
        self.browser, self.url = browser, pathlib.Path(path).absolute().as_uri()
        self.target = browser.send("Target.createTarget", url="about:blank")["targetId"]
        self.session = browser.send("Target.attachToTarget", targetId=self.target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.send(f"{domain}.enable")
        self.view(**view)
        self.send("Page.navigate", url=self.url)
        browser.wait("Page.loadEventFired", self.session)

    def send(self, method, **parameters):
        return self.browser.send(method, self.session, **parameters)

    def view(self, width=1280, height=900, dark=False):
        """Size of the window in pixels, and whether the reader prefers dark colours."""
        self.send("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        self.send("Emulation.setEmulatedMedia",
                  features=[{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])

    def evaluate(self, expression):
        """The value of a JavaScript expression, as JSON has it; of a promise, once it is fulfilled."""
        done = self.send("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in done:
            raise RuntimeError(f"{expression}: {done['exceptionDetails']['exception'].get('description')}")
        return done["result"].get("value")

    def mouse(self, kind, x, y, **more):
        """mousePressed, mouseReleased, mouseMoved or mouseWheel at a point of the window."""
        self.send("Input.dispatchMouseEvent", type=kind, x=x, y=y, **more)

    def key(self, key):
        self.send("Input.dispatchKeyEvent", type="keyDown", key=key)
        self.send("Input.dispatchKeyEvent", type="keyUp", key=key)

    def screenshot(self, path, whole=True):
        """Writes a PNG file of the whole page or of the window."""
        self.save(path, self.send("Page.captureScreenshot", captureBeyondViewport=whole))

    def pdf(self, path):
        """Writes the page as it would be printed, on the paper it asks for."""
        self.save(path, self.send("Page.printToPDF", printBackground=False, preferCSSPageSize=True))

    @staticmethod
    def save(path, answer):
        pathlib.Path(path).write_bytes(base64.b64decode(answer["data"]))

    def of(self, method):
        """Parameters of this page's events of one kind."""
        return [event["params"] for event in self.browser.events
                if event.get("method") == method and event.get("sessionId") == self.session]

    def complaints(self):
        """What the page wrote to the console, and exceptions nobody caught."""
        said = [str([value.get("value", value.get("description")) for value in event["args"]])
                for event in self.of("Runtime.consoleAPICalled")]
        thrown = [event["exceptionDetails"].get("exception", {}).get("description", event["exceptionDetails"]["text"])
                  for event in self.of("Runtime.exceptionThrown")]
        return said + thrown + [event["entry"]["text"] for event in self.of("Log.entryAdded")]

    def requests(self):
        """Addresses asked for, but that of the page itself and what is in it."""
        asked = [event["request"]["url"] for event in self.of("Network.requestWillBeSent")]
        return [url for url in asked if url != self.url and not url.startswith("data:")]

    def close(self):
        self.browser.send("Target.closeTarget", targetId=self.target)
