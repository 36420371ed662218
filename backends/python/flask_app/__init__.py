"""The twofold service on Flask: the domain is that of ``app``."""

from flask_app.application import OPENED, create_app

__all__ = ["OPENED", "create_app"]
