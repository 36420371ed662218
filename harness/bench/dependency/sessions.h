/* sessions: what the clients of a PostgreSQL server are doing at a moment, from its view pg_stat_activity. The
 * harness's own connection is left out. */
#ifndef TWOFOLD_BENCH_DEPENDENCY_SESSIONS_H
#define TWOFOLD_BENCH_DEPENDENCY_SESSIONS_H

#include "base/error.h"
#include "bench/postgres/database.h"
#include "record/dependency.h"

#include <stdbool.h>
#include <stdint.h>

/* Asks what the sessions are doing and does not wait, so that a slow database delays nobody; sessions_read takes the
 * result later. Does nothing while an earlier result is outstanding. */
void sessions_ask(struct database *database);

/* Takes the result of sessions_ask. Returns whether it has arrived and is well formed. Never waits. */
bool sessions_read(struct database *database, struct session_sample *ret_sample);

/* The number of other connections to the database. */
int sessions_count(struct database *database, uint64_t *ret_count, struct error *err);

/* Waits until there is no other connection to the database, so that no transaction is under way. Fails after 5 s. */
int sessions_wait_until_none(struct database *database, struct error *err);

#endif
