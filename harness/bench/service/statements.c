#include "bench/service/statements.h"

#include "base/clock.h"

#include <stdlib.h>
#include <string.h>

/* How long the server may take to read its settings again. */
#define RELOAD_NS (5 * CLOCK_SECOND_NS)

/* Triggers and foreign keys run statements of their own, which are nobody's request: "top" leaves them out. */
static const char *const beginning[] = {"create extension if not exists pg_stat_statements",
                                        "alter system set pg_stat_statements.track = 'top'", "select pg_reload_conf()"};
static const char *const ending[] = {"alter system reset pg_stat_statements.track", "select pg_reload_conf()"};

static const char tracks[] = "select current_setting('pg_stat_statements.track')";

/* Those of this module all name something that begins with pg_. */
static const char counts[] = "select coalesce(sum(calls), 0)::bigint from pg_stat_statements s "
                             "join pg_database d on d.oid = s.dbid "
                             "where d.datname = current_database() and s.query not like '%pg\\_%'";

static int run_all(struct database *database, const char *const *statements, size_t count, struct error *err)
{
    for (size_t i = 0; i < count; i++) {
        if (database_run(database, statements[i], err) != 0) {
            return -1;
        }
    }
    return 0;
}

/* Until the server's processes have the setting. */
static int wait_until(struct database *database, const char *wanted, struct error *err)
{
    uint64_t until_ns = clock_now_ns() + RELOAD_NS;
    bool there = false;

    while (!there) {
        char *now;
        if (database_text(database, tracks, &now, err) != 0) {
            return -1;
        }
        there = strcmp(now, wanted) == 0;
        free(now);
        if (!there && clock_now_ns() > until_ns) {
            return error_failed(err, "the database does not take a setting over");
        }
        clock_sleep_ns(20 * CLOCK_MILLISECOND_NS);
    }
    return 0;
}

int statements_begin(const struct dependencies *dependencies, struct error *err)
{
    struct database *database = dependencies->postgresql.database;

    if (run_all(database, beginning, sizeof beginning / sizeof beginning[0], err) != 0 ||
        wait_until(database, "top", err) != 0) {
        return -1;
    }
    uint64_t ignored;
    return statements_count(dependencies, &ignored, err); /* fails where the server was started without it */
}

int statements_count(const struct dependencies *dependencies, uint64_t *ret_count, struct error *err)
{
    return database_counts(dependencies->postgresql.database, counts, ret_count, 1, err);
}

int statements_end(const struct dependencies *dependencies, struct error *err)
{
    return run_all(dependencies->postgresql.database, ending, sizeof ending / sizeof ending[0], err);
}
