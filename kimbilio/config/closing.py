"""Ending the program from within: by the same command as from outside, in a process of its own without any key."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

_COMMAND = "import sys; from kimbilio.config.command_line import main; sys.exit(main())"
# The last answer is on its way by then; whoever stops serving also waits for it.
_ANSWER_FIRST = 0.3


def end_soon(home: Path) -> None:
    """Have `kimbilio lock` end whatever holds the keys of this home, in a moment."""
    threading.Thread(target=_end, args=(home,), daemon=True).start()


def _end(home: Path) -> None:
    time.sleep(_ANSWER_FIRST)
    environment = os.environ | {"KIMBILIO_HOME": str(home)}
    try:
        subprocess.Popen(
            [sys.executable, "-c", _COMMAND, "lock"],
            env=environment,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        # No room for one more process: then without its patience, and the one first that would start another.
        os.kill(os.getppid(), signal.SIGTERM)
        os._exit(1)
