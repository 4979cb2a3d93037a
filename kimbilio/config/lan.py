"""Serving a local network: HTTPS by the home's own authority, and a page that says how to trust it."""

import base64
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import segno
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import mark_safe

from kimbilio.config import joining_process
from kimbilio.core.encryption.certificates import AUTHORITY_BEGINS, as_der, fingerprint_of
from kimbilio.core.refusals import Refused
from kimbilio.safekeeping.authority import SHOWN, AuthorityDamaged, authority_of, is_due, new_leaf
from kimbilio.safekeeping.joining import Place, in_lines
from kimbilio.safekeeping.network import addresses, own_names

LOOK_EVERY = 15.0  # seconds between looks at this machine's addresses
_BETWEEN_READERS = 0.05
_STYLE = (
    "body{margin:0;background:#fff;color:#1d2521;font:1.06rem/1.5 system-ui,sans-serif}"
    "main{max-width:40rem;margin:auto;padding:1rem}section+section{border-top:2px solid #1d2521;margin-top:2rem}"
    "a{color:#0b5c46}.secret{font-family:ui-monospace,monospace;overflow-wrap:anywhere}"
)


class Network:
    """What makes one home reachable for a local network, for as long as this process lives."""

    def __init__(self, home: Path, root_key: bytes, place: Place, *, host: str) -> None:
        """Make what the server shows. Raises Refused where this cannot be done, in one sentence."""
        if not hasattr(os, "mkfifo"):
            raise Refused(
                "--lan needs Linux or macOS: on Windows the server's key would have to lie on the disk."
            )
        if (now := datetime.now(UTC)) < AUTHORITY_BEGINS:
            raise Refused(
                f"The clock of this computer says {now:%Y-%m-%d}. Put it right first: "
                "other devices refuse certificates of such a day."
            )
        self.home, self._root_key, self.place, self._host = home, root_key, place, host
        try:
            self.authority = authority_of(home, root_key)
            self._pipe = _KeyPipe(new_leaf(home, root_key, own_names(place.name)).key)
        except AuthorityDamaged as why:
            raise Refused(str(why)) from why
        self._helper, self._failed = _start_helper(self), ""

    def for_server(self) -> dict[str, Any]:
        """Return what the server needs to speak HTTPS. The key's path is a pipe: nothing of it lies on the disk."""
        return {"ssl_cert": self.home / SHOWN, "ssl_key": self._pipe.path}

    def watch(self) -> None:
        """Renew what the server shows when it ends soon, or this machine has another address; for ever.

        And have the page for new devices served again where its process has ended.
        """
        threading.Thread(target=self._watch, daemon=True).start()

    def close(self) -> None:
        """Serve new devices no longer, and take the pipe away."""
        self._helper.kill()
        self._helper.wait()
        self._pipe.close()

    def say_where(self) -> None:
        """Print the addresses, the fingerprint, and a square for a phone's camera."""
        if not addresses():
            print("This machine is on no network just now: its address follows once it is.")
        for address in self.place.own_addresses():
            print(f"Kimbilio is at {address}")
        print(f"\nDevices that join for the first time: {self.place.first_time()}")
        segno.make(self.place.first_time(), micro=False).terminal(compact=True, border=2)
        print(f"Fingerprint to compare: {self.authority.fingerprint}\n", flush=True)

    def renew_if_due(self) -> bool:
        """Make what the server shows anew where it is time, and tell everybody; say whether it was."""
        names = own_names(self.place.name)
        if not is_due(self.home, names):
            return False
        self._pipe.content = new_leaf(self.home, self._root_key, names).key
        self._helper.kill()
        self._helper.wait()  # it is served again below, or at the next look
        self.say_where()
        return True

    def help_again(self) -> bool:
        """Serve the page for new devices again where the process that did has ended; say whether it had."""
        if self._helper.poll() is None:
            return False
        self._helper = _start_helper(self)
        return True

    def look(self) -> None:
        """Renew and serve again what is due. What fails is said once, and the next look tries again."""
        try:
            is_new = self.renew_if_due()
            if is_new:
                _have_server_read_it()
            if self.help_again() and not is_new:
                _say("The page for new devices had ended, and is served again.")
            self._failed = ""
        except (
            Exception
        ) as why:  # a full disk, a damaged file, a port that is taken: what is shown holds for a while
            said = str(why) or type(why).__name__
            if said != self._failed:
                _say(f"What the local network needs could not be renewed: {said}")
            self._failed = said

    def _watch(self) -> None:
        while True:
            time.sleep(LOOK_EVERY)
            self.look()

    def told(self) -> dict[str, object]:
        """Return all that the page for new devices needs: nothing of it is a secret."""
        return {
            "host": self._host,
            "port": self.place.helper_port,
            "page": _page(self.place, fingerprint_of(self.authority.certificate)),
            "certificate": base64.b64encode(as_der(self.authority.certificate)).decode(),
            "style": _STYLE,
        }


class _KeyPipe:
    """A path from which the server's key can be read, for as long as this process lives; a pipe, so it lies nowhere."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.path = Path(tempfile.mkdtemp(prefix="kimbilio-")) / "key"
        os.mkfifo(self.path, 0o600)
        threading.Thread(target=self._feed, daemon=True).start()

    def close(self) -> None:
        """Take the path away. Whoever waits for a reader waits until this process ends."""
        shutil.rmtree(self.path.parent, ignore_errors=True)

    def _feed(self) -> None:
        while True:
            with suppress(OSError), self.path.open("wb", buffering=0) as pipe:  # waits for somebody who reads
                pipe.write(self.content)
            time.sleep(_BETWEEN_READERS)  # until that reader has left


def _have_server_read_it() -> None:
    """Have the server start a process that reads the new certificate, and then let the old one end."""
    os.kill(os.getpid(), signal.SIGHUP)


def _say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


def _start_helper(network: Network) -> "subprocess.Popen[bytes]":
    """Serve the page for new devices, in a process without any key that ends with this one. Refused if it cannot."""
    helper = subprocess.Popen(
        [sys.executable, "-I", "-S", joining_process.__file__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ},  # and no passphrase
    )
    assert helper.stdin
    assert helper.stdout
    with suppress(BrokenPipeError):
        helper.stdin.write(json.dumps(network.told()).encode() + b"\n")
        helper.stdin.flush()
    if helper.stdout.readline() != b"ready\n":
        raise Refused(
            f"Another program is using port {network.place.helper_port}, which new devices need. "
            "Give another one with --port."
        )
    return helper


def _page(place: Place, fingerprint: str) -> str:
    """Draw the page for new devices, in both languages one below the other."""
    parts = []
    for language in ("sw", "en"):
        with translation.override(language):
            words = render_to_string(
                "safekeeping/trust_words.html",
                {
                    "fingerprint": in_lines(fingerprint),
                    "certificate": joining_process.CERTIFICATE,
                    "addresses": place.own_addresses(),
                },
            )
        parts.append({"language": language, "words": mark_safe(words)})  # noqa: S308  # drawn and escaped above
    return render_to_string("safekeeping/trust.html", {"parts": parts, "style": joining_process.STYLE})
