#include "bench/postgres/cluster.h"
#include "bench/postgres/database.h"

#include "base/clock.h"
#include "base/mem.h"
#include "cluster_fixture.h"
#include "test.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static bool there(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0;
}

/* A result that is sent for arrives later, unless something else is run first. */
static void check_sending(struct database *database)
{
    uint64_t counts[2] = {0}, count = 0;

    assert_false(database_taken(database, counts, 2));
    database_send(database, "select count(*), 7 from t");
    for (int tries = 0; tries < 1000 && !database_taken(database, counts, 2); tries++) {
        clock_sleep_ns(10 * CLOCK_MILLISECOND_NS);
    }
    assert_int_equal(counts[0], 2);
    assert_int_equal(counts[1], 7);
    database_send(database, "select 8, 8");
    assert_int_equal(database_counts(database, "select count(*) from t", &count, 1, NULL), 0);
    assert_int_equal(count, 2);
    assert_false(database_taken(database, counts, 2));
}

TEST(a_cluster_takes_connections_and_leaves_nothing_behind)
{
    struct cluster cluster;
    struct database *database;
    struct error err = {0};
    uint64_t count = 0;

    cluster_start_or_skip(&cluster);
    char *folder = mem_string(cluster.folder);
    pid_t pid = cluster_pid(&cluster);
    assert_int_equal(database_open(&database, cluster_url(&cluster), NULL, &err), 0);
    assert_int_equal(database_run(database, "create table t (n integer); insert into t values (1), (2)", &err), 0);
    assert_int_equal(database_counts(database, "select count(*) from t", &count, 1, &err), 0);
    assert_int_equal(count, 2);
    assert_int_equal(database_counts(database, "select -1", &count, 1, &err), -1);
    check_sending(database);
    database_close(database);
    assert_true(there(folder));
    cluster_stop(&cluster);
    assert_false(there(folder));
    assert_int_equal(kill(pid, 0), -1);
    free(folder);
}

TEST(a_wrong_password_is_refused)
{
    struct cluster cluster;
    struct database *database;
    struct error err = {0};

    cluster_start_or_skip(&cluster);
    char *url = mem_string(cluster_url(&cluster));
    char *password = strchr(strchr(url, ':') + 1, ':') + 1;
    password[0] = password[0] == '0' ? '1' : '0';
    assert_int_equal(database_open(&database, url, NULL, &err), -1);
    assert_non_null(strstr(err.message, "password"));
    free(url);
    cluster_stop(&cluster);
}

/* The harness of this test: starts a cluster, says where, and waits to be killed. */
static void be_killed(int out)
{
    struct cluster cluster;
    struct error err = {0};

    if (cluster_start(&cluster, &(struct cluster_options){.connections_most = 20}, &err) == 0) {
        dprintf(out, "%d %s\n", (int)cluster_pid(&cluster), cluster.folder);
        pause();
    }
    _exit(1);
}

static bool gone_within(const char *folder, pid_t pid, uint64_t timeout_ns)
{
    for (uint64_t until_ns = clock_now_ns() + timeout_ns; clock_now_ns() < until_ns;) {
        waitpid(pid, NULL, WNOHANG); /* this process is a subreaper since its own cluster, so that it gets the orphan */
        if (!there(folder) && kill(pid, 0) != 0) {
            return true;
        }
        clock_sleep_ns(50 * CLOCK_MILLISECOND_NS);
    }
    return false;
}

TEST(a_harness_that_is_killed_leaves_no_server_and_no_folder)
{
    char line[512] = "", folder[256];
    int ends[2], server;

    struct cluster probe;
    cluster_start_or_skip(&probe);
    cluster_stop(&probe);
    assert_int_equal(pipe(ends), 0);
    pid_t harness = fork();
    if (harness == 0) {
        be_killed(ends[1]);
    }
    close(ends[1]);
    FILE *from = fdopen(ends[0], "r");
    assert_non_null(fgets(line, sizeof line, from));
    assert_int_equal(sscanf(line, "%d %255s", &server, folder), 2);
    assert_true(there(folder));
    kill(harness, SIGKILL);
    waitpid(harness, NULL, 0);
    fclose(from);
    assert_true(gone_within(folder, server, 30 * CLOCK_SECOND_NS));
}
