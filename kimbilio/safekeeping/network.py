"""This machine's names and addresses on a local network. Needs neither Django nor the passphrase."""

import re
import socket
import struct
from collections.abc import Iterator
from contextlib import closing, suppress

from kimbilio.core.encryption.certificates import PRIVATE_NAMES, is_private_address, is_private_name

LOOPBACK = ("localhost", "127.0.0.1")
_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")
# Asking which way these would go sends nothing, and tells the address of each network this machine is on.
_SOMEWHERE = ("10.255.255.255", "172.31.255.255", "192.168.255.255", "192.0.2.1")
_SIOCGIFADDR = 0x8915


class NoSuchName(ValueError):
    """A name that cannot be this machine's on a local network; the message says why in one sentence."""


def local_name(name: str) -> str:
    """Return the name under which other devices find this machine: `NAME.local`, or a whole private name as it is.

    Raises NoSuchName.
    """
    given = (name or socket.gethostname().partition(".")[0]).strip().rstrip(".").lower()
    whole = given if "." in given or given in PRIVATE_NAMES else f"{given}.local"
    if not all(_LABEL.fullmatch(label) for label in whole.split(".")) or len(whole) > 253:
        raise NoSuchName(f"'{name or given}' cannot be a name: use the letters a to z, digits and dashes.")
    if not is_private_name(whole):
        endings = ", ".join(f".{ending}" for ending in PRIVATE_NAMES[1:])
        raise NoSuchName(
            f"'{name}' may belong to somebody on the internet: use one word, or a name that ends in {endings}."
        )
    return whole


def addresses() -> list[str]:
    """Return this machine's addresses on local networks, in order; none where it is on no network."""
    found = {*_by_interface(), *_by_way(), *_by_own_name()}
    return sorted(one for one in found if is_private_address(one) and not one.startswith("127."))


def own_names(name: str) -> list[str]:
    """Return every name and address under which this machine's pages may be asked for."""
    return list(dict.fromkeys([local_name(name), *LOOPBACK, *addresses()]))


def _by_interface() -> Iterator[str]:
    """Yield the address of every interface, where the system tells (Linux)."""
    with suppress(ImportError, OSError), closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as asking:
        import fcntl

        for _number, interface in socket.if_nameindex():
            with suppress(OSError):
                answer = fcntl.ioctl(
                    asking.fileno(), _SIOCGIFADDR, struct.pack("256s", interface[:15].encode())
                )
                yield socket.inet_ntoa(answer[20:24])


def _by_way() -> Iterator[str]:
    for somewhere in _SOMEWHERE:
        with suppress(OSError), closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as probe:
            probe.connect((somewhere, 9))
            yield str(probe.getsockname()[0])


def _by_own_name() -> Iterator[str]:
    with suppress(OSError):
        for *_kind, address in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET):
            yield str(address[0])
