"""A Flask service that does nothing for 20 ms, as one that waits for another one does."""

import time

import flask

app = flask.Flask(__name__)


@app.get("/")
def wait():
    time.sleep(0.020)
    return {"waited_ms": 20}
