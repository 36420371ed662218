/* resource: what a service, or the load on it, can use up, and the load at which it does. Plain data;
 * analysis/resource/resources.h fills it. */
#ifndef TWOFOLD_ANALYSIS_RESOURCE_RESOURCE_H
#define TWOFOLD_ANALYSIS_RESOURCE_RESOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* In this order where two are used up at one load: what leaves the service without CPU of its own comes before its CPU,
 * and what fills because something else was used up comes last. */
enum resource {
    RESOURCE_DEPENDENCY,       /* CPU or places of what the service calls */
    RESOURCE_POOL,             /* the sessions of the service with a database */
    RESOURCE_QUOTA,            /* the CPU time that a control group allows it */
    RESOURCE_CPU,              /* the service's cores */
    RESOURCE_THREAD,           /* one thread that does nearly all of the service's work, which has several cores */
    RESOURCE_MEMORY,           /* up to the lowest of the limits on it, the machine's memory being the last of them */
    RESOURCE_FILE_DESCRIPTORS, /* of the process that is nearest to its limit */
    RESOURCE_ACCEPT_QUEUE,     /* connections that wait to be accepted */
    RESOURCE_CONNECTIONS,      /* those that the scenario lets the clients of an open load have */
    RESOURCE_NETWORK,          /* the machine's link */
    RESOURCE_COUNT,
};

/* "cpu", "one-thread", "quota", "memory", "file-descriptors", "accept-queue", "connections", "pool", "dependency",
 * "network". */
const char *resource_name(enum resource resource);

/* What the run says of when a resource is used up. */
enum resource_end {
    RESOURCE_END_UNKNOWN, /* nothing: its use was not read */
    RESOURCE_END_OPEN,    /* it was not used up; how much there is, or how its use grows, is not known */
    RESOURCE_END_FLAT,    /* it was not used up, and its use was not seen to grow with the load */
    RESOURCE_END_FAR, /* not before so many times the highest load that did not break that a line says nothing any more
                       */
    RESOURCE_END_PROJECTED, /* it was not used up; the line through the loads that did not break says where it would be
                             */
    RESOURCE_END_MEASURED,  /* it was used up at a load that was run */
};

/* Loads are levels of the ladder: requests a second, connections, or the number of the value that doubles. */
struct resource_finding {
    enum resource resource;
    enum resource_end end;
    bool known;          /* its use was read */
    bool measured;       /* end is RESOURCE_END_MEASURED */
    double exhausted_at; /* the load at which it is used up; NAN unless measured or projected */
    double low, high;    /* the interval of it, 95 % where it is projected; INFINITY: open. NAN where there is none; of
                          * RESOURCE_END_FAR low alone: it is not used up below that load */
    double used, most; /* how much was used at the highest load that did not break, and how much there is: cores for CPU
                        * and quota, a share of a core for a thread, bytes for memory, otherwise a number; of a
                        * dependency the share of what it has. NAN: not known */
    uint64_t used_at;  /* that load; 0: none */
    double doubled;  /* what twice the highest load that the service holds would need, as a share of all there is: where
                      * the line through the loads that did not break says it; NAN: it does not */
    unsigned trials; /* in which its use was read, */
    unsigned exhausted_in; /* and of these, in which it was used up */
};

#endif
