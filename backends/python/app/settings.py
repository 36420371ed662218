"""What the environment decides."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Where to listen, how many processes and items there are, what to depend on.

    HOST, PORT and CORES must be there. Without one of the others the routes that need
    it answer 503, and all others work. Without SHED no request is refused
    because there are too many.
    """

    model_config = SettingsConfigDict(env_ignore_empty=True)

    host: str
    port: int = Field(ge=0, le=65535)
    cores: int = Field(ge=1)
    items: int = Field(default=10_000, ge=0, le=10_000_000)
    shed: int | None = Field(default=None, ge=1)
    upstream_url: str | None = None
    database_url: str | None = None
    model_file: str | None = None
    table_rows: int | None = Field(default=None, ge=1000)
    accounts_file: Path | None = None
    token_key: str | None = None
