#include "bench/dependency/database.h"

#include "base/mem.h"

#ifdef TWOFOLD_LIBPQ

#include <libpq-fe.h>
#include <stdlib.h>
#include <string.h>

struct database {
    PGconn *connection;
    bool outstanding; /* the result of database_send has not been taken yet */
};

static void ignore_notice(void *context, const PGresult *result)
{
    (void)context;
    (void)result;
}

int database_open(struct database **ret_database, const char *url, struct error *err)
{
    const char *keywords[] = {"dbname", "connect_timeout", "application_name", NULL};
    const char *values[] = {url, "10", "twofold", NULL};
    PGconn *connection = PQconnectdbParams(keywords, values, 1);

    if (PQstatus(connection) != CONNECTION_OK) {
        error_failed(err, "the database: %s", PQerrorMessage(connection));
        PQfinish(connection);
        return -1;
    }
    PQsetNoticeReceiver(connection, ignore_notice, NULL);
    struct database *database = mem_new(1, sizeof *database);
    database->connection = connection;
    *ret_database = database;
    return 0;
}

void database_close(struct database *database)
{
    if (database != NULL) {
        PQfinish(database->connection);
        free(database);
    }
}

/* PQexec discards what is still outstanding of a query that was only sent. */
static PGresult *run(struct database *database, const char *sql)
{
    database->outstanding = false;
    return PQexec(database->connection, sql);
}

int database_run(struct database *database, const char *sql, struct error *err)
{
    PGresult *result = run(database, sql);
    ExecStatusType status = PQresultStatus(result);

    PQclear(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
        return error_failed(err, "the database: %s", PQerrorMessage(database->connection));
    }
    return 0;
}

int database_text(struct database *database, const char *sql, char **ret_text, struct error *err)
{
    PGresult *result = run(database, sql);
    int status = -1;

    if (PQresultStatus(result) != PGRES_TUPLES_OK) {
        error_failed(err, "the database: %s", PQerrorMessage(database->connection));
    } else if (PQntuples(result) != 1 || PQgetisnull(result, 0, 0)) {
        error_failed(err, "the database: not one row with a value in it: %s", sql);
    } else {
        *ret_text = mem_string(PQgetvalue(result, 0, 0));
        status = 0;
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
    PGresult *result = run(database, sql);
    int status = 0;

    if (PQresultStatus(result) != PGRES_TUPLES_OK) {
        status = error_failed(err, "the database: %s", PQerrorMessage(database->connection));
    } else if (!read_counts(result, ret_counts, count)) {
        status = error_failed(err, "the database: the result is not one row of %zu counts: %s", count, sql);
    }
    PQclear(result);
    return status;
}

void database_send(struct database *database, const char *sql)
{
    if (!database->outstanding) {
        database->outstanding = PQsendQuery(database->connection, sql) == 1;
    }
}

bool database_taken(struct database *database, uint64_t *ret_counts, size_t count)
{
    bool taken = false;

    if (!database->outstanding || (PQconsumeInput(database->connection) == 1 && PQisBusy(database->connection) == 1)) {
        return false;
    }
    for (PGresult *result; (result = PQgetResult(database->connection)) != NULL;) {
        taken = read_counts(result, ret_counts, count);
        PQclear(result);
    }
    database->outstanding = false;
    return taken;
}

#else

int database_open(struct database **ret_database, const char *url, struct error *err)
{
    (void)ret_database;
    (void)url;
    return error_failed(err, "this twofold was built without libpq (Debian: libpq-dev), so it has no database");
}

void database_close(struct database *database)
{
    (void)database;
}

int database_run(struct database *database, const char *sql, struct error *err)
{
    (void)database;
    (void)sql;
    return error_failed(err, "no database");
}

int database_text(struct database *database, const char *sql, char **ret_text, struct error *err)
{
    (void)database;
    (void)sql;
    (void)ret_text;
    return error_failed(err, "no database");
}

int database_counts(struct database *database, const char *sql, uint64_t *ret_counts, size_t count, struct error *err)
{
    (void)database;
    (void)sql;
    (void)ret_counts;
    (void)count;
    return error_failed(err, "no database");
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
