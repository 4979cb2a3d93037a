"""Where other devices find this machine on its network, and the squares by which a phone's camera comes there."""

from dataclasses import dataclass

import segno

from kimbilio.safekeeping.network import addresses, local_name


@dataclass(frozen=True)
class Place:
    """How this home is served to a local network: under which name, and at which two ports."""

    name: str
    port: int

    @property
    def helper_port(self) -> int:
        """Return the port of the page that says how a device comes to trust us; it has no data, and no HTTPS."""
        return self.port + 1

    def own_addresses(self) -> list[str]:
        """Return the addresses of our pages, those that work on most devices first; by name alone on no network."""
        hosts = [*addresses(), local_name(self.name)]
        return [f"https://{host}:{self.port}/" for host in hosts]

    def first_time(self) -> str:
        """Return the address for a device that does not know us yet."""
        host = next(iter(addresses()), local_name(self.name))
        return f"http://{host}:{self.helper_port}/"

    def by_name(self) -> str:
        """Return the address by name, on which passkeys work."""
        return f"https://{local_name(self.name)}:{self.port}/"


def in_lines(fingerprint: str) -> list[str]:
    """Return a fingerprint in lines of eight pairs: two people compare two screens, whose lines must end alike."""
    pairs = fingerprint.split(":")
    return [":".join(pairs[start : start + 8]) for start in range(0, len(pairs), 8)]


def square(address: str) -> str:
    """Return an address as a square for a camera: a picture that stands in the page itself."""
    return segno.make(address, micro=False, error="m").svg_data_uri(scale=5, border=3)
