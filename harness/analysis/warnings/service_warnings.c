#include "analysis/warnings/service_warnings.h"

#include "analysis/capacity/capacity.h"
#include "analysis/capacity/reference.h"
#include "analysis/verdict/wrong_responses.h"
#include "analysis/warnings/disturbance_warnings.h"
#include "analysis/warnings/reliability_warnings.h"
#include "analysis/warnings/warning_list.h"
#include "base/core_set.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/units.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *invalid_in_words(enum invalidity invalidity)
{
    static const char *const words[INVALIDITY_COUNT] = {
        [INVALID_SEND_LAG] = "requests left late by more than a tenth of the latency limit",
        [INVALID_GENERATOR_BUSY] = "a generator thread was over 90 % busy",
        [INVALID_STARVED] = "other programs kept a generator thread from its core for more than a tenth of the time",
        [INVALID_OPENING] = "connections were still being opened when its measured part began",
        [INVALID_UNSENT] = "requests stayed unsent although connections were free",
        [INVALID_FOREIGN] = "other programs worked on the service's cores while it waited for them",
        [INVALID_NO_REQUESTS] = "no request was due in its measured part",
        [INVALID_LITTLE] = "rate, time and requests in flight do not agree (Little's law)",
        [INVALID_DEPENDENCY] = "what it needs failed",
        [INVALID_DENIED] = "this machine had no file descriptor or port left for a connection",
        [INVALID_STOOD_STILL] = "a generator thread was stopped for more than a hundredth of the time",
        [INVALID_TURNED_AWAY] =
            "users were turned away, because more sessions were under way than \"sessions_at_once\"",
        [INVALID_LATE_START] =
            "a generator began later than all had agreed on, by more than a tenth of the latency limit",
        [INVALID_READ_LATE] = "messages lay unread by more than a tenth of the latency limit",
        [INVALID_CLOCK_SET] =
            "the wall clock, by which messages are due, was set by more than a tenth of the latency limit",
    };
    return words[invalidity];
}

/* What mends the reason for which a step is invalid; NULL: no command does. */
static const char *command_against(enum invalidity invalidity)
{
    static const char *const commands[INVALIDITY_COUNT] = {
        [INVALID_SEND_LAG] = WARNING_WHO_WORKS,
        [INVALID_READ_LATE] = WARNING_WHO_WORKS,
        [INVALID_STARVED] = WARNING_WHO_WORKS,
        [INVALID_UNSENT] = "ulimit -n 65536",
        [INVALID_DENIED] = "ulimit -n 65536",
        [INVALID_FOREIGN] = WARNING_WHO_WORKS,
        [INVALID_NO_REQUESTS] = "make bench PROFILE=standard",
    };
    return commands[invalidity];
}

/* The command against the first reason that has one; NULL if an earlier warning has it already. */
static const char *command_for(const struct findings *findings, const struct step_verdict *verdict)
{
    const char *command = NULL;

    for (int i = 0; i < INVALIDITY_COUNT && command == NULL; i++) {
        if (verdict->invalid[i]) {
            command = command_against((enum invalidity)i);
        }
    }
    return warning_untold(findings, command);
}

static void add_reason(struct text *out, const struct step_verdict *verdict, enum invalidity invalidity)
{
    if (verdict->blamed[invalidity] != NULL) {
        text_format(out, "the generator on %s: ", verdict->blamed[invalidity]);
    }
    if (invalidity == INVALID_DEPENDENCY && dependency_faults_any(&verdict->faults)) {
        dependency_faults_phrase(out, &verdict->faults);
    } else {
        text_add(out, invalid_in_words(invalidity));
    }
}

static void warn_of_invalid_step(struct findings *findings, const struct backend_finding *backend,
                                 const struct step_finding *step)
{
    char level[UNITS_TEXT];
    struct text because = {0};

    for (int i = 0; i < INVALIDITY_COUNT; i++) {
        if (step->verdict.invalid[i]) {
            text_add(&because, because.length > 0 ? "; " : "");
            add_reason(&because, &step->verdict, (enum invalidity)i);
        }
    }
    units_write_count(level, step->record->level);
    warning_add(findings, WARNING_GENERATOR,
                mem_format("%s at %s (trial %u) says nothing about the service: %s", backend->record->name, level,
                           step->record->trial + 1, because.data),
                command_for(findings, &step->verdict));
    text_release(&because);
}

static void warn_of_wrong_start(struct findings *findings, const struct backend_finding *backend)
{
    const char *name = backend->record->name;
    const struct load_record *load = &backend->wrong_from_start->record->load;
    struct text text = {0};

    if (backend->nothing_right) {
        text_format(&text, "NO RESPONSE OF %s WAS RIGHT, so none of its figures counts", name);
    } else {
        text_format(&text, "%.0f %% of the responses of %s at its lowest load were wrong",
                    wrong_responses_share(&load->tally) * 100, name);
    }
    if (load->first_wrong != NULL && load->first_wrong->status == 0) {
        text_format(&text, "; the first, to \"%s\", was no HTTP response", load->first_wrong->request);
    } else if (load->first_wrong != NULL) {
        text_format(&text, "; the first, to \"%s\", had status %u", load->first_wrong->request,
                    load->first_wrong->status);
    }
    warning_add(findings, WARNING_WRONG, text_take(&text), NULL);
}

/* What was run again leaves no other trace, but the reader shall know how often it was necessary. */
static void warn_of_faults(struct findings *findings, const struct backend_finding *backend)
{
    struct dependency_faults all = {0};
    size_t count = 0;

    for (size_t i = 0; i < backend->step_count; i++) {
        const struct step_verdict *verdict = &backend->steps[i].verdict;
        if (verdict->invalid[INVALID_DEPENDENCY] && capacity_repeated(backend, i)) {
            dependency_faults_add(&all, &verdict->faults);
            count++;
        }
    }
    if (count > 0) {
        struct text text = {0};
        text_format(&text, "%zu step%s of %s %s run again in a fresh process, because ", count, count == 1 ? "" : "s",
                    backend->record->name, count == 1 ? "was" : "were");
        dependency_faults_phrase(&text, &all);
        warning_add(findings, WARNING_RUN, text_take(&text), NULL);
    }
}

/* "taskset -acp 1-3 4711": what takes the process off the cores of the generator; NULL: nothing does. */
static char *move_command(const struct backend_record *record, const struct core_set *others)
{
    static const char process[] = "process ";
    const char *first = record->watched != NULL ? strstr(record->watched, process) : NULL;

    if (first == NULL || core_set_count(others) == 0) {
        return NULL;
    }
    char *cores = core_set_text(others);
    char *command = mem_format("taskset -acp %s %ld", cores, strtol(first + strlen(process), NULL, 10));
    free(cores);
    return command;
}

/* A process that may run on a core of the generator. Nobody moves what is not the harness's. */
static void warn_of_meeting(struct findings *findings, const struct backend_record *record)
{
    const char *generator_cores = findings->log->run.generator_cores;
    struct core_set service, generator, others;

    if (record->cores == NULL || core_set_read(&service, record->cores, NULL) != 0 ||
        core_set_read(&generator, generator_cores, NULL) != 0) {
        return;
    }
    others = service;
    core_set_remove(&others, &generator);
    if (core_set_count(&others) == core_set_count(&service)) {
        return;
    }
    char *command = move_command(record, &others);
    warning_add(findings, WARNING_MACHINE,
                mem_format("%s may run on the cores %s, and the load generator ran on %s: each disturbs the other",
                           record->name, record->cores, generator_cores),
                command);
    free(command);
}

/* Of a service that ran already: nobody started it anew, and nobody moved it. */
static void warn_of_attached(struct findings *findings, const struct backend_record *record)
{
    const struct run_log *log = findings->log;
    struct text text = {0};

    if (record->attached == NULL || record->skipped != NULL) {
        return;
    }
    text_format(&text, "%s ran already, and its process was not fresh", record->name);
    if (log->run.trials > 1) {
        text_format(&text, " in any of its %u trials", log->run.trials);
    }
    text_add(&text, ": what it had done before (memory, caches, connections) is part of its figures");
    warning_add(findings, WARNING_RUN, text_take(&text), NULL);
    warn_of_meeting(findings, record);
}

static void warn_of_backend(struct findings *findings, const struct backend_finding *backend)
{
    if (backend->record->skipped != NULL) {
        warning_add(findings, WARNING_SKIPPED,
                    mem_format("%s took no part: %s", backend->record->name, backend->record->skipped), NULL);
    }
    warn_of_attached(findings, backend->record);
    if (backend->record->not_watched != NULL) {
        warning_add(findings, WARNING_RUN,
                    mem_format("%s was not watched: %s. Its CPU, its memory and what held it up are not known",
                               backend->record->name, backend->record->not_watched),
                    NULL);
    }
    if (backend->distrusted != NULL) {
        warning_add(findings, WARNING_AUDIT,
                    mem_format("THE RESPONSES OF %s DO NOT ADD UP, so none of its figures counts: %s",
                               backend->record->name, backend->distrusted),
                    NULL);
    }
    reliability_warnings_find(findings, backend);
    if (backend->wrong_from_start != NULL) {
        warn_of_wrong_start(findings, backend);
    }
    for (size_t i = 0; i < backend->step_count; i++) {
        if (backend->steps[i].verdict.verdict == VERDICT_INVALID && !capacity_repeated(backend, i)) {
            warn_of_invalid_step(findings, backend, &backend->steps[i]);
        }
    }
    warn_of_faults(findings, backend);
    disturbance_warnings_find(findings, backend);
    if (backend->not_monotone) {
        warning_add(
            findings, WARNING_RUN,
            mem_format(
                "%s broke at one load and held at a higher one; capacity is the highest load below the first break",
                backend->record->name),
            NULL);
    }
}

/* Close to the throughput of the reference service, the generator may be the limit and not the service. */
static void warn_of_ceiling(struct findings *findings, const struct backend_finding *backend)
{
    double best = reference_best_rps(findings->log);
    uint64_t ceiling = isnan(best) ? 0 : (uint64_t)best;
    double highest = 0;

    for (size_t i = 0; i < backend->step_count; i++) {
        highest = fmax(highest, backend->steps[i].completed_rps);
    }
    if (ceiling > 0 && highest > 0.8 * (double)ceiling) {
        char most[UNITS_TEXT], bound[UNITS_TEXT];
        units_write_count(most, (uint64_t)highest);
        units_write_count(bound, ceiling);
        warning_add(
            findings, WARNING_GENERATOR,
            mem_format("%s completed %s/s, not far from the %s/s of the reference service: near the most that can be "
                       "shown on this machine",
                       backend->record->name, most, bound),
            NULL);
    }
}

void service_warnings_find(struct findings *findings, const struct backend_finding *backend)
{
    warn_of_backend(findings, backend);
    warn_of_ceiling(findings, backend);
}
