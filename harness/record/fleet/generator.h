/* generator: the processes of a fleet that send the load of a run together, each on a host of its own: what they are,
 * and what each of them measured in a step. The step's load (load_record.h) is that of all of them. */
#ifndef TWOFOLD_RECORD_FLEET_GENERATOR_H
#define TWOFOLD_RECORD_FLEET_GENERATOR_H

#include "base/error.h"
#include "record/machine.h"

#include <jansson.h>
#include <stddef.h>
#include <stdint.h>

/* A generator of the run. One that is alone has none of these records. */
struct generator_record {
    unsigned rank; /* its number in the launcher's job; 0 is the one that decides and writes */
    char *host;
    char *cores; /* that its threads run on: "0", "1-3" */
    unsigned threads;
    struct machine machine;
};

/* What one of them did in a step. Times are those of its own share of the requests. */
struct generator_load {
    unsigned rank;
    char *host;
    uint64_t offered, sent, completed, unanswered, connect_failures;
    uint64_t p99_ns; /* response time, requests without a response with the age that they reached; 0: no requests */
    uint64_t p99_samples;                               /* that it is of */
    uint64_t send_lag_p99_ns;                           /* 0: there is none */
    double busiest_thread, starved_thread, stood_still; /* as in load_record.h */
    double mean_in_flight;
    uint64_t held_at_end; /* as in load_record.h */
    uint64_t cpu_ns;
    uint64_t connections, connections_missing, connections_denied; /* of the last two, slow ones are counted in */
    uint64_t late_ns;        /* how long after the agreed moment it began; 0: it was ready by then */
    uint64_t clock_error_ns; /* of its clock's offset from that of the rank that leads, at most; 0 for that one */
    uint64_t round_trip_ns;  /* the bare one of the network from it to the service's host, before the load of the trial
                              * (load/target.h); 0: not measured, as in older files */
    uint64_t gather_ns;      /* from its last response until the leader had its record; 0 for the leader itself */
};

/* Those of a step, owned; `= {0}`: it was sent by one process. */
struct generator_loads {
    struct generator_load *items;
    size_t count;
};

void generator_record_release(struct generator_record *record);
void generator_loads_release(struct generator_loads *loads);

json_t *generator_record_json(const struct generator_record *record);
json_t *generator_load_json(const struct generator_load *load);
json_t *generator_loads_json(const struct generator_loads *loads); /* an array */

/* Read what the functions above write. Without the array (`json` is NULL) there are none. What was read before a
 * failure is the caller's to release. */
int generator_record_read(struct generator_record *record, const json_t *json, struct error *err);
int generator_load_read(struct generator_load *load, const json_t *json, struct error *err);
int generator_loads_read(struct generator_loads *loads, const json_t *json, struct error *err);

#endif
