#include "bench/dependency/step_watch.h"

#include "base/clock.h"
#include "base/list.h"
#include "base/mem.h"
#include "bench/dependency/health.h"
#include "bench/dependency/sessions.h"
#include "bench/dependency/upstream_counts.h"

#include <string.h>

/* What a dependency reports about itself costs it more than what the host reports about it: asked every so many
 * samples. */
#define REPORT_EVERY 2

/* Without a response for so long it has failed. */
#define SILENT_NS (3 * CLOCK_SECOND_NS)

static bool is_database(const struct dependency_load *load)
{
    return strcmp(load->name, DEPENDENCY_POSTGRESQL) == 0;
}

void step_watch_begin(struct dependencies *dependencies, struct step_record *step)
{
    step->dependencies = mem_new(dependencies->watched_count, sizeof *step->dependencies);
    step->dependency_count = dependencies->watched_count;
    for (size_t i = 0; i < step->dependency_count; i++) {
        struct watched *watched = &dependencies->watched[i];
        struct dependency_load *load = &step->dependencies[i];
        load->name = mem_string(watched->name);
        load->mended = watched->mended;
        watched->mended = DEPENDENCY_WELL;
        if (watched->sampler != NULL) {
            load->cores = dependencies->core_count;
            load->shared = dependencies->cores_shared;
        }
    }
}

/* What the dependency reports about itself. Returns whether a report came; `due`: one is to be asked for. */
static bool add_calls(const struct dependencies *dependencies, struct dependency_load *load, bool due)
{
    struct upstream_counts counts;

    if (!due || upstream_counts_read(dependencies->upstream.watcher, &counts, NULL) != 0) {
        return false;
    }
    *list_add(load->calls, load->call_count) = counts.sample;
    return true;
}

static bool add_sessions(const struct dependencies *dependencies, struct dependency_load *load, bool due)
{
    struct session_sample now;
    bool read = sessions_read(dependencies->postgresql.database, &now);

    if (read) {
        *list_add(load->sessions, load->session_count) = now;
    }
    if (due) {
        sessions_ask(dependencies->postgresql.database);
    }
    return read;
}

/* A dependency that is only slow responds within a second or so, whatever its load. */
static void watch_silence(struct watched *watched, bool asked, bool responded)
{
    uint64_t now_ns = clock_now_ns();

    if (responded) {
        watched->silent_since_ns = 0;
    } else if (asked && watched->silent_since_ns == 0) {
        watched->silent_since_ns = now_ns;
    }
    if (watched->silent_since_ns != 0 && now_ns - watched->silent_since_ns > SILENT_NS) {
        health_note(watched, DEPENDENCY_SILENT);
    }
}

static void add_report(const struct dependencies *dependencies, struct watched *watched, struct dependency_load *load,
                       bool due)
{
    bool responded = is_database(load) ? add_sessions(dependencies, load, due) : add_calls(dependencies, load, due);

    watch_silence(watched, due, responded);
}

static void add_sample(struct dependency_sampler *sampler, struct dependency_load *load)
{
    struct dependency_sample *sample = list_add(load->samples, load->sample_count);

    dependency_sampler_read(sampler, sample);
}

/* One that has failed is not asked any more: each question would be waited for. */
void step_watch_sample(struct dependencies *dependencies, struct step_record *step)
{
    for (size_t i = 0; i < step->dependency_count; i++) {
        struct dependency_load *load = &step->dependencies[i];
        struct watched *watched = &dependencies->watched[i];
        if (watched->sampler != NULL) {
            add_sample(watched->sampler, load);
        }
        health_look_at(dependencies, watched);
        if (watched->fault == DEPENDENCY_WELL) {
            add_report(dependencies, watched, load, step->sample_count % REPORT_EVERY == 0);
        }
    }
}

static int count_connections(const struct dependencies *dependencies, struct dependency_load *load, struct error *err)
{
    struct upstream_counts counts;

    if (is_database(load)) {
        return sessions_count(dependencies->postgresql.database, &load->connections, err);
    }
    if (upstream_counts_read(dependencies->upstream.client, &counts, err) != 0) {
        return -1;
    }
    load->connections = counts.connections;
    return 0;
}

void step_watch_end(struct dependencies *dependencies, struct step_record *step)
{
    for (size_t i = 0; i < step->dependency_count; i++) {
        struct watched *watched = &dependencies->watched[i];
        struct error why = {0};
        health_look_at(dependencies, watched);
        if (watched->fault == DEPENDENCY_WELL && count_connections(dependencies, &step->dependencies[i], &why) != 0 &&
            why.kind != ERROR_STOPPED) {
            health_look_at(dependencies, watched);
            health_note(watched, DEPENDENCY_SILENT);
        }
        watched->silent_since_ns = 0;
        step->dependencies[i].fault = watched->fault;
    }
}
