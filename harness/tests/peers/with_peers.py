#!/usr/bin/env python3
"""Runs a test program that needs certificates and servers written in Python (peer.h).

    with_peers.py FOLDER [--lock LOCK] PROGRAM
        FOLDER: where the certificates, and with --lock a virtual environment with those packages, are made

The program finds in its environment: TEST_RIGHT and TEST_OTHER, certificates for 127.0.0.1 and localhost and for
other.example, each with its key; TEST_PYTHON, the Python that runs the servers.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from histogram_peer import SKIPPED, environment


def make_certificate(file, name, alternatives):
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                    "-keyout", f"{file}.key", "-out", f"{file}.crt", "-days", "2", "-subj", f"/CN={name}",
                    "-addext", f"subjectAltName={alternatives}"],
                   check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    file.write_bytes(Path(f"{file}.key").read_bytes() + Path(f"{file}.crt").read_bytes())


def main():
    folder, words = Path(sys.argv[1]).resolve(), sys.argv[2:]
    lock = Path(words[1]).resolve() if words[0] == "--lock" else None
    program = words[-1]
    if shutil.which("openssl") is None:
        print("with_peers: skipped: no openssl to make certificates with")
        return SKIPPED
    folder.mkdir(parents=True, exist_ok=True)
    python = sys.executable if lock is None else environment(folder / "python", lock)
    if python is None:
        return SKIPPED
    right, other = folder / "right.pem", folder / "other.pem"
    make_certificate(right, "twofold", "IP:127.0.0.1,DNS:localhost")
    make_certificate(other, "other.example", "DNS:other.example")
    environ = {**os.environ, "TEST_RIGHT": str(right), "TEST_OTHER": str(other), "TEST_PYTHON": str(python)}
    return subprocess.run([program], env=environ, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
