#ifdef TWOFOLD_LIBPQ

#include "bench/postgres/connection.h"

#include "base/clock.h"

#include <poll.h>
#include <stdbool.h>
#include <stdio.h>

/* How long one wait lasts before the stop flag is looked at. */
enum { LOOK_EVERY_MS = 20 };

struct allowance {
    uint64_t until_ns;
    const atomic_bool *stop;
};

/* Waits a moment for the socket. Fails when the time is up, and when stopped. */
static int wait_for(const PGconn *connection, short events, const struct allowance *allowance, struct error *err)
{
    struct pollfd socket = {.fd = PQsocket(connection), .events = events};

    if (allowance->stop != NULL && atomic_load(allowance->stop)) {
        return error_stopped(err);
    }
    if (clock_now_ns() > allowance->until_ns) {
        return error_failed(err, "the database did not respond in time");
    }
    poll(&socket, 1, LOOK_EVERY_MS);
    return 0;
}

static int tell(const PGconn *connection, struct error *err)
{
    return error_failed(err, "the database: %s", PQerrorMessage(connection));
}

static int connect_within(PGconn *connection, const struct allowance *allowance, struct error *err)
{
    PostgresPollingStatusType status = PGRES_POLLING_WRITING;

    while (status != PGRES_POLLING_OK) {
        struct pollfd socket = {.fd = PQsocket(connection)};
        if (status == PGRES_POLLING_FAILED || PQstatus(connection) == CONNECTION_BAD) {
            return tell(connection, err);
        }
        socket.events = status == PGRES_POLLING_READING ? POLLIN : POLLOUT;
        if (wait_for(connection, socket.events, allowance, err) != 0) {
            return -1;
        }
        if (poll(&socket, 1, 0) != 0) {
            status = PQconnectPoll(connection);
        }
    }
    return 0;
}

static void ignore_notice(void *context, const PGresult *result)
{
    (void)context;
    (void)result;
}

static int set_limits(PGconn *connection, const struct allowance *allowance, struct error *err)
{
    char limits[100];
    uint64_t now_ns = clock_now_ns();
    uint64_t left_ns = allowance->until_ns > now_ns ? allowance->until_ns - now_ns : 0;

    snprintf(limits, sizeof limits, "set statement_timeout = '%ds'; set lock_timeout = '%ds'", CONNECTION_STATEMENT_S,
             CONNECTION_LOCK_S);
    PGresult *result = connection_ask(connection, limits, left_ns, allowance->stop, err);
    bool good = PQresultStatus(result) == PGRES_COMMAND_OK;

    PQclear(result);
    return good ? 0 : tell(connection, err);
}

int connection_open(PGconn **ret_connection, const char *url, uint64_t timeout_ns, const atomic_bool *stop,
                    struct error *err)
{
    const char *keywords[] = {"dbname", "application_name", "tcp_user_timeout", NULL};
    const char *values[] = {url, "twofold", "10000", NULL};
    struct allowance allowance = {.until_ns = clock_now_ns() + timeout_ns, .stop = stop};
    PGconn *connection = PQconnectStartParams(keywords, values, 1);

    PQsetNoticeReceiver(connection, ignore_notice, NULL);
    if (connect_within(connection, &allowance, err) != 0 || PQsetnonblocking(connection, 1) != 0 ||
        set_limits(connection, &allowance, err) != 0) {
        PQfinish(connection);
        return -1;
    }
    *ret_connection = connection;
    return 0;
}

/* Until everything was sent and the next result is there. */
static int await(PGconn *connection, const struct allowance *allowance, struct error *err)
{
    for (;;) {
        int unsent = PQflush(connection);
        if (unsent < 0 || PQconsumeInput(connection) != 1) {
            return tell(connection, err);
        }
        if (unsent == 0 && PQisBusy(connection) == 0) {
            return 0;
        }
        if (wait_for(connection, unsent > 0 ? POLLIN | POLLOUT : POLLIN, allowance, err) != 0) {
            return -1;
        }
    }
}

PGresult *connection_ask(PGconn *connection, const char *sql, uint64_t timeout_ns, const atomic_bool *stop,
                         struct error *err)
{
    struct allowance allowance = {.until_ns = clock_now_ns() + timeout_ns, .stop = stop};
    PGresult *last = NULL;

    if (PQsendQuery(connection, sql) != 1) {
        tell(connection, err);
        return NULL;
    }
    for (;;) {
        PGresult *next = NULL;
        if (await(connection, &allowance, err) != 0) {
            PQclear(last);
            return NULL;
        }
        next = PQgetResult(connection);
        if (next == NULL) {
            return last;
        }
        /* After a statement that failed no other is run: the last result tells of it. */
        PQclear(last);
        last = next;
    }
}

#endif
