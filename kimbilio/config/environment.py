"""The few settings an installation has, read from the environment, typed and explained.

Every setting is documented in docs/settings.md; a house test fails when one is not.
"""

from functools import cache
from pathlib import Path
from typing import Literal

from platformdirs import user_data_path
from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Environment(BaseSettings):
    """What the environment says. Each field is read from `KIMBILIO_` and its name in capitals."""

    model_config = SettingsConfigDict(env_prefix="KIMBILIO_", extra="ignore", env_ignore_empty=True)

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
            "Unset: an encrypted SQLCipher file in the home."
        ),
    )
    allowed_hosts: str = Field(
        default="localhost,127.0.0.1,[::1]",
        description="Host names, separated by commas, under which the pages may be asked for.",
    )
    https: bool = Field(
        default=False,
        description="Say true when the pages are served over HTTPS: cookies are then sent only there.",
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

    @field_validator("database_url")
    @classmethod
    def _is_postgresql(cls, url: SecretStr | None) -> SecretStr | None:
        if url is not None and not url.get_secret_value().startswith(("postgresql://", "postgres://")):
            raise ValueError("it begins with postgresql://")
        return url


@cache
def environment() -> Environment:
    """Return the settings as read once at the start."""
    return Environment()
