#include "bench/trial.h"

#include "base/clock.h"
#include "base/mem.h"
#include "bench/climb.h"
#include "bench/dependency/audit.h"
#include "bench/dependency/health.h"
#include "bench/profile_break.h"
#include "bench/service/served.h"
#include "load/probe.h"

#include <stdlib.h>

#define FIRST_REQUEST_TIMEOUT_NS (10 * CLOCK_SECOND_NS)

static int write_backend(struct trial *trial, struct error *err)
{
    trial->recorded = true;
    return run_writer_backend(trial->run->writer, trial->record, err);
}

/* How long the first request of a fresh process takes. That of one that runs already has long been answered, and a
 * stream is never whole. */
static void read_first_request(struct trial *trial, const struct instance *instance)
{
    const struct scenario *scenario = trial->run->scenario;
    struct probe_options probe = {.host = instance->host,
                                  .port = instance->port,
                                  .seed = scenario->seed,
                                  .timeout_ns = FIRST_REQUEST_TIMEOUT_NS,
                                  .stop = trial->run->stop};
    struct error why = {0};

    if (instance->attached == NULL && scenario->doubling != DOUBLING_SUBSCRIBERS &&
        probe_first_request(&scenario->traffic, &probe, &trial->record->first_request_ns, &why) != 0) {
        progress_say(trial->run->progress, "%s: %s", trial->record->name, why.message);
    }
}

/* How the processes of an attached service are read, and where they may run; those of others were given their cores. */
static void read_watch(struct backend_record *record, const struct instance *instance)
{
    const struct watch *watch = instance->watch;

    if (instance->attached == NULL) {
        return;
    }
    record->watched = mem_string(watch_words(watch));
    record->workers = watch_core_count(watch);
    if (core_set_count(watch_core_set(watch)) > 0) {
        record->cores = core_set_text(watch_core_set(watch));
    }
}

/* What is known of the service as soon as it runs: read once, in the first trial that starts. */
static int read_fresh(struct trial *trial, const struct instance *instance, struct error *err)
{
    struct backend_record *record = trial->record;

    if (backend_record_started(record)) {
        return 0;
    }
    record->cold_start_ns = instance->cold_start_ns;
    record->followed = mem_string(instance->followed);
    record->not_watched = mem_string(instance->not_watched);
    if (record->not_watched == NULL) {
        watch_memory(instance->watch, &record->idle);
    }
    read_watch(record, instance);
    read_first_request(trial, instance);
    return write_backend(trial, err);
}

/* However it went, the trial is over and is not run again. */
static int write_trial(const struct trial *trial, const struct trial_failure *failure, struct error *err)
{
    struct trial_record record = {.backend = trial->record->name, .trial = trial->number};
    bool failed = failure->why.kind != ERROR_NONE;

    if (failed && trial->measured) {
        record.ended_early = (char *)failure->why.message;
    } else if (failed) {
        record.failed = (char *)failure->why.message;
    }
    record.harness_fault = failed && failure->harness_fault;
    return run_writer_trial(trial->run->writer, &record, err);
}

/* The trial ends before its first step, and the run goes on: the other trials may go well. Without what the service
 * needs no other trial can be run either. */
static int give_up(struct trial *trial, const struct trial_failure *failure, struct error *err)
{
    struct dependencies *dependencies = trial->run->dependencies;

    if (failure->why.kind == ERROR_STOPPED) {
        return error_stopped(err);
    }
    health_look(dependencies);
    if (!health_is_good(dependencies)) {
        return error_failed(err, "%s", failure->why.message);
    }
    progress_say(trial->run->progress, "%s: trial %u %s: %s", trial->record->name, trial->number + 1,
                 failure->harness_fault ? "could not be run" : "did not start", failure->why.message);
    if (!trial->recorded && write_backend(trial, err) != 0) {
        return -1;
    }
    return write_trial(trial, failure, err);
}

/* What a climb takes beside the service, when that has answered its first request. Where it is not to be had,
 * `ret_failure` says why. */
static int make_ready(const struct trial *trial, struct served *served, struct audit *audit,
                      struct trial_failure *ret_failure)
{
    ret_failure->harness_fault = true;
    if (audit_begin(audit, trial->run->dependencies, trial->record->name, trial->number, &ret_failure->why) != 0) {
        return -1;
    }
    return served_load(served, &ret_failure->why);
}

/* Without dependencies there is nothing to hold the responses against, and what another service than the samples keeps
 * in them is its own affair. */
static int write_audit(const struct trial *trial, struct audit *audit, struct error *err)
{
    const struct run *run = trial->run;
    struct error why = {0};

    bool has_any = dependencies_have_upstream(run->dependencies) || dependencies_have_database(run->dependencies);
    if (!has_any || !backend_record_is_sample(trial->record)) {
        return 0;
    }
    if (audit_finish(audit, &why) != 0) {
        progress_say(run->progress, "%s: its responses cannot be checked: %s", trial->record->name, why.message);
        audit->record.not_counted = mem_string(why.message);
    }
    return run_writer_audit(run->writer, &audit->record, err);
}

/* The steps that there are stand; what the responses left in the dependencies cannot be told any more. */
static int end_early(const struct trial *trial, const struct trial_failure *failure, struct error *err)
{
    progress_say(trial->run->progress, "%s: trial %u ended early: its service %s: %s", trial->record->name,
                 trial->number + 1, failure->harness_fault ? "could not be loaded" : "did not start again",
                 failure->why.message);
    return write_trial(trial, failure, err);
}

static int finish(struct trial *trial, const struct climb *climb, struct error *err)
{
    bool early = climb->failure.why.kind != ERROR_NONE;

    if (early) {
        return climb->stepped ? end_early(trial, &climb->failure, err) : give_up(trial, &climb->failure, err);
    }
    if (write_audit(trial, climb->audit, err) != 0) {
        return -1;
    }
    return write_trial(trial, &climb->failure, err);
}

/* Stops the service. */
static int run_steps(struct trial *trial, struct served *served, struct audit *audit, struct error *err)
{
    struct climb climb = {.run = trial->run,
                          .backend = trial->record->name,
                          .trial = trial->number,
                          .served = served,
                          .audit = audit,
                          .rest_ns = trial->rest_ns};
    int result = climb_run(&climb, err);

    if (result == 0 && trial->run->profile_break && climb.failure.why.kind == ERROR_NONE) {
        result = profile_break_run(&climb, err);
    }
    trial->measured = climb.stepped;
    trial->whole = result == 0 && !climb.has_gap && climb.failure.why.kind == ERROR_NONE;
    served_stop(served);
    return result == 0 ? finish(trial, &climb, err) : -1;
}

int trial_run(struct trial *trial, struct error *err)
{
    struct served served;
    struct audit audit = {0};
    struct trial_failure failure = {0};
    int result;

    if (served_start(&served, trial->run, trial->manifest, trial->run->plan->steps[0].level, &failure.why) != 0) {
        return give_up(trial, &failure, err);
    }
    if (read_fresh(trial, &served.instance, err) != 0) {
        served_stop(&served);
        return -1;
    }
    if (make_ready(trial, &served, &audit, &failure) != 0) {
        served_stop(&served);
        result = give_up(trial, &failure, err);
    } else {
        result = run_steps(trial, &served, &audit, err);
    }
    audit_release(&audit);
    return result;
}
