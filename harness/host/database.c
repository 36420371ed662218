#include "host/database.h"

#include "base/mem.h"

#ifdef TWOFOLD_LIBPQ

#include <libpq-fe.h>
#include <stdlib.h>
#include <string.h>

struct database {
    PGconn *connection;
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

int database_run(struct database *database, const char *sql, struct error *err)
{
    PGresult *result = PQexec(database->connection, sql);
    ExecStatusType status = PQresultStatus(result);
    int failed = status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK;

    PQclear(result);
    return failed ? error_failed(err, "the database: %s", PQerrorMessage(database->connection)) : 0;
}

int database_text(struct database *database, const char *sql, char **ret_text, struct error *err)
{
    PGresult *result = PQexec(database->connection, sql);
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

#endif
