#!/usr/bin/env python3
"""Runs schemathesis over the contract's OpenAPI file against a service that is up.

    schemathesis_run.py FOLDER --install    put schemathesis into FOLDER from schemathesis.lock
    schemathesis_run.py FOLDER [BACKEND]    test the service at $BASE_URL: operations that the backend's manifest names,
                                            all of them where it names none or no backend is given

Ends with 0 when nothing was found, 1 when something was, 77 when it cannot be installed here. `twofold verify`
knows what the contract means; this knows only its schema, and so tries what nobody thought of.
"""

import hashlib
import json
import os
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
BACKENDS = HERE.parents[2] / "backends"
OPENAPI = BACKENDS / "contract" / "openapi.json"
LOCK = HERE / "schemathesis.lock"
SKIPPED = 77
SECONDS_MOST = 240  # 30 examples an operation take about ten; a service that hangs is told by REQUEST_SECONDS
REQUEST_SECONDS = 5
EXAMPLES = 30
SEED = 1

# Not among them, since the contract does not promise it or verify does it better:
#   unsupported_method, allow_header_conformance   a known path with another method is left open (404 or 405)
#   missing_required_header, ignored_auth          there are neither
#   not_a_server_error                             no_server_error of the hooks instead: a documented 503 is none
#   use_after_free, ensure_resource_availability   read-your-writes holds on one connection only; verify uses one
CHECKS = ("no_server_error", "status_code_conformance", "content_type_conformance", "response_headers_conformance",
          "response_schema_conformance", "negative_data_rejection", "positive_data_acceptance")

# Its response has no end, which schemathesis waits for
ENDLESS = "streamEvents"


def install(folder):
    stamp = folder / ("installed-" + hashlib.sha256(LOCK.read_bytes()).hexdigest()[:16])
    if stamp.exists():
        return 0
    try:
        venv.create(folder, clear=True, with_pip=True)
    except subprocess.CalledProcessError as error:
        print(f"schemathesis: skipped: python3 makes no virtual environment here: {error}")
        return SKIPPED
    pip = [folder / "bin" / "python", "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    if subprocess.run([*pip, "--require-hashes", "-r", LOCK], check=False).returncode != 0:
        print("schemathesis: cannot be installed")
        return 1
    stamp.touch()
    return 0


def operations_of(backend):
    """What a variant does not say is as the service says it that it is a variant of."""
    made = json.loads((BACKENDS / backend / "backend.json").read_text())
    if "contract" not in made and "variant_of" in made:
        return operations_of(made["variant_of"])
    return made.get("contract", [])


def command(folder, operations):
    chosen = [word for operation in operations for word in ("--include-operation-id", operation)]
    return [folder / "bin" / "schemathesis", "run", OPENAPI, "--url", os.environ["BASE_URL"], *chosen,
            "--exclude-operation-id", ENDLESS,
            "--checks", ",".join(CHECKS), "--seed", str(SEED), "--max-examples", str(EXAMPLES),
            "--request-timeout", str(REQUEST_SECONDS), "--continue-on-failure", "--suppress-health-check", "too_slow",
            "--generation-database", "none", "--no-color"]


def run(folder, operations):
    environment = {**os.environ, "SCHEMATHESIS_HOOKS": "schemathesis_hooks", "PYTHONPATH": str(HERE),
                   "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(command(folder, operations), cwd=folder, env=environment, timeout=SECONDS_MOST,
                              check=False)
    except subprocess.TimeoutExpired:
        print(f"schemathesis: not done after {SECONDS_MOST} s")
        return 1
    return done.returncode


def main():
    folder = Path(sys.argv[1]).resolve()
    if sys.argv[2:] == ["--install"]:
        return install(folder)
    if "BASE_URL" not in os.environ:
        print("schemathesis: the environment has no BASE_URL")
        return 2
    return run(folder, operations_of(sys.argv[2]) if len(sys.argv) > 2 else [])


if __name__ == "__main__":
    sys.exit(main())
