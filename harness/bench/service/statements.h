/* statements: counts the SQL statements that a database runs, by PostgreSQL's own pg_stat_statements. It is loaded into
 * a server of the harness's own and counts only between begin and end: while something is timed it does nothing. */
#ifndef TWOFOLD_BENCH_SERVICE_STATEMENTS_H
#define TWOFOLD_BENCH_SERVICE_STATEMENTS_H

#include "base/error.h"
#include "bench/dependency/dependencies.h"

#include <stdint.h>

/* Begins to count. Fails where the extension is not installed, and for a server that was started without it. */
int statements_begin(const struct dependencies *dependencies, struct error *err);

/* How many statements of clients this database has run while it counted, without those of this module. */
int statements_count(const struct dependencies *dependencies, uint64_t *ret_count, struct error *err);

/* Counts no longer. */
int statements_end(const struct dependencies *dependencies, struct error *err);

#endif
