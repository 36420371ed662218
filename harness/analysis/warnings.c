#include "analysis/warnings.h"

#include "analysis/after/warm_up.h"
#include "analysis/capacity/pairs.h"
#include "analysis/warnings/fleet_warnings.h"
#include "analysis/warnings/machine_warnings.h"
#include "analysis/warnings/service_warnings.h"
#include "analysis/warnings/warning_list.h"
#include "base/mem.h"
#include "base/units.h"

/* For the first trial that shows a warm-up. Its first step is judged all the same. */
static void warn_of_warm_up(struct findings *findings, const struct backend_finding *backend)
{
    char until[UNITS_TEXT];
    struct warm_up warm_up;

    for (size_t i = 0; i < backend->step_count; i++) {
        const struct step_finding *step = &backend->steps[i];
        if (step->record->phase != PHASE_LADDER || step->record->index != 0 ||
            step->verdict.verdict == VERDICT_INVALID || !warm_up_find(step->record, &warm_up)) {
            continue;
        }
        units_write_duration(until, warm_up.until_ns);
        warning_add(
            findings, WARNING_RUN,
            mem_format(
                "%s was still warming up in its first step: until %s into it, responses took %.1f times as long as "
                "after that; a longer step.warmup in the scenario leaves that out",
                backend->record->name, until, warm_up.ratio),
            NULL);
        return;
    }
}

static void warn_of_resumes(struct findings *findings)
{
    const struct run_log *log = findings->log;

    for (size_t i = 0; i < log->resume_count; i++) {
        const struct resume_record *resume = &log->resumes[i];
        if (resume->backend != NULL) {
            warning_add(
                findings, WARNING_RUN,
                mem_format("the run was cut short and resumed at %s; trial %u of %s, under way then, was run again",
                           resume->resumed, resume->trial + 1, resume->backend),
                NULL);
        } else {
            warning_add(findings, WARNING_RUN, mem_format("the run was cut short and resumed at %s", resume->resumed),
                        NULL);
        }
    }
}

static size_t measured_count(const struct findings *findings)
{
    size_t count = 0;
    for (size_t i = 0; i < findings->backend_count; i++) {
        count += findings->backends[i].record->skipped == NULL;
    }
    return count;
}

/* What measures the same services once more. Those that ran already are named on the command line only, where a command
 * without them would measure others. */
static const char *again(const struct run_log *log, const char *command)
{
    return log->run.targets == NULL ? command : NULL;
}

static void warn_of_run(struct findings *findings)
{
    const struct run_log *log = findings->log;

    if (log->warning != NULL) {
        warning_add(findings, WARNING_RUN, mem_string(log->warning), NULL);
    }
    warn_of_resumes(findings);
    if (!run_log_complete(log)) {
        warning_add(findings, WARNING_RUN,
                    mem_format("the run was cut short: %s; what was measured until then stands",
                               run_log_cut_reason(log)),
                    NULL);
    }
    if (findings->profile == PROFILE_QUICK) {
        warning_add(findings, WARNING_RUN, mem_string("a quick run: steps are too short for a result to be shared"),
                    again(log, "make bench"));
    }
    if (log->run.trials < 2) {
        warning_add(findings, WARNING_RUN,
                    mem_string("one trial a service: how much the next would differ is not known, so two services are "
                               "told apart only where a doubling lies "
                               "between them"),
                    again(log, "make bench TRIALS=6"));
    } else if (log->run.trials < PAIR_BLOCKS_WANTED && measured_count(findings) > 1) {
        warning_add(
            findings, WARNING_RUN,
            mem_format(
                "%u trials a service are few: two services are told apart only where they differ by many times "
                "the spread of their trials, or where a doubling lies between all of them; six or more show less",
                log->run.trials),
            again(log, "make bench TRIALS=6"));
    }
}

void warnings_find(struct findings *findings)
{
    for (size_t i = 0; i < findings->backend_count; i++) {
        service_warnings_find(findings, &findings->backends[i]);
        if (!findings->backends[i].nothing_right) {
            warn_of_warm_up(findings, &findings->backends[i]);
        }
    }
    fleet_warnings_find(findings);
    warn_of_run(findings);
    machine_warnings_find(findings);
}
