"""The Flask application: what does the work, the views and the errors put together."""

import os
from contextlib import ExitStack

from flask import Flask

from app.accounts import Accounts
from app.inference import Model
from app.seed import seed_items
from app.settings import Settings
from app.table import Table
from flask_app import problems, views
from flask_app.catalog import SharedCatalog
from flask_app.faults import faults
from flask_app.orders import Orders
from flask_app.upstream import Upstream

# What is to be closed when the process ends, among the application's extensions.
OPENED = "opened"


def create_app(settings: Settings | None = None) -> Flask:
    """Return the application of one worker process."""
    settings = settings or Settings()
    app = Flask(__name__, static_folder=None)
    catalog = SharedCatalog(seed_items(settings.items))
    accounts = Accounts(settings.accounts_file, settings.token_key)
    orders = Orders(settings.database_url)
    upstream = Upstream(settings.upstream_url, settings.cores)
    opened = ExitStack()
    opened.callback(orders.close)
    opened.callback(upstream.close)
    app.extensions[OPENED] = opened
    app.register_blueprint(views.health())
    app.register_blueprint(views.items(catalog))
    app.register_blueprint(views.series())
    app.register_blueprint(views.fan_out(upstream))
    app.register_blueprint(views.orders(orders))
    app.register_blueprint(views.inference(Model(settings.model_file)))
    app.register_blueprint(views.report(Table(settings.table_rows)))
    app.register_blueprint(views.members(accounts, catalog))
    if os.environ.get("FAULTS") == "1":  # else it is an unknown path
        app.register_blueprint(faults())
    problems.register(app)
    return app
