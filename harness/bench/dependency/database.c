#include "bench/dependency/database.h"

#include "base/mem.h"

#ifdef TWOFOLD_LIBPQ

#include <libpq-fe.h>
#include <stdlib.h>
#include <string.h>

struct database {
    PGconn *connection;
    bool asked; /* and its answer not fetched yet */
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

/* Drops what is still to come of a query that was only sent. */
static PGresult *run(struct database *database, const char *sql)
{
    database->asked = false;
    return PQexec(database->connection, sql);
}

int database_run(struct database *database, const char *sql, struct error *err)
{
    PGresult *result = run(database, sql);
    ExecStatusType status = PQresultStatus(result);
    int failed = status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK;

    PQclear(result);
    return failed ? error_failed(err, "the database: %s", PQerrorMessage(database->connection)) : 0;
}

int database_text(struct database *database, const char *sql, char **ret_text, struct error *err)
{
    PGresult *result = run(database, sql);
    int status = -1;

    if (PQresultStatus(result) != PGRES_TUPLES_OK) {
        error_failed(err, "the database: %s", PQerrorMessage(database->connection));
    } else if (PQntuples(result) != 1 || PQgetisnull(result, 0, 0)) {
        error_failed(err, "the database: no row, several or nothing in it: %s", sql);
    } else {
        *ret_text = mem_string(PQgetvalue(result, 0, 0));
        status = 0;
    }
    PQclear(result);
    return status;
}

int database_count(struct database *database, const char *sql, uint64_t *ret_count, struct error *err)
{
    char *text, *end;

    if (database_text(database, sql, &text, err) != 0) {
        return -1;
    }
    uint64_t count = strtoull(text, &end, 10);
    int status = 0;
    if (end == text || *end != '\0' || strchr(text, '-') != NULL) {
        status = error_failed(err, "the database: \"%s\" is no count: %s", text, sql);
    } else {
        *ret_count = count;
    }
    free(text);
    return status;
}

void database_ask(struct database *database, const char *sql)
{
    if (!database->asked) {
        database->asked = PQsendQuery(database->connection, sql) == 1;
    }
}

static bool read_counts(const PGresult *result, uint64_t *ret_counts, size_t count)
{
    if (PQresultStatus(result) != PGRES_TUPLES_OK || PQntuples(result) != 1 || (size_t)PQnfields(result) != count) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        ret_counts[i] = strtoull(PQgetvalue(result, 0, (int)i), NULL, 10);
    }
    return true;
}

bool database_answered(struct database *database, uint64_t *ret_counts, size_t count)
{
    bool answered = false;

    if (!database->asked || (PQconsumeInput(database->connection) == 1 && PQisBusy(database->connection) == 1)) {
        return false;
    }
    for (PGresult *result; (result = PQgetResult(database->connection)) != NULL;) {
        answered = read_counts(result, ret_counts, count);
        PQclear(result);
    }
    database->asked = false;
    return answered;
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

int database_count(struct database *database, const char *sql, uint64_t *ret_count, struct error *err)
{
    (void)database;
    (void)sql;
    (void)ret_count;
    return error_failed(err, "no database");
}

void database_ask(struct database *database, const char *sql)
{
    (void)database;
    (void)sql;
}

bool database_answered(struct database *database, uint64_t *ret_counts, size_t count)
{
    (void)database;
    (void)ret_counts;
    (void)count;
    return false;
}

#endif
