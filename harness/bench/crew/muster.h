/* muster: who takes part in a fleet. Every rank tells all others what it is before anything is done, so that all know
 * the same: who leads, who sends which part of the load, and whether this can be one run at all.
 *
 * The rank that leads decides what is run. It is rank 0, or, where the service is started on the host of another rank,
 * that one, which then sends no load. */
#ifndef TWOFOLD_BENCH_CREW_MUSTER_H
#define TWOFOLD_BENCH_CREW_MUSTER_H

#include "base/clocks/clock_offset.h"
#include "base/error.h"
#include "bench/cores.h"
#include "fleet/ranks.h"
#include "record/fleet/generator.h"
#include "record/machine.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct muster_member {
    struct generator_record record; /* host, cores, threads (0: it sends nothing), machine */
    char *version, *scenario;       /* of its twofold, and the hash of its scenario; NULL: nothing was heard yet */
    char **addresses;               /* IPv4, with the length of their networks: "10.0.0.2/24"; NULL-terminated */
    unsigned first_thread;          /* how many threads the ones before it have */
    struct clock_offset clock;      /* from that of the leader, where this is the leader */
};

struct muster {
    struct ranks *ranks;           /* borrowed */
    struct muster_member *members; /* by rank */
    size_t count;
    unsigned own, lead; /* ranks */
    bool hosts_service; /* the leader has the service beside it */
    char host[64];      /* the leader's address, in numbers, that the others can reach */
    unsigned threads;   /* of all */
    bool lost;          /* one of them is: the others cannot be waited for any more */
};

/* What this process says of itself. */
struct muster_hello {
    const char *version, *scenario;
    const struct cores *cores;
    const struct machine *machine;
    const char *service_on; /* a host's name or address, or "rank:N"; NULL: rank 0 leads, and sends load as well */
};

/* On all ranks: says what this one is, and waits for what all others say, 60 s at most. ERROR_INPUT where one has
 * another version of twofold or another scenario, where two would send from one core of a host, and where nobody is on
 * the host of the service; ERROR_FAILED names the ranks of which nothing was heard. */
int muster_gather(struct muster *muster, struct ranks *ranks, const struct muster_hello *own, struct error *err);
void muster_release(struct muster *muster);

/* On the leader: tells all others that the run is over, and how (struct fleet_order_end). */
void muster_dismiss(struct muster *muster, const void *end, size_t length);

/* Finds who leads and deals the threads out; fails for what muster_gather refuses. Pure: for a muster whose members are
 * known. `service_on` as above. */
int muster_settle(struct muster *muster, const char *service_on, struct error *err);

#endif
