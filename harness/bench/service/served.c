#include "bench/service/served.h"

#include "base/file.h"
#include "base/mem.h"
#include "bench/dependency/health.h"
#include "bench/service/attached.h"
#include "bench/service/starting/variables.h"
#include "contract/orders/order_sql.h"

#include <inttypes.h>
#include <stdlib.h>

/* Starts of a service, of which all but the last met a dependency that failed. */
enum { STARTS_MOST = 3 };

bool served_is_for(const struct served *served, uint64_t level)
{
    return served->run->scenario->variable == NULL || served->level == level;
}

/* What the dependencies say, the level, and that it may be asked to fail. Free it with file_list_free. */
static char **variables_for(const struct run *run, uint64_t level)
{
    static char faults[] = "FAULTS=1";
    char *more[3] = {NULL};
    char *doubled = NULL;
    size_t count = 0;

    if (run->scenario->variable != NULL) {
        doubled = mem_format("%s=%" PRIu64, run->scenario->variable, level);
        more[count++] = doubled;
    }
    if (scenario_has_faults(run->scenario)) {
        more[count++] = faults;
    }
    char **joined = variables_join(run->dependencies->variables, more);
    free(doubled);
    return joined;
}

static int start(struct served *started, const struct instance_options *options, struct error *err)
{
    const struct run *run = started->run;

    for (int i = 1;; i++) {
        struct error why = {0};
        if (health_restore(run->dependencies, ORDER_SQL_ORDERS, err) != 0) {
            return -1;
        }
        if (instance_start(&started->instance, options, &why) == 0) {
            return 0;
        }
        health_look(run->dependencies);
        if (why.kind == ERROR_STOPPED) {
            return error_stopped(err);
        }
        if (health_is_good(run->dependencies) || i == STARTS_MOST) {
            return error_failed(err, "%s", why.message);
        }
    }
}

int served_start(struct served *served, const struct run *run, const struct manifest *manifest, uint64_t level,
                 struct error *err)
{
    char **variables = variables_for(run, level);
    struct core_set cores;
    const struct instance_options options = {.manifest = manifest,
                                             .cores = &cores,
                                             .host = run->host,
                                             .memory_bytes = variables_memory(manifest, run->scenario),
                                             .variables = variables,
                                             .kept = run->scenario->restart,
                                             .stop = run->stop};
    struct served started = {.run = run, .manifest = manifest, .level = run->scenario->variable != NULL ? level : 0};

    cores_of_box(run->cores, &manifest->box, &cores);
    started.cores = cores;
    int result = start(&started, &options, err);

    file_list_free(variables);
    if (result == 0) {
        *served = started;
    }
    return result;
}

unsigned served_core_count(const struct served *served)
{
    const struct instance *instance = &served->instance;

    if (instance->attached != NULL) {
        return watch_core_count(instance->watch);
    }
    return core_set_count(&served->cores);
}

bool served_shares_cores(const struct served *served)
{
    const struct instance *instance = &served->instance;
    struct core_set both = served->run->cores->split.generator;

    core_set_keep(&both, instance->attached != NULL ? watch_core_set(instance->watch) : &served->cores);
    return core_set_count(&both) > 0;
}

int served_load(struct served *served, struct error *err)
{
    const struct run *run = served->run;
    struct crew_options crew = {.muster = run->muster, .service = served->manifest->name};
    struct loader_options *options = &crew.loader;

    *options = (struct loader_options){
        .traffic = &run->scenario->traffic,
        .host = served->instance.host,
        .port = served->instance.port,
        .threads = run->cores->generator_count,
        .deadline_ns = run->scenario->deadline_ns,
        .connections_most = run->scenario->connections_most,
        .sessions_most = run->scenario->sessions_most,
        .spin = !run->cores->split.shared,
        .on_thread = cores_pin_thread,
        .context = run->cores,
    };

    if (served->manifest->attached != NULL) {
        const struct attachment *attached = served->manifest->attached;
        authorized_init(&served->authorized, &run->scenario->traffic, attached->authorization);
        options->traffic = &served->authorized.traffic;
        options->host = attached->address;
        options->name = attached->host;
        options->protocol = attached_protocol(attached);
    }
    return crew_new(&served->crew, &crew, err);
}

int served_replace(struct served *served, uint64_t level, struct error *err)
{
    const struct run *run = served->run;
    const struct manifest *manifest = served->manifest;

    served_stop(served);
    return served_start(served, run, manifest, level, err);
}

void served_stop(struct served *served)
{
    crew_free(served->crew);
    authorized_release(&served->authorized);
    instance_stop(&served->instance);
    *served = (struct served){0};
}
