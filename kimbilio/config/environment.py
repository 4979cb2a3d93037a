"""The few settings an installation has, read from the environment, typed and explained.

Every setting is documented in docs/settings.md; a house test fails when one is not.
"""

from functools import cache
from pathlib import Path
from typing import Literal, Self
from urllib.parse import parse_qs, urlsplit

from platformdirs import user_data_path
from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from kimbilio.safekeeping.network import local_name

# Ways of connecting to PostgreSQL that look whom they speak to; with any other, somebody between can read along.
_LOOKED_AT = frozenset({"verify-ca", "verify-full"})
_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})


def is_remote(url: str) -> bool:
    """Say whether a database stands on another machine: not on this one, nor behind a socket."""
    parts = urlsplit(url)
    asked = parse_qs(parts.query)
    hosts = [parts.hostname or "", *asked.get("host", []), *asked.get("hostaddr", [])]
    return any(host and not host.startswith("/") and host not in _THIS_MACHINE for host in hosts)


class Environment(BaseSettings):
    """What the environment says. Each field is read from `KIMBILIO_` and its name in capitals."""

    model_config = SettingsConfigDict(
        env_prefix="KIMBILIO_", extra="ignore", env_ignore_empty=True, hide_input_in_errors=True
    )

    home: Path = Field(
        default_factory=lambda: user_data_path("kimbilio"),
        description="The folder that holds the records, the keyring and the audit anchors. Mode 0700.",
    )
    passphrase: SecretStr | None = Field(
        default=None, description="The passphrase of the home, for unattended starts. Asked for when unset."
    )
    passphrase_file: Path | None = Field(
        default=None,
        description="A file whose first line is the passphrase. Used when the passphrase is unset.",
    )
    new_passphrase: SecretStr | None = Field(
        default=None, description="The new passphrase, for an unattended `kimbilio keys passphrase`."
    )
    admin_password: SecretStr | None = Field(
        default=None, description="The first administrator's password, for an unattended `kimbilio init`."
    )
    user_password: SecretStr | None = Field(
        default=None,
        description="A password for `kimbilio user add`, unattended. Without it a one-time code is printed.",
    )
    database_url: SecretStr | None = Field(
        default=None,
        description=(
            "postgresql://user:password@host:port/name, or ?host=/folder for a socket. "
            "On another machine it is reached with sslmode=verify-full, or verify-ca where that is named. "
            "Unset: an encrypted SQLCipher file in the home."
        ),
    )
    backup_folder: Path | None = Field(
        default=None,
        description="Where `kimbilio backup` writes; while serving, a backup is made there every day.",
    )
    keyring_backup_folder: Path | None = Field(
        default=None, description="The folder for backups of the keyring, apart from those of the data."
    )
    keyring_backup_days: int = Field(
        default=30, ge=1, le=30, description="Days after which a backup of the keyring is destroyed."
    )
    recovery_key: SecretStr | None = Field(
        default=None, description="The recovery key of the sheet, for an unattended `kimbilio restore`."
    )
    recovery_key_file: Path | None = Field(
        default=None, description="A file that holds the recovery key. Used when the key itself is unset."
    )
    allowed_hosts: str = Field(
        default="localhost,127.0.0.1,[::1]",
        description="Host names, separated by commas, under which the pages may be asked for.",
    )
    https: bool = Field(
        default=False,
        description="Say true when the pages are served over HTTPS: cookies are then sent only there.",
    )
    lan: bool = Field(
        default=False,
        description="Serve the local network over HTTPS, as `kimbilio run --lan` does.",
    )
    lan_name: str = Field(
        default="", description="The name of this machine on the local network, as `--name` gives it."
    )
    call_first: str = Field(
        default="",
        description="Whom to call in trouble: names and numbers, separated by ';'. On the page for the wall.",
    )
    language: Literal["en", "sw"] = Field(
        default="en", description="The language of a first visit: en or sw."
    )
    idle_minutes: int = Field(
        default=10, ge=1, le=60, description="Minutes without a request after which a sign-in locks itself."
    )
    shred_after_days: int = Field(
        default=2, ge=0, le=31, description="Days after which a printed sheet with codes is to be shredded."
    )
    caseload_days: int = Field(
        default=90,
        ge=1,
        le=366,
        description="Days for which somebody whom a member of staff met is among those they work for.",
    )
    watch_open_from: int = Field(
        default=6,
        ge=0,
        le=23,
        description="The hour at which sites open; what is opened before it is opened at night.",
    )
    watch_open_until: int = Field(
        default=20,
        ge=1,
        le=24,
        description="The hour at which sites close; what is opened from then on is opened at night.",
    )
    watch_outside: int = Field(
        default=5,
        ge=1,
        le=1000,
        description="People outside one's own work in a week, from how many on they stand out.",
    )
    watch_outside_overseeing: int = Field(
        default=20,
        ge=1,
        le=1000,
        description="The same for those who oversee, who work for nobody themselves.",
    )
    watch_opened_without_work: int = Field(
        default=20,
        ge=1,
        le=1000,
        description="People opened in a week of whom nothing was recorded, from how many on it may stand out.",
    )
    watch_names_without_work: int = Field(
        default=10,
        ge=1,
        le=1000,
        description="People in a week whose names were opened and nothing recorded that day, likewise.",
    )
    watch_again: int = Field(
        default=4,
        ge=2,
        le=1000,
        description=(
            "Sittings in a week at which one person was opened and nothing recorded, from how many on it stands out."
        ),
    )
    watch_at_night: int = Field(
        default=2,
        ge=1,
        le=1000,
        description="People opened in a week while the site was closed and nothing recorded, likewise.",
    )
    watch_by_many: int = Field(
        default=4,
        ge=2,
        le=1000,
        description="Members of staff who opened one person in a week and recorded nothing, likewise.",
    )
    watch_times_the_usual: int = Field(
        default=2,
        ge=1,
        le=100,
        description="How many times somebody's own usual week is far more than usual.",
    )

    @model_validator(mode="after")
    def _has_a_name(self) -> Self:
        if self.lan or self.lan_name:
            local_name(self.lan_name)  # says in one sentence why it is none
        return self

    @field_validator("database_url")
    @classmethod
    def _is_postgresql(cls, url: SecretStr | None) -> SecretStr | None:
        if url is not None and not url.get_secret_value().startswith(("postgresql://", "postgres://")):
            raise ValueError("it begins with postgresql://")
        return url

    @field_validator("database_url")
    @classmethod
    def _is_encrypted(cls, url: SecretStr | None) -> SecretStr | None:
        address = url.get_secret_value() if url else ""
        mode = parse_qs(urlsplit(address).query).get("sslmode", ["verify-full"])[-1]
        if mode not in _LOOKED_AT and is_remote(address):
            raise ValueError(
                "a database on another machine is reached encrypted, and only where its certificate holds: "
                "sslmode is verify-full or verify-ca"
            )
        return url


@cache
def environment() -> Environment:
    """Return the settings as read once at the start."""
    return Environment()
