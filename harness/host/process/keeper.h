/* keeper: keeps a program running, as a supervisor does: one that ends is started again, until this process is told to
 * stop. */
#ifndef TWOFOLD_HOST_PROCESS_KEEPER_H
#define TWOFOLD_HOST_PROCESS_KEEPER_H

#include "base/error.h"

#include <stdint.h>

/* How long after its end a program is started again: what systemd takes for Restart=always (RestartSec). */
#define KEEPER_PAUSE_MS 100

struct keeper_options {
    char *const *argv;                             /* NULL-terminated; found on PATH unless it has a slash */
    void (*ended)(void *context, const char *how); /* the program has ended and is started again; may be NULL */
    void *context;
};

/* Runs the program until SIGTERM or SIGINT arrives, which is passed on to it; returns once it has ended then, with its
 * exit status, or 128 and the number of the signal that ended it. -1 where it cannot be started the first time. The
 * signals of the calling thread stay blocked. */
int keeper_run(const struct keeper_options *options, struct error *err);

#endif
