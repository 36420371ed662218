/* sessions: what the sessions of a database's clients are doing at a moment, as PostgreSQL has it in pg_stat_activity. Asked
 * for now and read later, so that a database that is slow to say it holds nobody up. */
#ifndef TWOFOLD_BENCH_DEPENDENCY_SESSIONS_H
#define TWOFOLD_BENCH_DEPENDENCY_SESSIONS_H

#include "bench/dependency/database.h"
#include "record/dependency.h"

#include <stdbool.h>

/* Nothing happens where the answer to the last one is still to come. */
void sessions_ask(struct database *database);

/* Whether an answer has come since; never waits. One that says anything else than it should is none. */
bool sessions_read(struct database *database, struct session_sample *ret_sample);

#endif
