#include "bench/dependency/step_watch.h"

#include "base/list.h"
#include "base/mem.h"
#include "bench/dependency/sessions.h"
#include "bench/dependency/upstream_counts.h"

#include <string.h>

/* What a dependency reports about itself costs it more than what the host reports about it: asked every so many
 * samples. */
#define REPORT_EVERY 2

static bool is_database(const struct dependency_load *load)
{
    return strcmp(load->name, DEPENDENCIES_POSTGRESQL) == 0;
}

void step_watch_begin(const struct dependencies *dependencies, struct step_record *step)
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

    if (upstream_counts_read(dependencies->upstream.watcher, &counts, NULL) == 0) {
        struct call_sample *sample = list_add(load->calls, load->call_count);
        *sample = counts.sample;
    }
}

static void add_sessions(const struct dependencies *dependencies, struct dependency_load *load)
{
    struct session_sample now;

    if (sessions_read(dependencies->postgresql.database, &now)) {
        struct session_sample *sample = list_add(load->sessions, load->session_count);
        *sample = now;
    }
}

static void add_sample(struct dependency_sampler *sampler, struct dependency_load *load)
{
    struct dependency_sample *sample = list_add(load->samples, load->sample_count);

    dependency_sampler_read(sampler, sample);
}

/* What the dependency reports about itself. */
static void add_report(const struct dependencies *dependencies, struct dependency_load *load, bool due)
{
    if (is_database(load)) {
        add_sessions(dependencies, load);
        if (due) {
            sessions_ask(dependencies->postgresql.database);
        }
    } else if (due) {
        add_calls(dependencies, load);
    }
}

void step_watch_sample(const struct dependencies *dependencies, struct step_record *step)
{
    for (size_t i = 0; i < step->dependency_count; i++) {
        struct dependency_load *load = &step->dependencies[i];
        if (dependencies->watched[i].sampler != NULL) {
            add_sample(dependencies->watched[i].sampler, load);
        }
        add_report(dependencies, load, step->sample_count % REPORT_EVERY == 0);
    }
}

void step_watch_end(const struct dependencies *dependencies, struct step_record *step)
{
    for (size_t i = 0; i < step->dependency_count; i++) {
        struct dependency_load *load = &step->dependencies[i];
        struct upstream_counts counts;
        if (is_database(load)) {
            sessions_count(dependencies->postgresql.database, &load->connections, NULL);
        } else if (upstream_counts_read(dependencies->upstream.client, &counts, NULL) == 0) {
            load->connections = counts.connections;
        }
    }
}
