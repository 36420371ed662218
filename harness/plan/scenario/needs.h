/* needs: what a scenario needs beside the service. What the harness starts for it: the upstream service that the
 * backend calls, or a PostgreSQL in which it keeps orders. And what it gives to it: the model that scores, the size of
 * the table that is reported on, the accounts that log in. */
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
    bool model;          /* a file with a model */
    uint64_t table_rows; /* of the table that the service is to hold; 0: it is to hold none */
    bool accounts;       /* a file with accounts, and a key to sign tokens with */
};

/* Read the value of the key "needs". Untouched on failure. */
int needs_read(struct needs *needs, const struct json_at *at, struct error *err);

/* Whether something has to be started, and whether anything at all is needed. */
bool needs_processes(const struct needs *needs);
bool needs_anything(const struct needs *needs);

/* What an attached service cannot be given: "PostgreSQL", "an upstream", "a model" …; NULL: nothing is needed. */
const char *needs_words(const struct needs *needs);

#endif
