#include "bench/dependency/cluster.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/mem.h"
#include "bench/dependency/database.h"
#include "host/process/launch.h"
#include "host/process/port.h"
#include "host/process/process.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define MAKE_TIMEOUT_NS  (120 * CLOCK_SECOND_NS)
#define READY_TIMEOUT_NS (60 * CLOCK_SECOND_NS)
#define LOOK_AGAIN_NS    (50 * CLOCK_MILLISECOND_NS)
#define STOP_PATIENCE_NS (5 * CLOCK_SECOND_NS)

#define NAME          "twofold" /* of the user and of the database */
#define PASSWORD_SIZE 33

/* Reads until the harness is gone or has closed its end; then whatever is left of the server is ended, with the bit of
 * shared memory that a killed one leaves, and the folder goes. The server's last processes may still write to it. */
static const char guardian_script[] =
    "read _; pid=$(sed -n 1p \"$1/data/postmaster.pid\" 2>/dev/null); set -- \"$1\" $(sed -n 7p "
    "\"$1/data/postmaster.pid\" "
    "2>/dev/null)\n"
    "[ -z \"$pid\" ] || kill -s QUIT \"$pid\"\n"
    "i=0; while [ -n \"$pid\" ] && kill -s 0 \"$pid\" && [ $i -lt 30 ]; do sleep 0.1; i=$((i + 1)); done\n"
    "[ -z \"$3\" ] || ipcrm -m \"$3\"\n"
    "i=0; while [ -e \"$1\" ] && [ $i -lt 30 ]; do rm -rf -- \"$1\"; sleep 0.1; i=$((i + 1)); done";

/* ---- programs and users ---- */

static char *program_in(const char *folder, const char *name)
{
    char *path = mem_format("%s/bin/%s", folder, name);

    if (access(path, X_OK) == 0) {
        return path;
    }
    free(path);
    return NULL;
}

/* Debian keeps each version's programs in a folder of its own, off PATH; the highest one counts. */
static char *find_program(const char *name)
{
    static const char versions[] = "/usr/lib/postgresql";
    char **names, *found = NULL;
    int highest = -1;

    if (file_list(versions, &names, NULL) == 0) {
        for (size_t i = 0; names[i] != NULL; i++) {
            char *folder = file_join(versions, names[i]);
            char *path = atoi(names[i]) > highest ? program_in(folder, name) : NULL;
            if (path != NULL) {
                free(found);
                found = path;
                highest = atoi(names[i]);
            }
            free(folder);
        }
        file_list_free(names);
    }
    return found != NULL ? found : child_find_program(name);
}

static const struct passwd *server_user(void)
{
    if (geteuid() != 0) {
        return NULL;
    }
    const struct passwd *user = getpwnam("postgres");
    return user != NULL ? user : getpwnam("nobody");
}

/* The command, as the server's user where it must not be this process's. The caller frees both. */
struct server_command {
    char *user, *group;
    const char *argv[48];
    size_t count;
};

static void add(struct server_command *command, const char *word)
{
    command->argv[command->count++] = word;
    command->argv[command->count] = NULL;
}

static void begin_command(struct server_command *command, const char *program)
{
    const struct passwd *user = server_user();

    *command = (struct server_command){0};
    if (user != NULL) {
        command->user = mem_format("--reuid=%u", (unsigned)user->pw_uid);
        command->group = mem_format("--regid=%u", (unsigned)user->pw_gid);
        add(command, "setpriv");
        add(command, command->user);
        add(command, command->group);
        add(command, "--clear-groups");
    }
    add(command, program);
}

static void end_command(struct server_command *command)
{
    free(command->user);
    free(command->group);
}

/* ---- the folder ---- */

static int start_guardian(struct cluster *cluster, struct error *err)
{
    char *argv[] = {"sh", "-c", (char *)guardian_script, "twofold-guardian", cluster->folder, NULL};
    struct launch launch = {.path = "/bin/sh", .argv = argv, .environment = environ, .output = -1, .report = -1};
    int ends[2];

    if (launch_pipe(ends) != 0) {
        return error_failed(err, "no pipe for the database's guardian: %s", strerror(errno));
    }
    launch.input = ends[0];
    cluster->guardian = launch_fork(&launch);
    cluster->guardian_pipe = ends[1];
    close(ends[0]);
    if (cluster->guardian < 0) {
        close(cluster->guardian_pipe);
        return error_failed(err, "no process for the database's guardian: %s", strerror(errno));
    }
    return 0;
}

static void end_guardian(struct cluster *cluster)
{
    close(cluster->guardian_pipe);
    while (waitpid(cluster->guardian, NULL, 0) < 0 && errno == EINTR) {
    }
}

static int make_folder(struct cluster *cluster, struct error *err)
{
    const struct passwd *user = server_user();
    const char *parent = getenv("TMPDIR");
    char *folder = mem_format("%s/twofold-postgresql-XXXXXX", parent != NULL && parent[0] == '/' ? parent : "/tmp");

    if (mkdtemp(folder) == NULL || (user != NULL && chown(folder, user->pw_uid, user->pw_gid) != 0)) {
        error_failed(err, "%s: no folder for the database: %s", folder, strerror(errno));
        free(folder);
        return -1;
    }
    cluster->folder = folder;
    if (start_guardian(cluster, err) != 0) {
        rmdir(folder);
        free(folder);
        cluster->folder = NULL;
        return -1;
    }
    return 0;
}

static int write_password(const char *file, char password[PASSWORD_SIZE], struct error *err)
{
    const struct passwd *user = server_user();
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
    return written ? 0 : error_failed(err, "%s: cannot be written: %s", file, strerror(errno));
}

/* ---- making and starting ---- */

static int run_initdb(const struct cluster *cluster, const struct cluster_options *options, const char *program,
                      struct error *err)
{
    struct server_command command;
    struct process_result result;
    char *data = file_join(cluster->folder, "data"), *password = mem_format("--pwfile=%s/password", cluster->folder);
    int status = -1;

    begin_command(&command, program);
    add(&command, "-D");
    add(&command, data);
    add(&command, "-U");
    add(&command, NAME);
    add(&command, password);
    add(&command, "--auth=scram-sha-256");
    add(&command, "--encoding=UTF8");
    add(&command, "--locale=C");
    add(&command, "--no-sync");
    if (process_run(&(struct process_options){.child = {.argv = (char *const *)command.argv,
                                                        .folder = cluster->folder,
                                                        .cores = options->cores},
                                              .timeout_ns = MAKE_TIMEOUT_NS,
                                              .stop = options->stop},
                    &result, err) == 0) {
        status = process_succeeded(&result) ? 0 : error_failed(err, "initdb failed: %s", result.output);
        process_result_release(&result);
    }
    end_command(&command);
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

    begin_command(&command, program);
    add(&command, "-D");
    add(&command, data);
    add(&command, "-p");
    add(&command, port_text);
    const char *settings[] = {"listen_addresses=127.0.0.1", "unix_socket_directories=",
                              /* Memory in the folder and not in /dev/shm, where a killed server would leave it. */
                              "dynamic_shared_memory_type=mmap", most};
    for (size_t i = 0; i < sizeof settings / sizeof settings[0]; i++) {
        add(&command, "-c");
        add(&command, settings[i]);
    }
    int result = service_start(&cluster->server,
                               &(struct child_options){.argv = (char *const *)command.argv,
                                                       .folder = cluster->folder,
                                                       .cores = options->cores},
                               err);
    end_command(&command);
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

/* The database that the server brings along, once it answers. */
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
    if (result == 0) {
        result = database_text(database, "show server_version", &cluster->version, err);
    }
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
    char *initdb = find_program("initdb"), *postgres = find_program("postgres");
    int result = -1;

    if (initdb == NULL || postgres == NULL) {
        error_failed(err, "PostgreSQL is not installed: no %s (`make setup` installs it where it can)",
                     initdb == NULL ? "initdb" : "postgres");
    } else if (server_user() == NULL && geteuid() == 0) {
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
        end_guardian(cluster);
    }
    free(cluster->folder);
    free(cluster->url);
    free(cluster->version);
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
