/* database: the harness's own connection to PostgreSQL, for making tables and for counting what is in them. Never on the
 * measured path. In a build without libpq opening one fails and says so. */
#ifndef TWOFOLD_BENCH_DEPENDENCY_DATABASE_H
#define TWOFOLD_BENCH_DEPENDENCY_DATABASE_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct database;

/* Connect to "postgresql://…". Fails with the server's words. */
int database_open(struct database **ret_database, const char *url, struct error *err);
void database_close(struct database *database); /* NULL is fine */

/* Run one or more statements whose results nobody looks at. */
int database_run(struct database *database, const char *sql, struct error *err);

/* The first column of the only row: as text on the heap, or as a count of 0 and more. */
int database_text(struct database *database, const char *sql, char **ret_text, struct error *err);
int database_count(struct database *database, const char *sql, uint64_t *ret_count, struct error *err);

/* Send a query and do not wait for its answer; nothing happens while the answer to another is still to come. What is run
 * before it was fetched by database_answered is waited for and lost. */
void database_ask(struct database *database, const char *sql);

/* Whether the answer has come and is one row of `count` counts. Never waits. */
bool database_answered(struct database *database, uint64_t *ret_counts, size_t count);

#endif
