#include "bench/trial.h"

#include "base/clock.h"
#include "base/mem.h"
#include "bench/climb.h"
#include "bench/dependency/audit.h"
#include "bench/dependency/health.h"
#include "bench/service/served.h"
#include "load/probe.h"

#include <stdlib.h>

#define FIRST_REQUEST_TIMEOUT_NS (10 * CLOCK_SECOND_NS)

static int write_backend(struct trial *trial, struct error *err)
{
    if (trial->recorded) {
        return 0;
    }
    trial->recorded = true;
    return run_writer_backend(trial->run->writer, trial->record, err);
}

/* What only a fresh process can show. */
static int read_fresh(struct trial *trial, const struct instance *instance, struct error *err)
{
    const struct scenario *scenario = trial->run->scenario;
    struct backend_record *record = trial->record;
    struct probe_options probe = {.host = INSTANCE_HOST,
                                  .port = instance->port,
                                  .seed = scenario->seed,
                                  .timeout_ns = FIRST_REQUEST_TIMEOUT_NS,
                                  .stop = trial->run->stop};
    struct error why = {0};

    if (trial->recorded) {
        return 0;
    }
    record->cold_start_ns = instance->cold_start_ns;
    record->followed = mem_string(instance->followed);
    record->not_watched = mem_string(instance->not_watched);
    if (record->not_watched == NULL) {
        sampler_memory(instance->sampler, &record->idle);
    }
    if (probe_first_request(&scenario->traffic, &probe, &record->first_request_ns, &why) != 0) {
        progress_say(trial->run->progress, "%s: %s", record->name, why.message);
    }
    return write_backend(trial, err);
}

/* However it went, the trial is over and is not run again. */
static int write_trial(const struct trial *trial, const char *failed, struct error *err)
{
    struct trial_record record = {.backend = trial->record->name, .trial = trial->number, .failed = (char *)failed};

    return run_writer_trial(trial->run->writer, &record, err);
}

static int drive(struct trial *trial, struct served *served, struct audit *audit, struct error *err)
{
    const struct run *run = trial->run;
    struct climb climb = {.run = run,
                          .backend = trial->record->name,
                          .trial = trial->number,
                          .served = served,
                          .audit = audit,
                          .rest_ns = trial->rest_ns};

    if (read_fresh(trial, &served->instance, err) != 0 ||
        audit_begin(audit, run->dependencies, trial->record->name, trial->number, err) != 0 ||
        served_load(served, err) != 0) {
        return -1;
    }
    int result = climb_run(&climb, err);
    trial->whole = result == 0 && !climb.has_gap;
    return result;
}

/* Without dependencies there is nothing to hold the responses against. */
static int write_audit(const struct trial *trial, struct audit *audit, struct error *err)
{
    const struct run *run = trial->run;
    struct error why = {0};

    if (!dependencies_have_upstream(run->dependencies) && !dependencies_have_database(run->dependencies)) {
        return 0;
    }
    if (audit_finish(audit, &why) != 0) {
        progress_say(run->progress, "%s: its responses cannot be checked: %s", trial->record->name, why.message);
    }
    return run_writer_audit(run->writer, &audit->record, err);
}

/* The service did not start: that ends its trial, and in the first trial it leaves the backend out of the run. Without
 * what the service needs, it is not the service that failed, and no other trial can be run either. */
static int report_start(struct trial *trial, const struct error *why, struct error *err)
{
    if (why->kind == ERROR_STOPPED) {
        return error_stopped(err);
    }
    if (!health_is_good(trial->run->dependencies)) {
        return error_failed(err, "%s", why->message);
    }
    progress_say(trial->run->progress, "%s", why->message);
    if (trial->recorded) {
        return write_trial(trial, why->message, err);
    }
    trial->record->skipped = mem_format("did not start: %s", why->message);
    return write_backend(trial, err);
}

int trial_run(struct trial *trial, struct error *err)
{
    struct served served;
    struct audit audit = {0};
    struct error why = {0};

    if (served_start(&served, trial->run, trial->manifest, &why) != 0) {
        return report_start(trial, &why, err);
    }
    int result = drive(trial, &served, &audit, err);
    served_stop(&served);
    if (result == 0) {
        result = write_audit(trial, &audit, err);
    }
    audit_release(&audit);
    if (result == 0) {
        result = write_trial(trial, NULL, err);
    }
    return result;
}
