"""What the contract leaves open is kept out of the requests that schemathesis makes."""

import re

import schemathesis

# 1.0, 1e3, +1 and 007 may be taken for integers or not.
OPEN_NUMBER = re.compile(r"\+\d.*|0\d.*|\d+\.0*|\d+(\.\d*)?[eE]\+?\d+")


def plain(value):
    """To JSON Schema 1.0 is an integer, so it makes them: they are sent without the fraction."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, list):
        return [plain(element) for element in value]
    if isinstance(value, dict):
        return {key: plain(element) for key, element in value.items()}
    return value


def is_settled(parameters):
    return not any(OPEN_NUMBER.fullmatch(str(value)) for value in (parameters or {}).values())


def lines_of(body):
    lines = body.get("lines") if isinstance(body, dict) else None
    return [line for line in lines if isinstance(line, dict)] if isinstance(lines, list) else []


def fill_rows(body):
    """Zeros complete the last row of 16, where there is a first one; what is wrong in a row stays."""
    features = body.get("features") if isinstance(body, dict) else None
    if isinstance(features, list) and len(features) > 16:
        features.extend([0] * (-len(features) % 16))


@schemathesis.hook
def before_call(_context, case, _kwargs):
    """What the schema cannot say: features are whole rows, and two lines of an order differ in their item. A repeated
    item becomes another one."""
    fill_rows(case.body)
    seen = []
    for number, line in enumerate(lines_of(case.body), 1):
        if line.get("item_id") in seen:
            line["item_id"] = 1000000 + number
        if "item_id" in line:
            seen.append(line["item_id"])


@schemathesis.check
def no_server_error(_context, response, case):
    """503 is an answer of an operation that says so: here a service has neither an upstream nor a database."""
    documented = case.operation.definition.raw["responses"]
    if response.status_code >= 500 and str(response.status_code) not in documented:
        raise AssertionError(f"{case.method} {case.path}: {response.status_code}, a server error")


@schemathesis.hook
def map_body(_context, body):
    return plain(body)


@schemathesis.hook
def filter_path_parameters(_context, path_parameters):
    return is_settled(path_parameters)


@schemathesis.hook
def filter_query(_context, query):
    return is_settled(query)
