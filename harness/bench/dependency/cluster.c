#include "bench/dependency/cluster.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/mem.h"
#include "bench/dependency/database.h"
#include "bench/dependency/server_command.h"
#include "host/process/port.h"
#include "host/process/process.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAKE_TIMEOUT_NS  (120 * CLOCK_SECOND_NS)
#define READY_TIMEOUT_NS (60 * CLOCK_SECOND_NS)
#define LOOK_AGAIN_NS    (50 * CLOCK_MILLISECOND_NS)
#define STOP_PATIENCE_NS (5 * CLOCK_SECOND_NS)

#define NAME          "twofold" /* of the user and of the database */
#define PASSWORD_SIZE 33

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

static int write_password(const char *file, char password[PASSWORD_SIZE], struct error *err)
{
    const struct passwd *user = server_command_user();
    unsigned char bytes[(PASSWORD_SIZE - 1) / 2];

    if (getrandom(bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes) {
        return error_failed(err, "no random bytes for a password: %s", strerror(errno));
    }
    for (size_t i = 0; i < sizeof bytes; i++) {
        snprintf(password + 2 * i, 3, "%02x", bytes[i]);
    }
    int fd = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    bool written = fd >= 0 && write(fd, password, PASSWORD_SIZE - 1) == PASSWORD_SIZE - 1 &&
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
    char *data = file_join(cluster->folder, "data"), *password = mem_format("--pwfile=%s/password", cluster->folder);
    const char *words[] = {"-D",         data,        "-U", NAME, password, "--auth=scram-sha-256", "--encoding=UTF8",
                           "--locale=C", "--no-sync", NULL};
    int status = -1;

    server_command_init(&command, program, words);
    if (process_run(&(struct process_options){.child = {.argv = (char *const *)command.argv,
                                                        .folder = cluster->folder,
                                                        .cores = options->cores},
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
    free(data);
    free(password);
    return status;
}

static int start_server(struct cluster *cluster, const struct cluster_options *options, const char *program,
                        uint16_t port, struct error *err)
{
    struct server_command command;
    char *data = file_join(cluster->folder, "data"), *port_text = mem_format("%u", port);
    char *most = mem_format("max_connections=%u", options->connections_most);

    /* Shared memory in the folder and not in /dev/shm, where a server that is killed would leave it. */
    const char *words[] = {"-D", data,
                           "-p", port_text,
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
    free(data);
    free(port_text);
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

/* Connects to the database that every server has, as soon as it accepts connections. */
static int connect_first(struct cluster *cluster, const struct cluster_options *options, const char *url,
                         struct database **ret_database, struct error *err)
{
    uint64_t until_ns = clock_now_ns() + READY_TIMEOUT_NS;
    struct ending ending;

    for (;;) {
        struct error why = {0};
        if (database_open(ret_database, url, &why) == 0) {
            return 0;
        }
        if (options->stop != NULL && atomic_load(options->stop)) {
            return error_stopped(err);
        }
        if (service_ended(cluster->server, &ending) || clock_now_ns() > until_ns) {
            return not_ready(cluster, &why, err);
        }
        clock_sleep_ns(LOOK_AGAIN_NS);
    }
}

static int make_database(struct cluster *cluster, const struct cluster_options *options, const char *password,
                         uint16_t port, struct error *err)
{
    struct database *database;
    char *first = mem_format("postgresql://" NAME ":%s@127.0.0.1:%u/postgres", password, port);
    int result = connect_first(cluster, options, first, &database, err);

    free(first);
    if (result != 0) {
        return -1;
    }
    result = database_run(database, "create database " NAME, err);
    database_close(database);
    cluster->url = mem_format("postgresql://" NAME ":%s@127.0.0.1:%u/" NAME, password, port);
    return result;
}

static int make_and_start(struct cluster *cluster, const struct cluster_options *options, const char *initdb,
                          const char *postgres, struct error *err)
{
    char password[PASSWORD_SIZE];
    uint16_t port;

    if (make_folder(cluster, err) != 0) {
        return -1;
    }
    char *file = file_join(cluster->folder, "password");
    int result = write_password(file, password, err);
    free(file);
    if (result != 0 || run_initdb(cluster, options, initdb, err) != 0 || port_find_free(&port, err) != 0 ||
        start_server(cluster, options, postgres, port, err) != 0) {
        return -1;
    }
    return make_database(cluster, options, password, port, err);
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

void cluster_stop(struct cluster *cluster)
{
    if (cluster->server != NULL) {
        service_stop(cluster->server, STOP_PATIENCE_NS, NULL);
        service_free(cluster->server);
    }
    if (cluster->folder != NULL) {
        guardian_finish(&cluster->guardian);
    }
    free(cluster->folder);
    free(cluster->url);
    *cluster = (struct cluster){0};
}

const char *cluster_url(const struct cluster *cluster)
{
    return cluster->url;
}

pid_t cluster_pid(const struct cluster *cluster)
{
    return service_pid(cluster->server);
}
