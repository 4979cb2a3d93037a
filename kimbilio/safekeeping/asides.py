"""What a restore put aside: folders in the home and schemas of PostgreSQL, named with their age, destroyed in the end.

Nobody who is forgotten is forgotten in there, so it may not stay. Source of the month: docs/decisions/0018-backups.md.
"""

import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import connection
from django.utils import timezone

from kimbilio.safekeeping import placing, schemas
from kimbilio.safekeeping.ages import LONGEST
from kimbilio.safekeeping.files import destroy, moment_of


@dataclass(frozen=True)
class Aside:
    """A folder (its path) or a schema of the database, and when it was put aside."""

    name: str
    made_at: datetime
    folder: Path | None = None

    @property
    def goes_at(self) -> datetime:
        """Return when it is destroyed."""
        return self.made_at + LONGEST

    def destroy(self) -> None:
        """Overwrite and delete the folder, or drop the schema."""
        if self.folder is None:
            schemas.drop(self.name)
            return
        for path in self.folder.rglob("*"):
            if path.is_file() and not path.is_symlink():
                destroy(path)
        shutil.rmtree(self.folder)


def put_aside(home: Path) -> list[Aside]:
    """Return what earlier restores put aside here, the oldest first."""
    found: list[tuple[str, str, Path | None]] = [
        (path.name.removeprefix(placing.ASIDE), path.name, path) for path in home.glob(f"{placing.ASIDE}*")
    ]
    if connection.vendor == "postgresql":
        names = schemas.schemas_beginning(schemas.ASIDE)
        found += [(name.removeprefix(schemas.ASIDE).replace("_", "-"), name, None) for name in names]
    asides = [Aside(name, made, folder) for at, name, folder in found if (made := moment_of(at)) is not None]
    return sorted(asides, key=lambda one: one.made_at)


def destroy_old_asides(home: Path) -> int:
    """Destroy what was put aside so long ago that nobody needs it any more; return how many there were."""
    old = [one for one in put_aside(home) if timezone.now() >= one.goes_at]
    for one in old:
        one.destroy()
    return len(old)
