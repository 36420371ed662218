"""What the environment decides."""

from pydantic import Field
from pydantic_settings import BaseSettings


class Settings(BaseSettings):
    """Where to listen and how many processes to run: HOST, PORT and CORES."""

    host: str
    port: int = Field(ge=0, le=65535)
    cores: int = Field(ge=1)
