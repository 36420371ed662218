/* database: the harness's own connection to PostgreSQL, used to make tables and to count what is in them, never while a
 * request is measured. Whatever waits ends: when the server does not respond in time, and at once when the user asks to
 * stop (ERROR_STOPPED). After that, or when the connection was cut, it is broken: everything fails until it is opened
 * anew. In a build without libpq, database_open fails and says so. */
#ifndef TWOFOLD_BENCH_POSTGRES_DATABASE_H
#define TWOFOLD_BENCH_POSTGRES_DATABASE_H

#include "base/error.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct database;

/* Connects to "postgresql://…", within 10 s. On failure the error holds the server's message. The caller closes
 * `*ret_database`. `stop` can be NULL. */
int database_open(struct database **ret_database, const char *url, const atomic_bool *stop, struct error *err);

/* Closes the connection and frees it. Never waits. NULL is allowed. */
void database_close(struct database *database);

/* Whether a server at `url` may still begin to accept connections: none is there yet, or it says that it is starting.
 * False: it accepts them, and refused this one for good. Waits 2 s at most. */
bool database_is_starting(const char *url);

/* Whether the address that the connection came to is this machine. */
bool database_is_local(const struct database *database);

/* Whether the connection is broken. */
bool database_is_broken(const struct database *database);

/* Runs one or more statements and ignores what they return. Each has 30 s, 5 s of them to wait for a lock. */
int database_run(struct database *database, const char *sql, struct error *err);

/* Runs a query that returns one row and gives its first column as text on the heap. Fails for no row, for several rows
 * and for NULL, and after 5 s. */
int database_text(struct database *database, const char *sql, char **ret_text, struct error *err);

/* Runs a query that returns one row of `count` whole numbers, all 0 or more. Fails after 5 s. */
int database_counts(struct database *database, const char *sql, uint64_t *ret_counts, size_t count, struct error *err);

/* Sends a query without waiting for its result. Does nothing while the result of another such query is outstanding. A
 * statement that is run before the result was taken by database_taken waits for it and discards it. */
void database_send(struct database *database, const char *sql);

/* Takes the result of database_send when it has arrived and is one row of `count` counts. Returns whether it was. Never
 * waits. */
bool database_taken(struct database *database, uint64_t *ret_counts, size_t count);

#endif
