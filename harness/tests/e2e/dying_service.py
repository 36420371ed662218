#!/usr/bin/env python3
"""A backend that serves at most so many requests a second and refuses the others, but not when it is started for the
first time, which is for verify. It dies of SIGSEGV as soon as there is a file "now" beside it. The reference service
does the work.

    dying_service.py REQUESTS-A-SECOND
"""

import os
import resource
import signal
import sys
import threading
import time

import beside_reference

MOST = int(sys.argv[1]) if os.path.exists("started") else sys.maxsize
open("started", "w").close()
lock = threading.Lock()
second, served = 0, 0


def admits():
    global second, served
    with lock:
        now = int(time.monotonic())
        if now != second:
            second, served = now, 0
        served += 1
        return served <= MOST


class Handler(beside_reference.Handler):
    def serve(self):
        if self.path.startswith("/items/") and not admits():
            self.refuse(503, "too many")
        else:
            self.pass_on()


def watch():
    while not os.path.exists("now"):
        time.sleep(0.02)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    print("out of luck", file=sys.stderr, flush=True)
    os.kill(os.getpid(), signal.SIGSEGV)


threading.Thread(target=watch, daemon=True).start()
beside_reference.run(Handler)
