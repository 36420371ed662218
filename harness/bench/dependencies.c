#include "bench/dependencies.h"

#include "base/mem.h"
#include "base/units.h"
#include "bench/instance.h"
#include "bench/order_tables.h"
#include "verify/ready.h"

#include <stdlib.h>
#include <string.h>

#define READY_TIMEOUT_NS UINT64_C(10000000000)
#define ANSWER_NS        UINT64_C(5000000000)
#define STOP_PATIENCE_NS UINT64_C(2000000000)

/* The contract's pool rule, and room for the harness's own connections and the server's reserve. */
#define CONNECTIONS_A_CORE 8
#define CONNECTIONS_BESIDE 20

static void watch(struct dependencies *dependencies, const char *name, pid_t pid)
{
    dependencies->watched[dependencies->watched_count++] =
        (struct watched){.name = name, .sampler = dependency_sampler_new(pid)};
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
        result = dependencies->upstream_client != NULL ? 0 : -1;
    }
    free(port);
    free(delay);
    free(failures);
    free(seed);
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
    } else {
        struct cluster_options cluster = {.cores = options->cores,
                                          .connections_most =
                                              CONNECTIONS_A_CORE * options->service_cores + CONNECTIONS_BESIDE,
                                          .stop = options->stop};
        if (cluster_start(&dependencies->cluster, &cluster, err) != 0) {
            return -1;
        }
        dependencies->database_url = mem_string(cluster_url(&dependencies->cluster));
        watch(dependencies, "postgresql", cluster_pid(&dependencies->cluster));
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
    char *settings = mem_format("delay %s, %s; %s of the calls fail", delay,
                                needs->upstream_exponential ? "exponential" : "fixed", failures);
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
    struct dependency_record record = {.name = mem_string("postgresql"), .shared = dependencies->cores_shared};

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
        step->dependencies[i].cores = dependencies->core_count;
        step->dependencies[i].shared = dependencies->cores_shared;
    }
}

void dependencies_sample(const struct dependencies *dependencies, struct step_record *step)
{
    for (size_t i = 0; i < step->dependency_count; i++) {
        struct dependency_load *load = &step->dependencies[i];
        void *samples = load->samples;
        struct dependency_sample *sample = mem_append(&samples, load->sample_count++, sizeof *sample);
        load->samples = samples;
        dependency_sampler_read(dependencies->watched[i].sampler, sample);
    }
}

static int read_counts(const struct dependencies *dependencies, json_t **ret_counts, struct error *err)
{
    struct answer answer = {0};

    client_call(dependencies->upstream_client, &(struct call){.method = "GET", .path = "/counts"}, &answer);
    *ret_counts = answer.status == 200 ? json_loadb(answer.body.data, answer.body.length, 0, NULL) : NULL;
    if (*ret_counts == NULL) {
        error_failed(err, "the upstream service tells no counts: %s",
                     answer.failure[0] != '\0' ? answer.failure : "what it answers is not what it should");
    }
    answer_release(&answer);
    return *ret_counts != NULL ? 0 : -1;
}

static uint64_t member(const json_t *counts, const char *name)
{
    return (uint64_t)json_integer_value(json_object_get(counts, name));
}

int dependencies_count_calls(const struct dependencies *dependencies, struct upstream_audit *ret_audit,
                             struct error *err)
{
    json_t *counts;

    if (read_counts(dependencies, &counts, err) != 0) {
        return -1;
    }
    *ret_audit = (struct upstream_audit){.counted = true,
                                         .calls = member(counts, "calls"),
                                         .failures = member(counts, "failures")};
    json_decref(counts);
    return 0;
}

/* Without the harness's own connection to each. What cannot be read stays 0. */
void dependencies_end_step(const struct dependencies *dependencies, struct step_record *step)
{
    for (size_t i = 0; i < step->dependency_count; i++) {
        struct dependency_load *load = &step->dependencies[i];
        json_t *counts;
        if (strcmp(load->name, "postgresql") == 0) {
            order_tables_connections(dependencies->database, &load->connections, NULL);
        } else if (read_counts(dependencies, &counts, NULL) == 0) {
            uint64_t open = member(counts, "connections");
            load->connections = open > 0 ? open - 1 : 0;
            json_decref(counts);
        }
    }
}
