/* needs: what a scenario needs beside the service, which the harness starts: the upstream service that the backend
 * calls, or a PostgreSQL in which it keeps orders. */
#ifndef TWOFOLD_PLAN_SCENARIO_NEEDS_H
#define TWOFOLD_PLAN_SCENARIO_NEEDS_H

#include "base/error.h"
#include "base/json.h"

#include <stdbool.h>
#include <stdint.h>

/* How many sessions of the database a backend's pool has for each of its cores, by the contract. */
#define NEEDS_SESSIONS_A_CORE 8

struct needs {
    bool upstream;
    uint64_t upstream_delay_ns;    /* of each of its responses, or their mean */
    bool upstream_exponential;     /* its delays are exponential; false: all are the same */
    uint64_t upstream_at_once;     /* how many calls it works on at a time, while the others wait; 0: all of them */
    double upstream_failure_share; /* of its calls that fail, 0 to 1 */
    bool database;
};

/* Read the value of the key "needs". Untouched on failure. */
int needs_read(struct needs *needs, const struct json_at *at, struct error *err);

#endif
