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


@schemathesis.hook
def map_body(_context, body):
    return plain(body)


@schemathesis.hook
def filter_path_parameters(_context, path_parameters):
    return is_settled(path_parameters)


@schemathesis.hook
def filter_query(_context, query):
    return is_settled(query)
