#include "bench/postgres/database.h"

#include "base/clock.h"
#include "base/mem.h"

#ifdef TWOFOLD_LIBPQ

#include "bench/postgres/connection.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

#define CONNECT_NS (10 * CLOCK_SECOND_NS)
#define WORK_NS    ((CONNECTION_STATEMENT_S + 5) * CLOCK_SECOND_NS)
#define LOOK_NS    (5 * CLOCK_SECOND_NS)

struct database {
    PGconn *connection;
    const atomic_bool *stop;
    bool outstanding;  /* the result of database_send has not been taken yet */
    PGresult *arrived; /* it, when only the end of the query is still to come */
    bool broken;
};

int database_open(struct database **ret_database, const char *url, const atomic_bool *stop, struct error *err)
{
    PGconn *connection;

    if (connection_open(&connection, url, CONNECT_NS, stop, err) != 0) {
        return -1;
    }
    struct database *database = mem_new(1, sizeof *database);
    database->connection = connection;
    database->stop = stop;
    *ret_database = database;
    return 0;
}

void database_close(struct database *database)
{
    if (database != NULL) {
        PQclear(database->arrived);
        PQfinish(database->connection);
        free(database);
    }
}

bool database_is_starting(const char *url)
{
    const char *keywords[] = {"dbname", "connect_timeout", NULL};
    const char *values[] = {url, "2", NULL};
    PGPing said = PQpingParams(keywords, values, 1);

    return said == PQPING_REJECT || said == PQPING_NO_RESPONSE;
}

/* The path of a socket in the file system is no address. */
bool database_is_local(const struct database *database)
{
    const char *address = PQhostaddr(database->connection);
    struct in6_addr six;

    if (address[0] == '\0' || strncmp(address, "127.", strlen("127.")) == 0) {
        return true;
    }
    return inet_pton(AF_INET6, address, &six) == 1 && IN6_IS_ADDR_LOOPBACK(&six);
}

bool database_is_broken(const struct database *database)
{
    /* libpq notices the end of an idle connection only when it reads: last words first, then the end behind them. */
    for (int i = 0; i < 2 && PQstatus(database->connection) == CONNECTION_OK; i++) {
        PQconsumeInput(database->connection);
    }
    return database->broken || PQstatus(database->connection) != CONNECTION_OK;
}

/* Takes what is outstanding, and lets it go. */
static int settle(struct database *database, struct error *err)
{
    uint64_t counts[1];

    for (uint64_t until_ns = clock_now_ns() + LOOK_NS; database->outstanding;) {
        database_taken(database, counts, 0);
        if (database->stop != NULL && atomic_load(database->stop)) {
            return error_stopped(err);
        }
        if (clock_now_ns() > until_ns) {
            return error_failed(err, "the database did not respond in time");
        }
        if (database->outstanding) {
            clock_sleep_ns(CLOCK_MILLISECOND_NS);
        }
    }
    return 0;
}

/* NULL, with an error, unless the statement succeeded. */
static PGresult *run(struct database *database, const char *sql, uint64_t timeout_ns, struct error *err)
{
    if (database_is_broken(database)) {
        error_failed(err, "the connection to the database was cut");
        return NULL;
    }
    if (settle(database, err) != 0) {
        database->broken = true;
        return NULL;
    }
    PGresult *result = connection_ask(database->connection, sql, timeout_ns, database->stop, err);
    ExecStatusType status = PQresultStatus(result);
    if (result == NULL) {
        database->broken = true;
    } else if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
        error_failed(err, "the database: %s", PQresultErrorMessage(result));
        PQclear(result);
        result = NULL;
    }
    return result;
}

int database_run(struct database *database, const char *sql, struct error *err)
{
    PGresult *result = run(database, sql, WORK_NS, err);

    if (result == NULL) {
        return -1;
    }
    PQclear(result);
    return 0;
}

int database_text(struct database *database, const char *sql, char **ret_text, struct error *err)
{
    PGresult *result = run(database, sql, LOOK_NS, err);
    int status = 0;

    if (result == NULL) {
        return -1;
    }
    if (PQntuples(result) != 1 || PQgetisnull(result, 0, 0)) {
        status = error_failed(err, "the database: not one row with a value in it: %s", sql);
    } else {
        *ret_text = mem_string(PQgetvalue(result, 0, 0));
    }
    PQclear(result);
    return status;
}

/* A count is written in digits alone. */
static bool read_count(const char *text, uint64_t *ret_count)
{
    char *end;

    *ret_count = strtoull(text, &end, 10);
    return end != text && *end == '\0' && strchr(text, '-') == NULL;
}

static bool read_counts(const PGresult *result, uint64_t *ret_counts, size_t count)
{
    bool good =
        PQresultStatus(result) == PGRES_TUPLES_OK && PQntuples(result) == 1 && (size_t)PQnfields(result) == count;

    for (size_t i = 0; good && i < count; i++) {
        good = read_count(PQgetvalue(result, 0, (int)i), &ret_counts[i]);
    }
    return good;
}

int database_counts(struct database *database, const char *sql, uint64_t *ret_counts, size_t count, struct error *err)
{
    PGresult *result = run(database, sql, LOOK_NS, err);
    int status = 0;

    if (result == NULL) {
        return -1;
    }
    if (!read_counts(result, ret_counts, count)) {
        status = error_failed(err, "the database: the result is not one row of %zu counts: %s", count, sql);
    }
    PQclear(result);
    return status;
}

void database_send(struct database *database, const char *sql)
{
    if (!database->outstanding && !database_is_broken(database)) {
        database->outstanding = PQsendQuery(database->connection, sql) == 1;
    }
}

bool database_taken(struct database *database, uint64_t *ret_counts, size_t count)
{
    PGconn *connection = database->connection;

    if (!database->outstanding) {
        return false;
    }
    if (PQflush(connection) < 0 || PQconsumeInput(connection) != 1) {
        database->broken = true;
        database->outstanding = false;
        return false;
    }
    while (PQisBusy(connection) == 0) {
        PGresult *result = PQgetResult(connection);
        if (result == NULL) {
            bool taken = read_counts(database->arrived, ret_counts, count);
            PQclear(database->arrived);
            database->arrived = NULL;
            database->outstanding = false;
            return taken;
        }
        PQclear(database->arrived);
        database->arrived = result;
    }
    return false;
}

#else

#include <stddef.h>

static int none(struct error *err)
{
    return error_failed(err, "this twofold was built without libpq (Debian: libpq-dev), so it has no database");
}

int database_open(struct database **ret_database, const char *url, const atomic_bool *stop, struct error *err)
{
    (void)ret_database;
    (void)url;
    (void)stop;
    return none(err);
}

void database_close(struct database *database)
{
    (void)database;
}

bool database_is_starting(const char *url)
{
    (void)url;
    return false;
}

bool database_is_local(const struct database *database)
{
    (void)database;
    return true;
}

bool database_is_broken(const struct database *database)
{
    (void)database;
    return true;
}

int database_run(struct database *database, const char *sql, struct error *err)
{
    (void)database;
    (void)sql;
    return none(err);
}

int database_text(struct database *database, const char *sql, char **ret_text, struct error *err)
{
    (void)database;
    (void)sql;
    (void)ret_text;
    return none(err);
}

int database_counts(struct database *database, const char *sql, uint64_t *ret_counts, size_t count, struct error *err)
{
    (void)database;
    (void)sql;
    (void)ret_counts;
    (void)count;
    return none(err);
}

void database_send(struct database *database, const char *sql)
{
    (void)database;
    (void)sql;
}

bool database_taken(struct database *database, uint64_t *ret_counts, size_t count)
{
    (void)database;
    (void)ret_counts;
    (void)count;
    return false;
}

#endif
