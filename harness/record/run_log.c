#include "record/run_log.h"

#include "base/file.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

void run_record_release(struct run_record *record)
{
    free(record->harness_version);
    free(record->built);
    free(record->started);
    free(record->scenario_name);
    free(record->scenario_text);
    free(record->scenario_hash);
    free(record->profile);
    free(record->backends);
    file_list_free(record->folders);
    free(record->generator_cores);
    free(record->service_cores);
    free(record->overridden);
    free(record->targets);
    free(record->ca_file);
    free(record->box);
    machine_release(&record->machine);
    *record = (struct run_record){0};
}

void backend_record_release(struct backend_record *record)
{
    free(record->name);
    free(record->verified);
    free(record->language);
    free(record->framework);
    free(record->class);
    free(record->versions);
    free(record->environment);
    free(record->skipped);
    free(record->followed);
    free(record->not_watched);
    free(record->watch);
    free(record->watched);
    free(record->artifact_hash);
    free(record->attached);
    free(record->protocol);
    free(record->cores);
    free(record->box);
    free(record->unboxed);
    *record = (struct backend_record){0};
}

bool backend_record_is_sample(const struct backend_record *record)
{
    if (record->attached != NULL) {
        return false;
    }
    return record->verified == NULL || strncmp(record->verified, "contract", strlen("contract")) == 0;
}

bool backend_record_is_tuned(const struct backend_record *record)
{
    return record->class != NULL && strcmp(record->class, "production") != 0;
}

bool backend_record_started(const struct backend_record *record)
{
    bool reached = record->attached != NULL && (record->watched != NULL || record->not_watched != NULL);
    return record->cold_start_ns > 0 || reached;
}

void step_record_release(struct step_record *record)
{
    free(record->backend);
    load_record_release(&record->load);
    free(record->samples);
    free(record->runtime);
    packed_rows_free(record->packed);
    free(record->death.output);
    free(record->worker_connections);
    for (size_t i = 0; i < record->dependency_count; i++) {
        dependency_load_release(&record->dependencies[i]);
    }
    free(record->dependencies);
    generator_loads_release(&record->generators);
    *record = (struct step_record){0};
}

struct sample step_record_sample(const struct step_record *record, size_t index)
{
    struct sample sample;

    if (record->packed == NULL) {
        return record->samples[index];
    }
    packed_rows_get(record->packed, index, &sample);
    return sample;
}

uint64_t step_record_sample_ns(const struct step_record *record, size_t index)
{
    if (record->packed == NULL) {
        return record->samples[index].at_ns;
    }
    return packed_rows_word(record->packed, index, offsetof(struct sample, at_ns) / sizeof(uint64_t));
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
    free(record->ended_early);
    *record = (struct trial_record){0};
}

void end_record_release(struct end_record *record)
{
    free(record->ended);
    free(record->reason);
    *record = (struct end_record){0};
}

static void resume_record_release(struct resume_record *record)
{
    free(record->harness_version);
    free(record->resumed);
    free(record->backend);
    *record = (struct resume_record){0};
}

#define SHRINK(records, count, release)                                                                                \
    while (log->count > to->count) {                                                                                   \
        release(&log->records[--log->count]);                                                                          \
    }

void run_log_shrink(struct run_log *log, const struct run_log *to)
{
    SHRINK(backends, backend_count, backend_record_release)
    SHRINK(forecasts, forecast_count, forecast_record_release)
    SHRINK(steps, step_count, step_record_release)
    SHRINK(recoveries, recovery_count, step_record_release)
    SHRINK(soaks, soak_count, step_record_release)
    SHRINK(generators, generator_count, generator_record_release)
    SHRINK(dependencies, dependency_count, dependency_record_release)
    SHRINK(audits, audit_count, audit_record_release)
    SHRINK(profiles, profile_count, profile_record_release)
    SHRINK(trials, trial_count, trial_record_release)
    SHRINK(resumes, resume_count, resume_record_release)
    if (log->calibration_count > to->calibration_count) {
        log->calibration_count = to->calibration_count;
    }
    if (to->run.harness_version == NULL) {
        run_record_release(&log->run);
    }
    if (!to->end.present) {
        end_record_release(&log->end);
    }
}

void run_log_release(struct run_log *log)
{
    static const struct run_log empty;

    run_log_shrink(log, &empty);
    free(log->backends);
    free(log->forecasts);
    free(log->steps);
    free(log->recoveries);
    free(log->soaks);
    free(log->generators);
    free(log->dependencies);
    free(log->audits);
    free(log->profiles);
    free(log->calibrations);
    free(log->trials);
    free(log->resumes);
    free(log->warning);
    *log = (struct run_log){0};
}

void run_log_warn(struct run_log *log, char *words)
{
    if (words != NULL && log->warning != NULL) {
        char *both = mem_format("%s; %s", words, log->warning);
        free(log->warning);
        free(words);
        log->warning = both;
    } else if (words != NULL) {
        log->warning = words;
    }
}

const char *step_phase_name(enum step_phase phase)
{
    static const char *const names[] = {[PHASE_LADDER] = "ladder", [PHASE_SEARCH] = "search", [PHASE_WARM] = "warm"};
    return names[phase];
}

void run_log_drop_steps(struct run_log *log)
{
    struct run_log rest = *log;

    rest.step_count = rest.recovery_count = rest.soak_count = 0;
    run_log_shrink(log, &rest);
}

static void drop_readings(struct step_record *steps, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct step_record *step = &steps[i];
        load_record_drop_histograms(&step->load);
        free(step->samples);
        packed_rows_free(step->packed);
        step->samples = NULL;
        step->packed = NULL;
        step->sample_count = 0;
        for (size_t k = 0; k < step->dependency_count; k++) {
            dependency_load_drop_readings(&step->dependencies[k]);
        }
    }
}

void run_log_drop_readings(struct run_log *log)
{
    drop_readings(log->steps, log->step_count);
    drop_readings(log->recoveries, log->recovery_count);
    drop_readings(log->soaks, log->soak_count);
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

const char *run_log_cut_reason(const struct run_log *log)
{
    if (!log->end.present) {
        return "its file has no end, so twofold was killed, could not write, or still runs";
    }
    return log->end.reason != NULL ? log->end.reason : "its file does not say why";
}

void run_log_renew_backend(struct run_log *log)
{
    struct backend_record *last = &log->backends[log->backend_count - 1];

    for (struct backend_record *each = log->backends; each < last; each++) {
        if (strcmp(each->name, last->name) == 0) {
            backend_record_release(each);
            *each = *last;
            log->backend_count--;
            return;
        }
    }
}

void run_log_drop_trial(struct run_log *log, const char *backend, unsigned trial)
{
    DROP(log->steps, log->step_count, step_record_release);
    DROP(log->recoveries, log->recovery_count, step_record_release);
    DROP(log->soaks, log->soak_count, step_record_release);
    DROP(log->forecasts, log->forecast_count, forecast_record_release);
    DROP(log->audits, log->audit_count, audit_record_release);
    DROP(log->profiles, log->profile_count, profile_record_release);
    DROP(log->trials, log->trial_count, trial_record_release);
}
