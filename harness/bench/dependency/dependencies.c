#include "bench/dependency/dependencies.h"

#include "base/mem.h"
#include "base/units.h"
#include "bench/dependency/order_tables.h"
#include "bench/dependency/sessions.h"
#include "bench/dependency/upstream_counts.h"
#include "bench/service/instance.h"
#include "contract/verify/ready.h"

#include <stdlib.h>
#include <string.h>

#define READY_TIMEOUT_NS UINT64_C(10000000000)
#define ANSWER_NS        UINT64_C(5000000000)
#define WATCHED_NS       UINT64_C(500000000)
#define STOP_PATIENCE_NS UINT64_C(2000000000)

/* What dependencies say of themselves costs them more than what the host says: every so many samples. */
#define TOLD_EVERY 2

/* Room for the harness's own connections and the server's reserve. */
#define CONNECTIONS_BESIDE 20

#define POSTGRESQL "postgresql"

/* `pid` 0: its processes are not the harness's to look at. */
static void watch(struct dependencies *dependencies, const char *name, pid_t pid)
{
    dependencies->watched[dependencies->watched_count++] =
        (struct watched){.name = name, .sampler = pid > 0 ? dependency_sampler_new(pid) : NULL};
}

/* ---- the upstream: this program itself, under another name ---- */

static int start_upstream(struct dependencies *dependencies, const struct dependencies_options *options,
                          struct error *err)
{
    const struct needs *needs = options->needs;
    struct verify_wait wait = {.timeout_ns = READY_TIMEOUT_NS};
    uint64_t ready_ns;

    dependencies->rule.failing_of_million = (uint32_t)(needs->upstream_failure_share * UPSTREAM_MILLION + 0.5);
    if (service_free_port(&dependencies->upstream_port, err) != 0) {
        return -1;
    }
    char *port = mem_format("%u", dependencies->upstream_port);
    char *delay = mem_format("%lluns", (unsigned long long)needs->upstream_delay_ns);
    char *failures = mem_format("%.4f%%", needs->upstream_failure_share * 100);
    char *seed = mem_format("%llu", (unsigned long long)(options->seed > 0 ? options->seed : 1));
    char *at_once = mem_format("%llu", (unsigned long long)needs->upstream_at_once);
    char *argv[] = {"/proc/self/exe",
                    "upstream",
                    "--port",
                    port,
                    "--delay",
                    delay,
                    "--spread",
                    needs->upstream_exponential ? "exponential" : "fixed",
                    "--failures",
                    failures,
                    "--seed",
                    seed,
                    needs->upstream_at_once > 0 ? "--at-once" : NULL,
                    at_once,
                    NULL};
    int result =
        service_start(&dependencies->upstream, &(struct child_options){.argv = argv, .cores = options->cores}, err);
    dependencies->upstream_url = mem_format("http://" INSTANCE_HOST ":%u", dependencies->upstream_port);
    if (result == 0) {
        result = verify_ready(dependencies->upstream_url, &wait, &ready_ns, err);
    }
    if (result == 0) {
        watch(dependencies, "upstream", service_pid(dependencies->upstream));
        dependencies->upstream_client = client_new(dependencies->upstream_url, ANSWER_NS, err);
        dependencies->upstream_watcher = client_new(dependencies->upstream_url, WATCHED_NS, err);
        result = dependencies->upstream_client != NULL && dependencies->upstream_watcher != NULL ? 0 : -1;
    }
    free(port);
    free(delay);
    free(failures);
    free(seed);
    free(at_once);
    return result != 0 ? error_context(err, "the upstream service") : 0;
}

/* ---- the database ---- */

static int start_database(struct dependencies *dependencies, const struct dependencies_options *options,
                          struct error *err)
{
    const char *given = getenv("DATABASE_URL");

    dependencies->database_given = given != NULL && given[0] != '\0';
    if (dependencies->database_given) {
        dependencies->database_url = mem_string(given);
        watch(dependencies, POSTGRESQL, 0);
    } else {
        struct cluster_options cluster = {.cores = options->cores,
                                          .connections_most =
                                              NEEDS_SESSIONS_A_CORE * options->service_cores + CONNECTIONS_BESIDE,
                                          .stop = options->stop};
        if (cluster_start(&dependencies->cluster, &cluster, err) != 0) {
            return -1;
        }
        dependencies->database_url = mem_string(cluster_url(&dependencies->cluster));
        watch(dependencies, POSTGRESQL, cluster_pid(&dependencies->cluster));
    }
    return database_open(&dependencies->database, dependencies->database_url, err) != 0
               ? -1
               : order_tables_make(dependencies->database, 0, err);
}

/* ---- both ---- */

static void set_variables(struct dependencies *dependencies)
{
    size_t count = 0;

    if (dependencies->upstream_url != NULL) {
        dependencies->variables[count++] = mem_format("UPSTREAM_URL=%s", dependencies->upstream_url);
    }
    if (dependencies->database_url != NULL) {
        dependencies->variables[count++] = mem_format("DATABASE_URL=%s", dependencies->database_url);
    }
}

int dependencies_start(struct dependencies *dependencies, const struct dependencies_options *options, struct error *err)
{
    struct dependencies started = {.cores = core_set_text(options->cores),
                                   .core_count = core_set_count(options->cores),
                                   .cores_shared = options->cores_shared};

    if ((options->needs->upstream && start_upstream(&started, options, err) != 0) ||
        (options->needs->database && start_database(&started, options, err) != 0)) {
        dependencies_stop(&started);
        return -1;
    }
    set_variables(&started);
    *dependencies = started;
    return 0;
}

void dependencies_stop(struct dependencies *dependencies)
{
    for (size_t i = 0; i < dependencies->watched_count; i++) {
        dependency_sampler_free(dependencies->watched[i].sampler);
    }
    client_free(dependencies->upstream_client);
    client_free(dependencies->upstream_watcher);
    free(dependencies->cores);
    if (dependencies->upstream != NULL) {
        service_stop(dependencies->upstream, STOP_PATIENCE_NS, NULL);
        service_free(dependencies->upstream);
    }
    database_close(dependencies->database);
    cluster_stop(&dependencies->cluster);
    for (size_t i = 0; dependencies->variables[i] != NULL; i++) {
        free(dependencies->variables[i]);
    }
    free(dependencies->upstream_url);
    free(dependencies->database_url);
    *dependencies = (struct dependencies){0};
}

int dependencies_reset(struct dependencies *dependencies, unsigned orders, struct error *err)
{
    return dependencies->database != NULL ? order_tables_make(dependencies->database, orders, err) : 0;
}

/* ---- what a run log says of them ---- */

static int write_upstream(const struct dependencies *dependencies, const struct needs *needs, struct run_writer *writer,
                          struct error *err)
{
    char delay[UNITS_TEXT], failures[UNITS_TEXT];

    units_write_duration(delay, needs->upstream_delay_ns);
    units_write_share(failures, needs->upstream_failure_share);
    char *at_once = needs->upstream_at_once > 0
                        ? mem_format("; %llu calls at a time", (unsigned long long)needs->upstream_at_once)
                        : mem_string("");
    char *settings = mem_format("delay %s, %s; %s of the calls fail%s", delay,
                                needs->upstream_exponential ? "exponential" : "fixed", failures, at_once);
    free(at_once);
    int result = run_writer_dependency(writer,
                                       &(struct dependency_record){.name = (char *)"upstream",
                                                                   .version = (char *)TWOFOLD_VERSION,
                                                                   .settings = settings,
                                                                   .cores = dependencies->cores,
                                                                   .shared = dependencies->cores_shared},
                                       err);
    free(settings);
    return result;
}

static int write_database(const struct dependencies *dependencies, struct run_writer *writer, struct error *err)
{
    struct dependency_record record = {.name = mem_string(POSTGRESQL), .shared = dependencies->cores_shared};

    if (database_text(dependencies->database, "show server_version", &record.version, err) != 0) {
        dependency_record_release(&record);
        return -1;
    }
    if (dependencies->database_given) {
        record.settings = mem_string("given by DATABASE_URL: not the harness's, and not looked at");
        record.shared = false;
    } else {
        record.settings = mem_string("as PostgreSQL comes: every commit is flushed to the disk");
        record.cores = mem_string(dependencies->cores);
    }
    int result = run_writer_dependency(writer, &record, err);
    dependency_record_release(&record);
    return result;
}

int dependencies_write(const struct dependencies *dependencies, const struct needs *needs, struct run_writer *writer,
                       struct error *err)
{
    return (dependencies->upstream != NULL && write_upstream(dependencies, needs, writer, err) != 0) ||
                   (dependencies->database != NULL && write_database(dependencies, writer, err) != 0)
               ? -1
               : 0;
}

/* ---- a step ---- */

void dependencies_begin_step(const struct dependencies *dependencies, struct step_record *step)
{
    step->dependencies = mem_new(dependencies->watched_count, sizeof *step->dependencies);
    step->dependency_count = dependencies->watched_count;
    for (size_t i = 0; i < step->dependency_count; i++) {
        step->dependencies[i].name = mem_string(dependencies->watched[i].name);
        if (dependencies->watched[i].sampler != NULL) {
            step->dependencies[i].cores = dependencies->core_count;
            step->dependencies[i].shared = dependencies->cores_shared;
        }
    }
}

static void add_calls(const struct dependencies *dependencies, struct dependency_load *load)
{
    struct upstream_counts counts;

    if (upstream_counts_read(dependencies->upstream_watcher, &counts, NULL) == 0) {
        void *calls = load->calls;
        struct call_sample *sample = mem_append(&calls, load->call_count++, sizeof *sample);
        load->calls = calls;
        *sample = counts.sample;
    }
}

static void add_sessions(const struct dependencies *dependencies, struct dependency_load *load)
{
    struct session_sample now;

    if (sessions_read(dependencies->database, &now)) {
        void *sessions = load->sessions;
        struct session_sample *sample = mem_append(&sessions, load->session_count++, sizeof *sample);
        load->sessions = sessions;
        *sample = now;
    }
}

static void add_sample(struct dependency_sampler *sampler, struct dependency_load *load)
{
    void *samples = load->samples;
    struct dependency_sample *sample = mem_append(&samples, load->sample_count++, sizeof *sample);

    load->samples = samples;
    dependency_sampler_read(sampler, sample);
}

/* What one says of itself. */
static void add_told(const struct dependencies *dependencies, struct dependency_load *load, bool asked)
{
    if (strcmp(load->name, POSTGRESQL) == 0) {
        add_sessions(dependencies, load);
        if (asked) {
            sessions_ask(dependencies->database);
        }
    } else if (asked) {
        add_calls(dependencies, load);
    }
}

void dependencies_sample(const struct dependencies *dependencies, struct step_record *step)
{
    for (size_t i = 0; i < step->dependency_count; i++) {
        struct dependency_load *load = &step->dependencies[i];
        if (dependencies->watched[i].sampler != NULL) {
            add_sample(dependencies->watched[i].sampler, load);
        }
        add_told(dependencies, load, step->sample_count % TOLD_EVERY == 0);
    }
}

int dependencies_count_calls(const struct dependencies *dependencies, struct upstream_audit *ret_audit,
                             struct error *err)
{
    struct upstream_counts counts;

    if (upstream_counts_read(dependencies->upstream_client, &counts, err) != 0) {
        return -1;
    }
    *ret_audit = (struct upstream_audit){.counted = true, .calls = counts.calls, .failures = counts.failures};
    return 0;
}

/* Without the harness's own connection to each. What cannot be read stays 0. */
void dependencies_end_step(const struct dependencies *dependencies, struct step_record *step)
{
    for (size_t i = 0; i < step->dependency_count; i++) {
        struct dependency_load *load = &step->dependencies[i];
        struct upstream_counts counts;
        if (strcmp(load->name, POSTGRESQL) == 0) {
            order_tables_connections(dependencies->database, &load->connections, NULL);
        } else if (upstream_counts_read(dependencies->upstream_client, &counts, NULL) == 0) {
            load->connections = counts.connections;
        }
    }
}
