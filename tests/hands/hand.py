"""One of several processes that work at the same two sites at once: run as a program, on the home of its environment.

Each line of its standard input says, as JSON, what to do, and for each it prints one of what came of it.
"""

import json
import os
import sys
from pathlib import Path


def main() -> None:
    """Open the home, and do what is asked until nothing more is."""
    from kimbilio.config.opening import open_with_passphrase, set_up_django

    set_up_django()
    open_with_passphrase(Path(os.environ["KIMBILIO_HOME"]), os.environ["KIMBILIO_PASSPHRASE"])
    from tests.hands import telling, working

    can = {"begin": working.begin, "work": working.work, "tell": telling.tell}
    for line in sys.stdin:
        asked = json.loads(line)
        print(json.dumps(can[asked.pop("do")](**asked)), flush=True)


if __name__ == "__main__":
    main()
