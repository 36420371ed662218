#include "bench/trial.h"

#include "base/clock.h"
#include "base/mem.h"
#include "bench/climb.h"
#include "bench/dependency/audit.h"
#include "contract/orders/order_sql.h"
#include "load/probe.h"

#include <stdlib.h>

#define FIRST_REQUEST_TIMEOUT_NS (10 * CLOCK_SECOND_NS)

static int write_backend(struct trial *trial, struct error *err)
{
    if (trial->recorded) {
        return 0;
    }
    trial->recorded = true;
    return run_writer_backend(trial->writer, trial->record, err);
}

/* What only a fresh process can tell. */
static int read_fresh(struct trial *trial, struct instance *instance, struct error *err)
{
    struct backend_record *record = trial->record;
    struct error why = {0};

    if (trial->recorded) {
        return 0;
    }
    record->cold_start_ns = instance->cold_start_ns;
    sampler_memory(instance->sampler, &record->idle);
    struct probe_options probe = {.host = INSTANCE_HOST,
                                  .port = instance->port,
                                  .seed = trial->scenario->seed,
                                  .timeout_ns = FIRST_REQUEST_TIMEOUT_NS};
    if (probe_first_request(&trial->scenario->traffic, &probe, &record->first_request_ns, &why) != 0) {
        progress_say(trial->progress, "%s: %s", record->name, why.message);
    }
    return write_backend(trial, err);
}

/* Whatever came of it: it is over, and is not run again. */
static int write_trial(struct trial *trial, const char *failed, struct error *err)
{
    struct trial_record record = {.backend = trial->record->name, .trial = trial->number, .failed = (char *)failed};
    return run_writer_trial(trial->writer, &record, err);
}

static int drive(struct trial *trial, struct instance *instance, struct error *err)
{
    struct loader *loader;
    struct loader_options options = {
        .traffic = &trial->scenario->traffic,
        .host = INSTANCE_HOST,
        .port = instance->port,
        .threads = trial->cores->generator_count,
        .deadline_ns = trial->scenario->deadline_ns,
        .connections_most = trial->scenario->connections_most,
        .spin = !trial->cores->split.shared,
        .on_thread = cores_pin_thread,
        .context = trial->cores,
    };
    if (read_fresh(trial, instance, err) != 0 ||
        audit_begin(trial->audit, trial->dependencies, trial->record->name, trial->number, err) != 0 ||
        loader_new(&loader, &options, err) != 0) {
        return -1;
    }
    struct climb climb = {.trial = trial, .instance = instance, .loader = loader};
    int result = climb_run(&climb, err);
    loader_free(loader);
    return result;
}

/* Nothing of the trial before is left: its tables are made anew, its process is a fresh one. */
static int start(struct trial *trial, struct instance *instance, struct error *err)
{
    return dependencies_reset(trial->dependencies, ORDER_SQL_ORDERS, err) != 0
               ? -1
               : instance_start(instance,
                                &(struct instance_options){.manifest = trial->manifest,
                                                           .cores = &trial->cores->split.service,
                                                           .variables = trial->dependencies->variables,
                                                           .stop = trial->stop},
                                err);
}

/* Without dependencies there is nothing to hold the answers against. */
static int write_audit(struct trial *trial, struct error *err)
{
    struct error why = {0};

    if (!dependencies_have_upstream(trial->dependencies) && !dependencies_have_database(trial->dependencies)) {
        return 0;
    }
    if (audit_finish(trial->audit, &why) != 0) {
        progress_say(trial->progress, "%s: its answers cannot be checked: %s", trial->record->name, why.message);
    }
    return run_writer_audit(trial->writer, &trial->audit->record, err);
}

int trial_run(struct trial *trial, struct error *err)
{
    struct instance instance;
    struct audit audit = {0};
    struct error why = {0};

    if (start(trial, &instance, &why) != 0) {
        if (why.kind == ERROR_STOPPED) {
            return error_stopped(err);
        }
        progress_say(trial->progress, "%s", why.message);
        if (trial->recorded) {
            return write_trial(trial, why.message, err);
        }
        trial->record->skipped = mem_format("did not start: %s", why.message);
        return write_backend(trial, err);
    }
    trial->audit = &audit;
    int result = drive(trial, &instance, err);
    instance_stop(&instance);
    if (result == 0 && write_audit(trial, err) != 0) {
        result = -1;
    }
    audit_release(&audit);
    return result == 0 ? write_trial(trial, NULL, err) : result;
}
