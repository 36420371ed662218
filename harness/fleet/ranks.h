/* ranks: the processes of one command that a launcher (mpirun, srun, a Kubernetes MPIJob) has started on several hosts,
 * and messages between them. MPI carries them: there is no protocol of our own. Only the thread that began may use it.
 *
 * Nothing here waits: waiting in MPI takes a whole core, and it is the generator's. A message is given to MPI, and is
 * under way until a later call finds that it has gone; one that comes is looked for. */
#ifndef TWOFOLD_FLEET_RANKS_H
#define TWOFOLD_FLEET_RANKS_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ranks;

struct ranks_message {
    unsigned from;
    int kind;   /* 0 to 1000: what the sender says that it is */
    char *data; /* on the heap, NUL-terminated behind its length */
    size_t length;
};

/* "Open MPI 4.1.4": what this build was made with, a string that is never freed; NULL: it was built without. */
const char *ranks_library(void);

/* Whether a launcher has started this process as one of several, or of one. */
bool ranks_launched(void);

/* *ret_ranks is NULL where there is only this process. ERROR_INPUT where a launcher has started several and this build
 * cannot speak to the others. Without a launcher MPI is not touched. */
int ranks_begin(struct ranks **ret_ranks, struct error *err);

/* `well`: all of them end well, and this waits for the others. Otherwise MPI is left as it is: a process that then ends
 * with a failure lets the launcher end the others, too, as MPICH's does when it is told at that end. NULL is fine. */
void ranks_end(struct ranks *ranks, bool well);

unsigned ranks_own(const struct ranks *ranks);   /* 0: the one that decides */
unsigned ranks_count(const struct ranks *ranks); /* at least 2 */

/* Copies the message and sends it. What was sent to one rank arrives there in that order. */
void ranks_send(struct ranks *ranks, unsigned to, int kind, const void *data, size_t length);

/* The next message from anybody, whose data the caller frees. Returns whether there was one. */
bool ranks_receive(struct ranks *ranks, struct ranks_message *ret_message);

/* Goes on with what is under way for `most_ns` at most. Returns whether all has gone. */
bool ranks_flush(struct ranks *ranks, uint64_t most_ns);

/* When a message of that rank came last, of clock_now_ns(); 0: never. */
uint64_t ranks_heard_ns(const struct ranks *ranks, unsigned rank);

#endif
