/* guardian: a process that ends all processes of the PostgreSQL server, stopped ones too, and removes its folder once
 * this process is gone, however that happens. */
#ifndef TWOFOLD_BENCH_POSTGRES_GUARDIAN_H
#define TWOFOLD_BENCH_POSTGRES_GUARDIAN_H

#include "base/error.h"

#include <sys/types.h>

struct guardian {
    pid_t pid;
    int pipe; /* the guardian acts when this end is closed, by guardian_finish or by the death of this process */
};

/* Starts a guardian of the server in `folder`, whose data is in the folder "data" below it. */
int guardian_start(struct guardian *guardian, const char *folder, struct error *err);

/* Lets it act now, and waits until it has: the server has stopped and the folder is gone. */
void guardian_finish(struct guardian *guardian);

#endif
