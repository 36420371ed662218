#!/usr/bin/env python3
"""A backend that serves the fan-out as the contract has it, and leaves everything else to the reference service beside
it.

    fanout_service.py [keep]

With "keep" it keeps what the upstream once said: right responses, made without a call. It is what the end-to-end
test of the audit measures: nothing but the upstream's own count tells the two apart.
"""

import concurrent.futures
import json
import os
import re
import sys
import urllib.parse

import beside_reference

UPSTREAM = urllib.parse.urlsplit(os.environ.get("UPSTREAM_URL", "")).netloc
KEEPS = sys.argv[1:] == ["keep"]
kept = {}
callers = concurrent.futures.ThreadPoolExecutor(512)


def ask(key, number):
    """The value of one call, None where it fails."""
    line = beside_reference.line_to("upstream", UPSTREAM)
    try:
        line.request("GET", f"/values/{key}/{number}")
        response = line.getresponse()
        said = response.read()
        return json.loads(said)["value"] if response.status == 200 else None
    except OSError:
        line.close()
        return None


def values_of(key, calls):
    values = kept.get((key, calls)) or list(callers.map(lambda number: ask(key, number), range(calls)))
    if KEEPS:
        kept[key, calls] = values
    return values


def number(query, name, least, most, default):
    text = query.get(name, [default])[0]
    return int(text) if text and re.fullmatch("0|[1-9][0-9]{0,15}", text) and least <= int(text) <= most else None


class Handler(beside_reference.Handler):
    def fan_out(self, query):
        asked = urllib.parse.parse_qs(query, keep_blank_values=True)
        key, calls = number(asked, "key", 0, 2**53 - 1, None), number(asked, "calls", 1, 64, "8")
        if key is None or calls is None:
            self.refuse(422, "key: 0 to 2^53 - 1; calls: 1 to 64")
            return
        values = values_of(key, calls)
        came = [value for value in values if value is not None]
        results = [{"call": call, "value": value} for call, value in enumerate(values)]
        self.respond(200, {"key": key, "partial": len(came) < calls, "sum": sum(came), "results": results})

    def serve(self):
        path, _, query = self.path.partition("?")
        if self.command == "GET" and path == "/fanout":
            self.fan_out(query)
        else:
            self.pass_on()


beside_reference.run(Handler)
