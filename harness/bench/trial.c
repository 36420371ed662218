#include "bench/trial.h"

#include "base/clock.h"
#include "base/mem.h"
#include "bench/step.h"
#include "load/probe.h"

#include <stdlib.h>

#define FIRST_REQUEST_TIMEOUT_NS (10 * CLOCK_SECOND_NS)

/* How many steps in a row must fail before the ladder is given up: one may be a bad moment. */
#define FAILURES_IN_A_ROW 2

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

static uint64_t step_time(const struct trial *trial, const struct planned_step *planned)
{
    return planned->settle_ns + planned->measure_ns + trial->scenario->deadline_ns;
}

/* How the ladder goes on after a step. */
struct climb {
    unsigned broken; /* in a row, also where the step was invalid: higher up it would only be worse */
    bool again;      /* the step was invalid, and is run once more */
    bool over;
};

static void go_on(struct climb *climb, const struct step_record *step, const struct step_verdict *verdict)
{
    bool repeated = climb->again;
    climb->again = verdict->verdict == VERDICT_INVALID && !repeated && !step->death.died;
    if (!climb->again) {
        climb->broken = verdict->breach_count > 0 ? climb->broken + 1 : 0;
    }
    climb->over = step->death.died || climb->broken == FAILURES_IN_A_ROW;
}

static int run_step(struct trial *trial, struct instance *instance, struct loader *loader,
                    const struct planned_step *planned, struct climb *climb, struct error *err)
{
    struct step_record step;
    struct step_verdict verdict;
    struct load_on_host host;

    if (step_run(&(struct step_run){.instance = instance,
                                    .loader = loader,
                                    .scenario = trial->scenario,
                                    .planned = planned,
                                    .backend = trial->record->name,
                                    .trial = trial->number,
                                    .progress = trial->progress,
                                    .left_ns = trial->left_ns,
                                    .stop = trial->stop},
                 &step, err) != 0) {
        return -1;
    }
    int result = run_writer_step(trial->writer, &step, err);
    verdict_judge(&step, &trial->scenario->limits, trial->cores->split.shared, &verdict);
    load_on_host(&step, core_set_count(&trial->cores->split.service), &host);
    go_on(climb, &step, &verdict);
    if (!climb->again) {
        uint64_t time_ns = step_time(trial, planned);
        trial->left_ns = trial->left_ns > time_ns ? trial->left_ns - time_ns : 0;
    }
    trial->progress->step(trial->progress->context, &step, &verdict, &host, trial->left_ns);
    step_record_release(&step);
    return result;
}

static int climb_ladder(struct trial *trial, struct instance *instance, struct loader *loader, struct error *err)
{
    struct climb climb = {0};

    for (size_t i = 0; i < trial->plan->step_count && !climb.over; i += !climb.again) {
        if (run_step(trial, instance, loader, &trial->plan->steps[i], &climb, err) != 0) {
            return -1;
        }
    }
    return 0;
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
    if (read_fresh(trial, instance, err) != 0 || loader_new(&loader, &options, err) != 0) {
        return -1;
    }
    int result = climb_ladder(trial, instance, loader, err);
    loader_free(loader);
    return result;
}

int trial_run(struct trial *trial, struct error *err)
{
    struct instance instance;
    struct error why = {0};

    if (instance_start(&instance, trial->manifest, &trial->cores->split.service, trial->stop, &why) != 0) {
        if (why.kind == ERROR_STOPPED) {
            return error_stopped(err);
        }
        progress_say(trial->progress, "%s", why.message);
        if (trial->recorded) {
            return 0;
        }
        trial->record->skipped = mem_format("did not start: %s", why.message);
        return write_backend(trial, err);
    }
    int result = drive(trial, &instance, err);
    instance_stop(&instance);
    return result;
}
