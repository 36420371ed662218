#include "bench/dependency/dependencies.h"

#include "base/mem.h"
#include "base/units.h"
#include "bench/dependency/tables.h"

#include <stdlib.h>
#include <string.h>

/* Room for the harness's own connections and the server's reserve. */
#define CONNECTIONS_BESIDE 20

/* ---- starting and stopping ---- */

/* A process whose number is not known is not read. */
static struct dependency_sampler *sampler_of(const struct dependencies *dependencies, const char *name)
{
    pid_t pid = strcmp(name, DEPENDENCY_POSTGRESQL) == 0 ? postgresql_pid(&dependencies->postgresql)
                                                         : service_pid(dependencies->upstream.service);

    return pid > 0 ? dependency_sampler_new(pid) : NULL;
}

static void watch(struct dependencies *dependencies, const char *name)
{
    struct watched *watched = &dependencies->watched[dependencies->watched_count++];

    *watched = (struct watched){.name = name, .sampler = sampler_of(dependencies, name)};
}

void dependencies_watch_anew(struct dependencies *dependencies, struct watched *watched)
{
    dependency_sampler_free(watched->sampler);
    *watched = (struct watched){.name = watched->name,
                                .sampler = sampler_of(dependencies, watched->name),
                                .mended = watched->fault};
}

static int start_upstream(struct dependencies *dependencies, const struct dependencies_options *options,
                          struct error *err)
{
    dependencies->upstream_start = (struct upstream_start){.needs = options->needs,
                                                           .cores = options->cores,
                                                           .seed = options->seed,
                                                           .stop = options->stop};
    if (upstream_service_start(&dependencies->upstream, &dependencies->upstream_start, err) != 0) {
        return -1;
    }
    watch(dependencies, DEPENDENCY_UPSTREAM);
    return 0;
}

static int start_database(struct dependencies *dependencies, const struct dependencies_options *options,
                          struct error *err)
{
    dependencies->postgresql_options =
        (struct postgresql_options){.cluster = {.cores = options->cores,
                                                .connections_most =
                                                    NEEDS_SESSIONS_A_CORE * options->service_cores + CONNECTIONS_BESIDE,
                                                .stop = options->stop},
                                    .allow_remote = options->allow_remote};
    if (postgresql_start(&dependencies->postgresql, &dependencies->postgresql_options, err) != 0) {
        return -1;
    }
    watch(dependencies, DEPENDENCY_POSTGRESQL);
    return dependencies_reset(dependencies, 0, err);
}

static void set_variables(struct dependencies *dependencies)
{
    size_t count = 0;

    if (dependencies->upstream.url != NULL) {
        dependencies->variables[count++] = mem_format("UPSTREAM_URL=%s", dependencies->upstream.url);
    }
    if (dependencies->postgresql.url != NULL) {
        dependencies->variables[count++] = mem_format("DATABASE_URL=%s", dependencies->postgresql.url);
    }
    provisions_add(&dependencies->provisions, dependencies->variables, count);
}

int dependencies_start(struct dependencies *dependencies, const struct dependencies_options *options, struct error *err)
{
    struct dependencies started = {.cores = core_set_text(options->cores),
                                   .core_count = core_set_count(options->cores),
                                   .cores_shared = options->cores_shared};

    if (provisions_init(&started.provisions, options->needs, err) != 0) {
        goto failed;
    }
    if (options->needs->upstream && start_upstream(&started, options, err) != 0) {
        goto failed;
    }
    if (options->needs->database && start_database(&started, options, err) != 0) {
        goto failed;
    }
    set_variables(&started);
    *dependencies = started;
    return 0;
failed:
    dependencies_stop(&started);
    return -1;
}

void dependencies_stop(struct dependencies *dependencies)
{
    for (size_t i = 0; i < dependencies->watched_count; i++) {
        dependency_sampler_free(dependencies->watched[i].sampler);
    }
    upstream_service_stop(&dependencies->upstream);
    postgresql_stop(&dependencies->postgresql);
    for (size_t i = 0; dependencies->variables[i] != NULL; i++) {
        free(dependencies->variables[i]);
    }
    provisions_release(&dependencies->provisions);
    free(dependencies->cores);
    *dependencies = (struct dependencies){0};
}

bool dependencies_have_upstream(const struct dependencies *dependencies)
{
    return dependencies->upstream.url != NULL;
}

bool dependencies_have_database(const struct dependencies *dependencies)
{
    return dependencies->postgresql.url != NULL;
}

int dependencies_reset(const struct dependencies *dependencies, unsigned orders, struct error *err)
{
    if (!dependencies_have_database(dependencies)) {
        return 0;
    }
    if (dependencies->postgresql.database == NULL) {
        return error_failed(err, "there is no connection to PostgreSQL");
    }
    return tables_make(dependencies->postgresql.database, orders, err);
}

/* ---- what a run log says of them ---- */

static char *upstream_settings(const struct needs *needs)
{
    char delay[UNITS_TEXT], failures[UNITS_TEXT];
    const char *spread = needs->upstream_exponential ? "exponential" : "fixed";
    struct text text = {0};

    units_write_duration(delay, needs->upstream_delay_ns);
    units_write_share(failures, needs->upstream_failure_share);
    text_format(&text, "delay %s, %s; %s of the calls fail", delay, spread, failures);
    if (needs->upstream_at_once > 0) {
        text_format(&text, "; %llu calls at a time", (unsigned long long)needs->upstream_at_once);
    }
    return text_take(&text);
}

static int write_upstream(const struct dependencies *dependencies, const struct needs *needs, struct run_writer *writer,
                          struct error *err)
{
    struct dependency_record record = {.name = mem_string(DEPENDENCY_UPSTREAM),
                                       .version = mem_string(TWOFOLD_VERSION),
                                       .settings = upstream_settings(needs),
                                       .cores = mem_string(dependencies->cores),
                                       .shared = dependencies->cores_shared};
    int result = run_writer_dependency(writer, &record, err);

    dependency_record_release(&record);
    return result;
}

static int write_database(const struct dependencies *dependencies, struct run_writer *writer, struct error *err)
{
    const struct postgresql *postgresql = &dependencies->postgresql;
    struct dependency_record record = {.name = mem_string(DEPENDENCY_POSTGRESQL)};
    int result = database_text(postgresql->database, "show server_version", &record.version, err);

    if (postgresql->given) {
        record.settings = mem_string("given by DATABASE_URL: not the harness's, and not looked at");
    } else {
        record.settings = mem_string("as PostgreSQL comes: every commit is flushed to the disk");
        record.cores = mem_string(dependencies->cores);
        record.shared = dependencies->cores_shared;
    }
    if (result == 0) {
        result = run_writer_dependency(writer, &record, err);
    }
    dependency_record_release(&record);
    return result;
}

int dependencies_write(const struct dependencies *dependencies, const struct needs *needs, struct run_writer *writer,
                       struct error *err)
{
    if (dependencies_have_upstream(dependencies) && write_upstream(dependencies, needs, writer, err) != 0) {
        return -1;
    }
    if (dependencies_have_database(dependencies) && write_database(dependencies, writer, err) != 0) {
        return -1;
    }
    return 0;
}
