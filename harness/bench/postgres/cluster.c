#include "bench/postgres/cluster.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/mem.h"
#include "bench/postgres/database.h"
#include "bench/postgres/server_command.h"
#include "bench/postgres/server_processes.h"
#include "host/process/port.h"
#include "host/process/process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define MAKE_TIMEOUT_NS  (120 * CLOCK_SECOND_NS)
#define READY_TIMEOUT_NS (60 * CLOCK_SECOND_NS)
#define LOOK_AGAIN_NS    (50 * CLOCK_MILLISECOND_NS)
#define STOP_PATIENCE_NS (2 * CLOCK_SECOND_NS)
#define END_TIMEOUT_NS   (2 * CLOCK_SECOND_NS)

/* What initdb's own server may take to end, after it was asked to. */
#define INITDB_PATIENCE_MS 2000

#define NAME "twofold" /* of the user and of the database */

/* With less than this the disk is full: the server extends its files by a page of 8 KiB or by more. */
#define DISK_LEAST (UINT64_C(256) << 10)

static const char not_installed[] = "PostgreSQL is not installed: no %s (`make setup` installs it where it can)";

/* ---- the folder ---- */

static int make_folder(struct cluster *cluster, struct error *err)
{
    const struct passwd *user = server_command_user();
    const char *parent = getenv("TMPDIR");
    char *folder = mem_format("%s/twofold-postgresql-XXXXXX", parent != NULL && parent[0] == '/' ? parent : "/tmp");

    if (mkdtemp(folder) == NULL || (user != NULL && chown(folder, user->pw_uid, user->pw_gid) != 0)) {
        error_failed(err, "%s: no folder for the database: %s", folder, strerror(errno));
        free(folder);
        return -1;
    }
    cluster->folder = folder;
    if (guardian_start(&cluster->guardian, folder, err) != 0) {
        rmdir(folder);
        free(folder);
        cluster->folder = NULL;
        return -1;
    }
    return 0;
}

static int write_password(const char *file, char password[CLUSTER_PASSWORD_SIZE], struct error *err)
{
    const struct passwd *user = server_command_user();
    unsigned char bytes[(CLUSTER_PASSWORD_SIZE - 1) / 2];

    if (getrandom(bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes) {
        return error_failed(err, "no random bytes for a password: %s", strerror(errno));
    }
    for (size_t i = 0; i < sizeof bytes; i++) {
        snprintf(password + 2 * i, 3, "%02x", bytes[i]);
    }
    int fd = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    bool written = fd >= 0 && write(fd, password, CLUSTER_PASSWORD_SIZE - 1) == CLUSTER_PASSWORD_SIZE - 1 &&
                   (user == NULL || fchown(fd, user->pw_uid, user->pw_gid) == 0);
    if (fd >= 0) {
        close(fd);
    }
    if (!written) {
        return error_failed(err, "%s: cannot be written: %s", file, strerror(errno));
    }
    return 0;
}

/* ---- making and starting ---- */

static int run_initdb(const struct cluster *cluster, const struct cluster_options *options, const char *program,
                      struct error *err)
{
    struct server_command command;
    struct process_result result;
    char *data = cluster->data, *password = mem_format("--pwfile=%s/password", cluster->folder);
    const char *words[] = {
        "-D",         data,        "-U",         NAME, password, "--auth=scram-sha-256", "--encoding=UTF8",
        "--locale=C", "--no-sync", "--no-clean", NULL};
    int status = -1;

    /* Killed, its server would leave shared memory behind. It ends by itself once initdb, which feeds it, is gone. */

    server_command_init(&command, program, words);
    if (process_run(&(struct process_options){.child = {.argv = (char *const *)command.argv,
                                                        .folder = cluster->folder,
                                                        .cores = options->cores,
                                                        .group_patience_ms = INITDB_PATIENCE_MS},
                                              .timeout_ns = MAKE_TIMEOUT_NS,
                                              .stop = options->stop},
                    &result, err) == 0) {
        status = 0;
        if (!process_succeeded(&result)) {
            status = error_failed(err, "initdb failed: %s", result.output);
        }
        process_result_release(&result);
    }
    server_command_release(&command);
    free(password);
    return status;
}

/* Beside the program that is in …/bin. */
static bool has_library(const char *program, const char *name)
{
    const char *slash = strrchr(program, '/');
    char *folder = slash != NULL ? mem_copy(program, (size_t)(slash - program)) : mem_string(".");
    char *path = mem_format("%s/../lib/%s.so", folder, name);
    bool there = access(path, R_OK) == 0;

    free(path);
    free(folder);
    return there;
}

/* Counting statements costs a little, so it is off until somebody counts (bench/service/statements.h). */
static int write_settings(const struct cluster *cluster, const char *program, struct error *err)
{
    char *path = mem_format("%s/postgresql.conf", cluster->data);
    FILE *file = has_library(program, "pg_stat_statements") ? fopen(path, "a") : NULL;
    int result = 0;

    if (file != NULL) {
        fputs("\nshared_preload_libraries = 'pg_stat_statements'\npg_stat_statements.track = none\n", file);
        result = fclose(file) == 0 ? 0 : error_failed(err, "%s: cannot be written: %s", path, strerror(errno));
    }
    free(path);
    return result;
}

static int start_server(struct cluster *cluster, const struct cluster_options *options, const char *program,
                        struct error *err)
{
    struct server_command command;
    char *port = mem_format("%u", cluster->port);
    char *most = mem_format("max_connections=%u", options->connections_most);

    /* Shared memory in the folder and not in /dev/shm, where a server that is killed would leave it. */
    const char *words[] = {"-D", cluster->data,
                           "-p", port,
                           "-c", "listen_addresses=127.0.0.1",
                           "-c", "unix_socket_directories=",
                           "-c", "dynamic_shared_memory_type=mmap",
                           "-c", most,
                           NULL};

    server_command_init(&command, program, words);
    int result = service_start(&cluster->server,
                               &(struct child_options){.argv = (char *const *)command.argv,
                                                       .folder = cluster->folder,
                                                       .cores = options->cores},
                               err);
    server_command_release(&command);
    free(port);
    free(most);
    return result;
}

static int not_ready(struct cluster *cluster, const struct error *why, struct error *err)
{
    char *output = service_output(cluster->server);

    error_failed(err, "PostgreSQL does not take connections: %s; its last output: %s", why->message, output);
    free(output);
    return -1;
}

/* Connects as soon as the server accepts connections. One that accepts them and refuses this one will refuse the next
 * one as well. */
static int connect_first(struct cluster *cluster, const struct cluster_options *options, const char *url,
                         struct database **ret_database, struct error *err)
{
    uint64_t until_ns = clock_now_ns() + READY_TIMEOUT_NS;
    struct ending ending;

    for (;;) {
        struct error why = {0};
        bool starting = database_is_starting(url);
        if (database_open(ret_database, url, options->stop, &why) == 0) {
            return 0;
        }
        if (why.kind == ERROR_STOPPED) {
            return error_stopped(err);
        }
        if (!starting || service_ended(cluster->server, &ending) || clock_now_ns() > until_ns) {
            return not_ready(cluster, &why, err);
        }
        clock_sleep_ns(LOOK_AGAIN_NS);
    }
}

/* The URL of a database of the server, on the heap. */
static char *url_of(const struct cluster *cluster, const char *database)
{
    return mem_format("postgresql://" NAME ":%s@127.0.0.1:%u/%s", cluster->password, cluster->port, database);
}

static int make_database(struct cluster *cluster, const struct cluster_options *options, struct error *err)
{
    struct database *database;
    char *first = url_of(cluster, "postgres"); /* every server has this one */
    int result = connect_first(cluster, options, first, &database, err);

    free(first);
    if (result != 0) {
        return -1;
    }
    result = database_run(database, "create database " NAME, err);
    database_close(database);
    cluster->url = url_of(cluster, NAME);
    return result;
}

static int make_and_start(struct cluster *cluster, const struct cluster_options *options, const char *initdb,
                          const char *postgres, struct error *err)
{
    if (make_folder(cluster, err) != 0) {
        return -1;
    }
    cluster->data = file_join(cluster->folder, "data");
    char *file = file_join(cluster->folder, "password");
    int result = write_password(file, cluster->password, err);
    free(file);
    if (result != 0 || run_initdb(cluster, options, initdb, err) != 0 || write_settings(cluster, postgres, err) != 0 ||
        port_find_free(&cluster->port, err) != 0 || start_server(cluster, options, postgres, err) != 0) {
        return -1;
    }
    return make_database(cluster, options, err);
}

int cluster_start(struct cluster *cluster, const struct cluster_options *options, struct error *err)
{
    struct cluster started = {0};
    char *initdb = server_command_find("initdb"), *postgres = server_command_find("postgres");
    int result = -1;

    if (initdb == NULL) {
        error_failed(err, not_installed, "initdb");
    } else if (postgres == NULL) {
        error_failed(err, not_installed, "postgres");
    } else if (server_command_user() == NULL && geteuid() == 0) {
        error_failed(err, "PostgreSQL refuses to run as root, and there is no user postgres or nobody to run it as");
    } else {
        result = make_and_start(&started, options, initdb, postgres, err);
    }
    free(initdb);
    free(postgres);
    if (result != 0) {
        cluster_stop(&started);
        return -1;
    }
    *cluster = started;
    return 0;
}

static void end_server(struct cluster *cluster)
{
    if (cluster->server != NULL) {
        server_processes_signal(cluster->data, SIGCONT);
        service_stop(cluster->server, STOP_PATIENCE_NS, NULL);
        service_free(cluster->server);
        cluster->server = NULL;
        server_processes_end(cluster->data, END_TIMEOUT_NS);
    }
}

int cluster_restart(struct cluster *cluster, const struct cluster_options *options, struct error *err)
{
    struct database *database;
    char *postgres = server_command_find("postgres");
    int result = -1;

    end_server(cluster);
    if (postgres == NULL) {
        error_failed(err, not_installed, "postgres");
    } else if (start_server(cluster, options, postgres, err) == 0 &&
               connect_first(cluster, options, cluster->url, &database, err) == 0) {
        database_close(database);
        result = 0;
    }
    free(postgres);
    return result;
}

void cluster_stop(struct cluster *cluster)
{
    end_server(cluster);
    if (cluster->folder != NULL) {
        guardian_finish(&cluster->guardian);
    }
    free(cluster->folder);
    free(cluster->data);
    free(cluster->url);
    *cluster = (struct cluster){0};
}

enum dependency_fault cluster_fault(const struct cluster *cluster)
{
    struct ending ending;
    struct statvfs disk;

    if (cluster->server == NULL || service_ended(cluster->server, &ending)) {
        return DEPENDENCY_ENDED;
    }
    if (statvfs(cluster->data, &disk) == 0 && disk.f_bavail * disk.f_frsize < DISK_LEAST) {
        return DEPENDENCY_FULL;
    }
    return DEPENDENCY_WELL;
}

void cluster_continue(const struct cluster *cluster)
{
    server_processes_signal(cluster->data, SIGCONT);
}

const char *cluster_url(const struct cluster *cluster)
{
    return cluster->url;
}

pid_t cluster_pid(const struct cluster *cluster)
{
    return cluster->server != NULL ? service_pid(cluster->server) : 0;
}
