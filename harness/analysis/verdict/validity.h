/* validity: whether the generator and the machine were good enough for a step to say anything about the service. */
#ifndef TWOFOLD_ANALYSIS_VERDICT_VALIDITY_H
#define TWOFOLD_ANALYSIS_VERDICT_VALIDITY_H

#include "analysis/usage/host_usage.h"
#include "plan/scenario/limits.h"
#include "record/run_log.h"

#include <stdbool.h>

/* Why a step is no measurement. */
enum invalidity {
    INVALID_SEND_LAG,       /* p99 of the send lag is above a tenth of the latency limit */
    INVALID_GENERATOR_BUSY, /* a generator thread was over 90 % busy, and a limit broke */
    INVALID_STARVED,        /* a generator thread had no core for over a tenth of the time, and a limit broke */
    INVALID_OPENING,        /* over 1 % of the connections were not yet open, and the service lived and refused none */
    INVALID_UNSENT,         /* sent under 98 % of offered although connections were free */
    INVALID_LITTLE,         /* mean requests in flight and rate x mean time differ by over 10 %, and nothing broke */
    INVALID_FOREIGN,        /* others worked on the service's cores while it waited for them, and a limit broke */
    INVALID_NO_REQUESTS,    /* none was due in the measured part, and nothing broke */
    INVALID_DEPENDENCY,     /* something that the service needs failed itself (enum dependency_fault) */
    INVALID_DENIED,         /* a connection could not be made for want of this machine's own, and a limit broke; or so
                             * for over 1 % of the slow connections, whether or not one did */
    INVALID_STOOD_STILL,    /* a generator thread was stopped for over 1 % of the time, and a limit broke */
    INVALID_TURNED_AWAY,    /* the generator had no room for another user's session, and a limit broke */
    INVALID_LATE_START,     /* a generator of a fleet began later than agreed by over a tenth of the latency limit */
    INVALID_READ_LATE,      /* streams: p99 of how long a message may have lain in its socket is above that tenth */
    INVALID_CLOCK_SET,      /* messages are due by the wall clock, which was set by over a tenth of the latency limit */
    INVALIDITY_COUNT,
};

/* "send_lag", "generator_busy", "starved", "opening", "unsent", "little", "foreign", "no_requests", "dependency",
 * "denied", "stood_still", "turned_away", "late_start", "read_late", "clock_set". */
const char *invalidity_name(enum invalidity invalidity);

/* What the validity of a step depends on besides its record. */
struct validity_terms {
    const struct host_usage *host; /* over the measured part */
    uint64_t latency_ns;           /* the shortest time that a limit allows a request; 0: none does */
    bool streams;                  /* its requests open streams of events, whose send lag is that of reading them */
    bool cores_shared;             /* the generator ran on the service's cores, where its work is not foreign */
    bool broke;                    /* what was observed of at least one limit is above what is allowed */
};

/* Sets every element of `ret_invalid`, true where the step is invalid for that reason. In a fleet one generator that
 * was not good enough makes it so, however good the others were: of what each has for itself, each is looked at. */
void validity_find(const struct step_record *step, const struct validity_terms *terms,
                   bool ret_invalid[INVALIDITY_COUNT]);

/* The host of the generator of a fleet that is behind it, the worst where several are, borrowed from the step; NULL:
 * none is, or the load was sent by one process. */
const char *validity_blame(const struct step_record *step, const struct validity_terms *terms,
                           enum invalidity invalidity);

/* Whether a thread of the generator was so busy, was without a core for so long, or stood still for so long, that the
 * generator may have been the limit itself. */
bool validity_generator_busy(const struct load_record *load);
bool validity_generator_starved(const struct load_record *load);
bool validity_generator_stood_still(const struct load_record *load);

#endif
