#include "bench/dependency/health.h"

#include "base/text.h"
#include "bench/postgres/postgresql.h"

#include <string.h>

static bool is_database(const struct watched *watched)
{
    return strcmp(watched->name, DEPENDENCY_POSTGRESQL) == 0;
}

/* ---- looking ---- */

void health_note(struct watched *watched, enum dependency_fault fault)
{
    if (watched->fault == DEPENDENCY_WELL) {
        watched->fault = fault;
    }
}

void health_look_at(struct dependencies *dependencies, struct watched *watched)
{
    if (is_database(watched)) {
        health_note(watched, postgresql_fault(&dependencies->postgresql));
    } else if (upstream_service_ended(&dependencies->upstream)) {
        health_note(watched, DEPENDENCY_ENDED);
    }
    if (watched->sampler != NULL && dependency_sampler_saw_stopped(watched->sampler)) {
        health_note(watched, DEPENDENCY_STOPPED);
    }
}

void health_look(struct dependencies *dependencies)
{
    for (size_t i = 0; i < dependencies->watched_count; i++) {
        struct watched *watched = &dependencies->watched[i];
        struct dependency_sample sample;
        if (watched->sampler != NULL) {
            dependency_sampler_read(watched->sampler, &sample);
        }
        health_look_at(dependencies, watched);
    }
}

bool health_is_good(const struct dependencies *dependencies)
{
    for (size_t i = 0; i < dependencies->watched_count; i++) {
        if (dependencies->watched[i].fault != DEPENDENCY_WELL) {
            return false;
        }
    }
    return true;
}

void health_describe(const struct dependencies *dependencies, struct text *out)
{
    static const char *const words[DEPENDENCY_FAULT_COUNT] = {
        [DEPENDENCY_ENDED] = "had ended",
        [DEPENDENCY_STOPPED] = "was stopped",
        [DEPENDENCY_SILENT] = "did not respond",
        [DEPENDENCY_CUT] = "cut the harness's connection",
        [DEPENDENCY_FULL] = "had no disk space left",
    };
    const char *between = "";

    for (size_t i = 0; i < dependencies->watched_count; i++) {
        const struct watched *watched = &dependencies->watched[i];
        if (watched->fault != DEPENDENCY_WELL) {
            text_format(out, "%s%s %s", between, is_database(watched) ? "PostgreSQL" : "the upstream",
                        words[watched->fault]);
            between = " and ";
        }
    }
}

/* ---- mending ---- */

static int mend(struct dependencies *dependencies, struct watched *watched, struct error *err)
{
    int result;

    if (is_database(watched)) {
        result = postgresql_mend(&dependencies->postgresql, &dependencies->postgresql_options, err);
    } else {
        result = upstream_service_mend(&dependencies->upstream, &dependencies->upstream_start, err);
    }
    if (result == 0) {
        dependencies_watch_anew(dependencies, watched);
    }
    return result;
}

static int mend_all(struct dependencies *dependencies, struct error *err)
{
    struct text what = {0};

    health_describe(dependencies, &what);
    for (size_t i = 0; i < dependencies->watched_count; i++) {
        struct watched *watched = &dependencies->watched[i];
        if (watched->fault != DEPENDENCY_WELL && mend(dependencies, watched, err) != 0) {
            error_context(err, "%s, and it cannot be made to work again", what.data);
            text_release(&what);
            return -1;
        }
    }
    text_release(&what);
    return 0;
}

/* Where the tables cannot be made, the reason is looked for before anything else is blamed. */
static int reset_tables(struct dependencies *dependencies, unsigned orders, struct error *err)
{
    int result = dependencies_reset(dependencies, orders, err);

    if (result != 0) {
        health_look(dependencies);
    }
    return result;
}

/* It is there, and does not do what it is asked. */
static void note_refusal(struct dependencies *dependencies)
{
    for (size_t i = 0; i < dependencies->watched_count; i++) {
        if (is_database(&dependencies->watched[i])) {
            health_note(&dependencies->watched[i], DEPENDENCY_SILENT);
        }
    }
}

int health_restore(struct dependencies *dependencies, unsigned orders, struct error *err)
{
    struct error why = {0};

    health_look(dependencies);
    if (!health_is_good(dependencies) && mend_all(dependencies, err) != 0) {
        return -1;
    }
    if (reset_tables(dependencies, orders, &why) == 0) {
        return 0;
    }
    if (why.kind == ERROR_STOPPED) {
        return error_stopped(err);
    }
    if (health_is_good(dependencies)) {
        note_refusal(dependencies);
        return error_failed(err, "the tables cannot be made: %s", why.message);
    }
    /* It has failed since the last look. */
    if (mend_all(dependencies, err) != 0) {
        return -1;
    }
    if (reset_tables(dependencies, orders, err) != 0) {
        note_refusal(dependencies);
        return error_context(err, "the tables cannot be made");
    }
    return 0;
}
