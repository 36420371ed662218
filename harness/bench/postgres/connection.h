/* connection: a connection to PostgreSQL on which nothing waits without an end. Connecting and every query have a limit
 * of time, and end at once when the user asks to stop. Only in a build with libpq. */
#ifndef TWOFOLD_BENCH_POSTGRES_CONNECTION_H
#define TWOFOLD_BENCH_POSTGRES_CONNECTION_H

#include "base/error.h"

#include <libpq-fe.h>
#include <stdatomic.h>
#include <stdint.h>

/* The server itself ends a statement after this time, and one that waits for a lock of somebody else after this one. */
#define CONNECTION_STATEMENT_S 30
#define CONNECTION_LOCK_S      5

/* Connects to `url` within `timeout_ns`. The caller ends it by PQfinish, which never waits. */
int connection_open(PGconn **ret_connection, const char *url, uint64_t timeout_ns, const atomic_bool *stop,
                    struct error *err);

/* Sends `sql` and waits for its last result, which the caller clears. NULL with an error when the server did not
 * respond within `timeout_ns` or the connection was cut: then the connection is of no more use. Whether the statement
 * succeeded is in the result. */
PGresult *connection_ask(PGconn *connection, const char *sql, uint64_t timeout_ns, const atomic_bool *stop,
                         struct error *err);

#endif
