#include "record/run_log.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

void run_record_release(struct run_record *record)
{
    free(record->harness_version);
    free(record->started);
    free(record->scenario_name);
    free(record->scenario_text);
    free(record->scenario_hash);
    free(record->profile);
    free(record->backends);
    free(record->generator_cores);
    free(record->service_cores);
    machine_release(&record->machine);
    *record = (struct run_record){0};
}

void backend_record_release(struct backend_record *record)
{
    free(record->name);
    free(record->language);
    free(record->framework);
    free(record->class);
    free(record->versions);
    free(record->environment);
    free(record->skipped);
    free(record->followed);
    free(record->not_watched);
    *record = (struct backend_record){0};
}

void step_record_release(struct step_record *record)
{
    free(record->backend);
    load_record_release(&record->load);
    free(record->samples);
    free(record->death.output);
    for (size_t i = 0; i < record->dependency_count; i++) {
        dependency_load_release(&record->dependencies[i]);
    }
    free(record->dependencies);
    *record = (struct step_record){0};
}

static void forecast_record_release(struct forecast_record *record)
{
    free(record->backend);
    *record = (struct forecast_record){0};
}

static void trial_record_release(struct trial_record *record)
{
    free(record->backend);
    free(record->failed);
    *record = (struct trial_record){0};
}

static void release_steps(struct step_record *steps, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        step_record_release(&steps[i]);
    }
    free(steps);
}

void run_log_release(struct run_log *log)
{
    run_record_release(&log->run);
    for (size_t i = 0; i < log->backend_count; i++) {
        backend_record_release(&log->backends[i]);
    }
    for (size_t i = 0; i < log->forecast_count; i++) {
        forecast_record_release(&log->forecasts[i]);
    }
    for (size_t i = 0; i < log->trial_count; i++) {
        trial_record_release(&log->trials[i]);
    }
    for (size_t i = 0; i < log->resume_count; i++) {
        free(log->resumes[i].harness_version);
        free(log->resumes[i].resumed);
        free(log->resumes[i].backend);
    }
    for (size_t i = 0; i < log->dependency_count; i++) {
        dependency_record_release(&log->dependencies[i]);
    }
    for (size_t i = 0; i < log->audit_count; i++) {
        audit_record_release(&log->audits[i]);
    }
    free(log->dependencies);
    free(log->audits);
    release_steps(log->steps, log->step_count);
    release_steps(log->recoveries, log->recovery_count);
    release_steps(log->soaks, log->soak_count);
    free(log->backends);
    free(log->forecasts);
    free(log->calibrations);
    free(log->trials);
    free(log->resumes);
    free(log->end.ended);
    free(log->warning);
    *log = (struct run_log){0};
}

const char *step_phase_name(enum step_phase phase)
{
    static const char *const names[] = {[PHASE_LADDER] = "ladder", [PHASE_SEARCH] = "search", [PHASE_WARM] = "warm"};
    return names[phase];
}

/* ---- removing a trial ---- */

/* Releases the records that belong to the trial and closes the gaps; `count` becomes the number of those that stay. */
#define DROP(records, count, release)                                                                                  \
    do {                                                                                                               \
        size_t kept = 0;                                                                                               \
        for (size_t i = 0; i < (count); i++) {                                                                         \
            if ((records)[i].trial == trial && strcmp((records)[i].backend, backend) == 0) {                           \
                release(&(records)[i]);                                                                                \
            } else {                                                                                                   \
                (records)[kept++] = (records)[i];                                                                      \
            }                                                                                                          \
        }                                                                                                              \
        (count) = kept;                                                                                                \
    } while (0)

bool run_log_complete(const struct run_log *log)
{
    return log->end.present && !log->end.interrupted;
}

void run_log_drop_trial(struct run_log *log, const char *backend, unsigned trial)
{
    DROP(log->steps, log->step_count, step_record_release);
    DROP(log->recoveries, log->recovery_count, step_record_release);
    DROP(log->soaks, log->soak_count, step_record_release);
    DROP(log->forecasts, log->forecast_count, forecast_record_release);
    DROP(log->audits, log->audit_count, audit_record_release);
    DROP(log->trials, log->trial_count, trial_record_release);
}
