/* The harness's own PostgreSQL when it fails, and a given one that is not for this run. */
#include "bench/postgres/postgresql.h"

#include "base/clock.h"
#include "base/mem.h"
#include "bench/postgres/address.h"
#include "bench/postgres/server_processes.h"
#include "cluster_fixture.h"
#include "test.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct postgresql_options options = {.cluster = {.connections_most = 20}};

static void start_or_skip(struct postgresql *postgresql)
{
    struct cluster probe;
    struct error err = {0};

    unsetenv("DATABASE_URL");
    cluster_start_or_skip(&probe);
    cluster_stop(&probe);
    if (postgresql_start(postgresql, &options, &err) != 0) {
        fail_msg("%s", err.message);
    }
}

static void check_answers(const struct postgresql *postgresql)
{
    struct error err = {0};
    uint64_t count = 0;

    if (database_counts(postgresql->database, "select 7", &count, 1, &err) != 0) {
        fail_msg("%s", err.message);
    }
    assert_int_equal(count, 7);
    assert_int_equal(postgresql_fault(postgresql), DEPENDENCY_WELL);
}

static void mend(struct postgresql *postgresql)
{
    struct error err = {0};

    if (postgresql_mend(postgresql, &options, &err) != 0) {
        fail_msg("%s", err.message);
    }
    check_answers(postgresql);
}

static void wait_for_fault(const struct postgresql *postgresql, enum dependency_fault fault)
{
    for (int tries = 0; tries < 1000 && postgresql_fault(postgresql) != fault; tries++) {
        clock_sleep_ns(10 * CLOCK_MILLISECOND_NS);
    }
    assert_string_equal(dependency_fault_name(postgresql_fault(postgresql)), dependency_fault_name(fault));
}

TEST(a_server_that_was_killed_is_started_again_with_what_it_held)
{
    struct postgresql postgresql;
    uint64_t count = 0;

    start_or_skip(&postgresql);
    char *url = mem_string(postgresql.url);
    assert_int_equal(database_run(postgresql.database, "create table t as select 1 as n", NULL), 0);
    kill(postgresql_pid(&postgresql), SIGKILL);
    wait_for_fault(&postgresql, DEPENDENCY_ENDED);
    mend(&postgresql);
    assert_string_equal(postgresql.url, url);
    assert_int_equal(database_counts(postgresql.database, "select count(*) from t", &count, 1, NULL), 0);
    assert_int_equal(count, 1);
    free(url);
    postgresql_stop(&postgresql);
}

TEST(a_connection_that_was_cut_is_made_anew)
{
    struct postgresql postgresql;
    struct database *other;

    start_or_skip(&postgresql);
    assert_int_equal(database_open(&other, postgresql.url, NULL, NULL), 0);
    assert_int_equal(database_run(other,
                                  "select pg_terminate_backend(pid) from pg_stat_activity "
                                  "where pid <> pg_backend_pid() and backend_type = 'client backend'",
                                  NULL),
                     0);
    assert_int_equal(database_run(postgresql.database, "select 1", NULL), -1);
    assert_int_equal(postgresql_fault(&postgresql), DEPENDENCY_CUT);
    database_close(other);
    mend(&postgresql);
    postgresql_stop(&postgresql);
}

TEST(a_server_that_is_stopped_is_continued_and_one_that_is_frozen_ends_with_the_run)
{
    struct postgresql postgresql;

    start_or_skip(&postgresql);
    char *data = mem_string(postgresql.cluster.data);
    pid_t pid = postgresql_pid(&postgresql);
    assert_true(server_processes_signal(data, SIGSTOP) > 3);
    mend(&postgresql);
    assert_int_equal(postgresql_pid(&postgresql), pid);
    server_processes_signal(data, SIGSTOP);
    postgresql_stop(&postgresql);
    assert_int_equal(server_processes_signal(data, 0), 0);
    assert_int_equal(kill(pid, 0), -1);
    free(data);
}

TEST(a_connection_that_is_cut_while_nothing_is_asked_is_seen)
{
    static const char cut_others[] = "select pg_terminate_backend(pid) from pg_stat_activity "
                                     "where pid <> pg_backend_pid() and backend_type = 'client backend'";
    struct postgresql postgresql;
    struct database *other;

    start_or_skip(&postgresql);
    assert_int_equal(postgresql_fault(&postgresql), DEPENDENCY_WELL);
    assert_int_equal(database_open(&other, postgresql.url, NULL, NULL), 0);
    assert_int_equal(database_run(other, cut_others, NULL), 0);
    for (int i = 0; i < 1000 && postgresql_fault(&postgresql) == DEPENDENCY_WELL; i++) {
        clock_sleep_ns(10 * CLOCK_MILLISECOND_NS);
    }
    assert_int_equal(postgresql_fault(&postgresql), DEPENDENCY_CUT);
    assert_false(database_is_broken(other));
    database_close(other);
    postgresql_stop(&postgresql);
}

/* The flag was set before: the first look at it ends the wait. */
TEST(a_query_to_a_frozen_server_ends_when_the_user_asks_to_stop)
{
    struct postgresql postgresql;
    struct database *database;
    struct error err = {0};
    atomic_bool stop = false;

    start_or_skip(&postgresql);
    assert_int_equal(database_open(&database, postgresql.url, &stop, NULL), 0);
    server_processes_signal(postgresql.cluster.data, SIGSTOP);
    atomic_store(&stop, true);
    assert_int_equal(database_run(database, "select 1", &err), -1);
    assert_int_equal(err.kind, ERROR_STOPPED);
    assert_true(database_is_broken(database));
    database_close(database);
    err = (struct error){0};
    assert_int_equal(database_open(&database, postgresql.url, &stop, &err), -1);
    assert_int_equal(err.kind, ERROR_STOPPED);
    postgresql_stop(&postgresql);
}

TEST(a_lock_of_somebody_else_is_not_waited_for_without_an_end)
{
    struct postgresql postgresql;
    struct database *other;
    struct error err = {0};

    start_or_skip(&postgresql);
    assert_int_equal(database_run(postgresql.database, "create table t (n integer)", NULL), 0);
    assert_int_equal(database_open(&other, postgresql.url, NULL, NULL), 0);
    assert_int_equal(database_run(other, "begin; lock table t in access exclusive mode", NULL), 0);
    assert_int_equal(database_run(postgresql.database, "drop table t", &err), -1);
    assert_non_null(strstr(err.message, "lock timeout"));
    check_answers(&postgresql);
    database_close(other);
    postgresql_stop(&postgresql);
}

TEST(a_given_database_serves_one_run_at_a_time_and_stays_when_it_ends)
{
    struct cluster cluster;
    struct postgresql first, second;
    struct error err = {0};

    cluster_start_or_skip(&cluster);
    setenv("DATABASE_URL", cluster_url(&cluster), 1);
    assert_int_equal(postgresql_start(&first, &options, &err), 0);
    assert_int_equal(postgresql_start(&second, &options, &err), -1);
    assert_int_equal(err.kind, ERROR_INPUT);
    assert_non_null(strstr(err.message, "another run of twofold"));
    assert_int_equal(postgresql_mend(&first, &options, NULL), 0); /* takes the lock again */
    assert_int_equal(postgresql_start(&second, &options, NULL), -1);
    postgresql_stop(&first);
    assert_int_equal(postgresql_start(&second, &options, NULL), 0);
    postgresql_stop(&second);
    unsetenv("DATABASE_URL");
    cluster_stop(&cluster);
}

TEST(a_database_on_another_machine_is_refused_before_anything_is_sent_to_it)
{
    static const struct {
        const char *url;
        bool local;
    } cases[] = {
        {"postgresql://u@127.0.0.1/d", true},
        {"postgresql://u@127.8.7.6:5433/d", true},
        {"postgresql://u@localhost/d", true},
        {"postgresql://u@[::1]/d", true},
        {"postgresql:///d?host=/var/run/postgresql", true},
        {"postgresql://u@192.0.2.1/d", false},
        {"postgresql://u@127.0.0.1,192.0.2.1/d", false},
        {"postgresql://u@localhost/d?hostaddr=192.0.2.1", false},
        {"postgresql://u@[2001:db8::1]/d", false},
        {"host=192.0.2.1 dbname=d", false},
    };
    struct cluster cluster;

    cluster_start_or_skip(&cluster); /* without libpq everything is taken for local */
    cluster_stop(&cluster);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        if (address_is_local(cases[i].url) != cases[i].local) {
            fail_msg("%s", cases[i].url);
        }
    }
}

TEST(settings_for_the_user_s_own_servers_do_not_reach_the_run_s)
{
    struct postgresql postgresql;
    struct cluster cluster;

    cluster_start_or_skip(&cluster);
    cluster_stop(&cluster);
    unsetenv("DATABASE_URL");
    setenv("PGSSLMODE", "require", 1);
    setenv("PGSERVICE", "nowhere", 1);
    setenv("PGOPTIONS", "-c nonsense=1", 1);
    assert_int_equal(postgresql_start(&postgresql, &options, NULL), 0);
    assert_null(getenv("PGSSLMODE")); /* services inherit this environment */
    check_answers(&postgresql);
    postgresql_stop(&postgresql);
}
