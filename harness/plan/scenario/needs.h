/* needs: what a scenario needs beside the backend, for the harness to start: the upstream service that the backend
 * calls, a PostgreSQL that it keeps orders in. */
#ifndef TWOFOLD_PLAN_SCENARIO_NEEDS_H
#define TWOFOLD_PLAN_SCENARIO_NEEDS_H

#include "base/error.h"
#include "base/json.h"

#include <stdbool.h>
#include <stdint.h>

/* The contract's rule for a backend's pool: so many sessions of the database for each core it has. */
#define NEEDS_SESSIONS_A_CORE 8

struct needs {
    bool upstream;
    uint64_t upstream_delay_ns;    /* of each of its answers, or their mean */
    bool upstream_exponential;     /* its delays are spread so; false: all the same */
    uint64_t upstream_at_once;     /* calls that it works on at a time, the others wait in line; 0: all of them */
    double upstream_failure_share; /* of its calls that fail, 0 to 1 */
    bool database;
};

/* Read the value of the key "needs". */
int needs_read(struct needs *needs, const struct json_at *at, struct error *err);

#endif
