/* flights: how many requests are on the wire, and how many on average over the measured time. */
#ifndef TWOFOLD_LOAD_RECORDER_FLIGHTS_H
#define TWOFOLD_LOAD_RECORDER_FLIGHTS_H

#include <stdbool.h>
#include <stdint.h>

struct flights {
    uint64_t measure_ns, end_ns; /* start and end of the measured time */
    uint64_t count;              /* sent and not resolved */
    uint64_t at_end;             /* `count` when the measured time ended */
    uint64_t changed_ns;         /* when `count` last changed */
    double total_ns;             /* the integral of `count` over the measured time: requests times nanoseconds */
    double carried_ns;           /* of it, of requests that were due in the warm-up */
};

/* None are on the wire at `start_ns`. */
void flights_init(struct flights *flights, uint64_t start_ns, uint64_t measure_ns, uint64_t end_ns);

void flights_add(struct flights *flights, uint64_t now_ns);

/* One that was sent at `sent_ns` is on the wire no more. `carried`: it was due in the warm-up. */
void flights_remove(struct flights *flights, uint64_t now_ns, uint64_t sent_ns, bool carried);

/* Count what is on the wire until the end of the measured time. */
void flights_complete(struct flights *flights);

#endif
