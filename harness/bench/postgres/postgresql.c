#include "bench/postgres/postgresql.h"

#include "base/clock.h"
#include "base/list.h"
#include "base/mem.h"
#include "bench/postgres/address.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define GIVEN_BACK_NS (60 * CLOCK_SECOND_NS) /* a given server may take so long to come back */
#define LOCK_FREE_NS  (5 * CLOCK_SECOND_NS)  /* the session that held the lock may take so long to end */
#define LOOK_AGAIN_NS (100 * CLOCK_MILLISECOND_NS)

/* ---- what it is ---- */

/* Every variable that PostgreSQL's programs read begins with PG. */
static void forget_environment(void)
{
    char **names = NULL;
    size_t count = 0;

    for (char **variable = environ; *variable != NULL; variable++) {
        const char *end = strchr(*variable, '=');
        if (strncmp(*variable, "PG", 2) == 0 && end != NULL) {
            *list_add(names, count) = mem_format("%.*s", (int)(end - *variable), *variable);
        }
    }
    for (size_t i = 0; i < count; i++) {
        unsetenv(names[i]);
        free(names[i]);
    }
    free((void *)names);
}

static int refuse_remote(struct error *err)
{
    return error_input(err, "the database of DATABASE_URL is on another machine; load goes to loopback only, unless "
                            "--allow-remote");
}

static int find(struct postgresql *postgresql, const struct postgresql_options *options, struct error *err)
{
    const char *given = getenv("DATABASE_URL");

    postgresql->given = given != NULL && given[0] != '\0';
    if (postgresql->given) {
        postgresql->url = mem_string(given);
        return options->allow_remote || address_is_local(given) ? 0 : refuse_remote(err);
    }
    forget_environment();
    if (cluster_start(&postgresql->cluster, &options->cluster, err) != 0) {
        return -1;
    }
    postgresql->url = mem_string(cluster_url(&postgresql->cluster));
    return 0;
}

/* ---- connecting ---- */

/* The session that held the lock before may not be gone yet. */
static int take_lock(struct database *database, uint64_t patience_ns, struct error *err)
{
    static const char lock[] = "select pg_try_advisory_lock(hashtext('twofold'))::int";
    uint64_t until_ns = clock_now_ns() + patience_ns, locked = 0;

    for (;;) {
        if (database_counts(database, lock, &locked, 1, err) != 0) {
            return -1;
        }
        if (locked == 1) {
            return 0;
        }
        if (clock_now_ns() >= until_ns) {
            return error_input(err,
                               "another run of twofold uses the database of DATABASE_URL. Wait for its end, or give "
                               "this run a database of its own");
        }
        clock_sleep_ns(LOOK_AGAIN_NS);
    }
}

static int check_given(const struct postgresql *postgresql, const struct postgresql_options *options,
                       uint64_t lock_patience_ns, struct error *err)
{
    if (!postgresql->given) {
        return 0;
    }
    if (!options->allow_remote && !database_is_local(postgresql->database)) {
        return refuse_remote(err); /* a service file may name another host than the URL */
    }
    return take_lock(postgresql->database, lock_patience_ns, err);
}

static int connect_to(struct postgresql *postgresql, const struct postgresql_options *options,
                      uint64_t lock_patience_ns, struct error *err)
{
    if (database_open(&postgresql->database, postgresql->url, options->cluster.stop, err) != 0) {
        return -1;
    }
    if (check_given(postgresql, options, lock_patience_ns, err) != 0) {
        database_close(postgresql->database);
        postgresql->database = NULL;
        return -1;
    }
    return 0;
}

int postgresql_start(struct postgresql *postgresql, const struct postgresql_options *options, struct error *err)
{
    struct postgresql started = {0};

    if (find(&started, options, err) != 0 || connect_to(&started, options, 0, err) != 0) {
        postgresql_stop(&started);
        return -1;
    }
    *postgresql = started;
    return 0;
}

/* ---- mending ---- */

static int wait_for_given(struct postgresql *postgresql, const struct postgresql_options *options, struct error *err)
{
    uint64_t until_ns = clock_now_ns() + GIVEN_BACK_NS;

    for (;;) {
        struct error why = {0};
        if (connect_to(postgresql, options, LOCK_FREE_NS, &why) == 0) {
            return 0;
        }
        if (why.kind == ERROR_STOPPED) {
            return error_stopped(err);
        }
        if (why.kind == ERROR_INPUT || clock_now_ns() > until_ns) {
            return error_failed(err, "%s", why.message);
        }
        clock_sleep_ns(LOOK_AGAIN_NS);
    }
}

static bool responds(struct postgresql *postgresql, const struct postgresql_options *options, struct error *ret_why)
{
    return cluster_fault(&postgresql->cluster) != DEPENDENCY_ENDED && connect_to(postgresql, options, 0, ret_why) == 0;
}

static int mend_own(struct postgresql *postgresql, const struct postgresql_options *options, struct error *err)
{
    struct error why = {0};

    cluster_continue(&postgresql->cluster);
    if (responds(postgresql, options, &why)) {
        return 0;
    }
    if (why.kind == ERROR_STOPPED) {
        return error_stopped(err);
    }
    if (cluster_restart(&postgresql->cluster, &options->cluster, err) != 0) {
        return -1;
    }
    return connect_to(postgresql, options, 0, err);
}

int postgresql_mend(struct postgresql *postgresql, const struct postgresql_options *options, struct error *err)
{
    database_close(postgresql->database);
    postgresql->database = NULL;
    if (postgresql->given) {
        return wait_for_given(postgresql, options, err);
    }
    return mend_own(postgresql, options, err);
}

void postgresql_stop(struct postgresql *postgresql)
{
    database_close(postgresql->database);
    cluster_stop(&postgresql->cluster);
    free(postgresql->url);
    *postgresql = (struct postgresql){0};
}

enum dependency_fault postgresql_fault(const struct postgresql *postgresql)
{
    enum dependency_fault fault = DEPENDENCY_WELL;

    if (!postgresql->given) {
        fault = cluster_fault(&postgresql->cluster);
    }
    if (fault == DEPENDENCY_WELL && (postgresql->database == NULL || database_is_broken(postgresql->database))) {
        fault = DEPENDENCY_CUT;
    }
    return fault;
}

pid_t postgresql_pid(const struct postgresql *postgresql)
{
    return postgresql->given ? 0 : cluster_pid(&postgresql->cluster);
}
