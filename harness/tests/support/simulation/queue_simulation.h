/* queue_simulation: what becomes of one request after another at a service of one queue, in the order of their arrival
 * and in simulated time. Nothing waits and nothing is measured: a request's end is computed when it arrives. With one
 * server and exponential work it is the M/M/1 queue, whose response time is exponential with the mean
 * 1 / (1 / mean_work - rate), so that its percentiles and its capacity under a limit are known exactly. */
#ifndef TWOFOLD_TESTS_SUPPORT_QUEUE_SIMULATION_H
#define TWOFOLD_TESTS_SUPPORT_QUEUE_SIMULATION_H

#include "base/random.h"
#include "record/tally.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define QUEUE_SERVERS_MOST 64

enum work_shape {
    WORK_EXPONENTIAL,
    WORK_CONSTANT,
    WORK_BIMODAL, /* light, or heavy with the chance heavy_share */
};

/* Of all fields 0 means: not so. Times are in nanoseconds. */
struct queue_model {
    unsigned servers; /* that take the next request of the queue when they are free; at least 1 */
    enum work_shape shape;
    double mean_work_ns;              /* over light and heavy ones */
    double heavy_share, heavy_factor; /* bimodal: a heavy request is that many times the work of a light one */

    /* Nobody works for stall_ns: with this chance once in a step, at a moment of its measured time that chance picks;
     * and whenever so much of the process's life has passed. */
    double stall_chance;
    uint64_t stall_ns;
    uint64_t pause_every_ns, pause_ns;

    double tail_share; /* these answer so much later, and keep no server busy meanwhile */
    uint64_t tail_ns;

    double admitted_rps; /* what comes faster is answered at once with a wrong status */
    double admitted_burst;

    uint64_t crash_after; /* requests, over the life of the process: it ends when the next one's turn comes */
    uint64_t cold_ns;     /* of the process's life, in which all work takes cold_factor as long */
    double cold_factor;
};

struct queue_server {
    uint64_t free_ns; /* when all that it was given is done */
    double worked_ns; /* over its life */
};

/* The queue of one process. Moments are those of the caller's clock. */
struct queue_simulation {
    struct queue_model model;
    struct random random;
    struct queue_server servers[QUEUE_SERVERS_MOST];
    uint64_t born_ns;
    uint64_t served;      /* requests that were begun */
    uint64_t stall_at_ns; /* of the present step; 0: none */
    double tokens;        /* of what is admitted */
    uint64_t tokens_ns;   /* when they were counted */
    bool dead;
    uint64_t died_ns;
};

struct queue_outcome {
    uint64_t end_ns;
    enum failure failure; /* FAILURE_CONNECT: nobody listened */
};

/* A fresh process that starts to live at `born_ns`. The same seed gives the same work and the same stalls. */
void queue_simulation_init(struct queue_simulation *queue, const struct queue_model *model, uint64_t seed,
                           uint64_t born_ns);

/* A step begins, whose measured time lies between the two moments: chance decides whether and when it stalls. */
void queue_simulation_begin(struct queue_simulation *queue, uint64_t from_ns, uint64_t to_ns);

/* What becomes of a request that arrives at `at_ns`, which is never earlier than the arrival before. */
struct queue_outcome queue_simulation_arrive(struct queue_simulation *queue, uint64_t at_ns);

/* All requests that are queued or under way are dropped. */
void queue_simulation_drop(struct queue_simulation *queue, uint64_t at_ns);

#endif
