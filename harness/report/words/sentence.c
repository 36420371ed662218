#include "report/words/sentence.h"

#include "analysis/capacity/capacity.h"
#include "analysis/capacity/limit_order.h"
#include "report/words/after/cold_start_phrase.h"
#include "report/words/after/recovery_phrase.h"
#include "report/words/after/soak_phrase.h"
#include "report/words/breach.h"
#include "report/words/disturbance_phrase.h"
#include "report/words/early_warning_phrase.h"
#include "report/words/figures.h"
#include "report/words/limit_phrase.h"
#include "report/words/reason.h"
#include "report/words/reliability/death_phrase.h"
#include "report/words/reliability/trial_phrase.h"
#include "report/words/request_class_phrase.h"
#include "report/words/stall_phrase.h"
#include "report/words/wrong_start_phrase.h"
#include "stats/percentile.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

/* The figures do not say which of the two it was. */
#define NOT_ITS_DOING "the load generator's or the machine's doing, which says nothing about the service"

/* Steps of one trial between two levels, both excluded. */
struct level_range {
    unsigned trial;
    uint64_t above, below;
};

static bool within(const struct backend_finding *backend, size_t index, const struct level_range *range,
                   enum verdict verdict)
{
    const struct step_finding *step = &backend->steps[index];
    const struct step_record *record = step->record;
    return record->trial == range->trial && step->verdict.verdict == verdict && record->level > range->above &&
           record->level < range->below && !capacity_repeated(backend, index);
}

/* "4,000/s and 8,000/s": the steps in the range with this verdict. Returns how many. */
static size_t add_levels(struct text *out, const struct findings *findings, const struct backend_finding *backend,
                         const struct level_range *range, enum verdict verdict)
{
    size_t count = 0, index = 0;

    for (size_t i = 0; i < backend->step_count; i++) {
        count += within(backend, i, range, verdict);
    }
    for (size_t i = 0; i < backend->step_count; i++) {
        if (within(backend, i, range, verdict)) {
            figures_comma(out, index++, count);
            figures_level(out, &findings->scenario, backend->steps[i].record->level);
        }
    }
    return count;
}

/* "8,000/s is invalid (requests left late)", of all invalid steps in the range. Returns false, and adds nothing,
 * when there are none. */
static bool add_invalid(struct text *out, const struct findings *findings, const struct backend_finding *backend,
                        const struct level_range *range)
{
    struct step_verdict all = {0};
    size_t count = add_levels(out, findings, backend, range, VERDICT_INVALID);

    for (size_t i = 0; i < backend->step_count; i++) {
        const struct step_verdict *verdict = &backend->steps[i].verdict;
        if (within(backend, i, range, VERDICT_INVALID)) {
            dependency_faults_add(&all.faults, &verdict->faults);
            for (int k = 0; k < INVALIDITY_COUNT; k++) {
                all.invalid[k] = all.invalid[k] || verdict->invalid[k];
            }
        }
    }
    if (count == 0) {
        return false;
    }
    text_add(out, count == 1 ? " is invalid" : " are invalid");
    reason_invalid_in_brackets(out, &all);
    return true;
}

/* Behind `lead`, "20,749/s and 22,627/s did not decide", of all undecided steps in the range. Returns false, and adds
 * nothing, when there are none. */
static bool add_undecided(struct text *out, const struct findings *findings, const struct backend_finding *backend,
                          const struct level_range *range, const char *lead)
{
    struct text levels = {0};
    size_t count = add_levels(&levels, findings, backend, range, VERDICT_UNDECIDED);

    if (count > 0) {
        text_format(out, "%s%s did not decide", lead, levels.data);
    }
    text_release(&levels);
    return count > 0;
}

/* A level of closed load is a number of connections, and one of sessions a number of users; the rate that they brought
 * says more. */
static void add_level(struct text *out, const struct findings *findings, uint64_t level,
                      const struct step_finding *step)
{
    figures_level(out, &findings->scenario, level);
    if (findings->scenario.doubling == DOUBLING_CONNECTIONS && step != NULL) {
        text_add(out, " (");
        figures_rate(out, step->completed_rps);
        text_add(out, ")");
    } else if (findings->scenario.doubling == DOUBLING_SESSIONS && step != NULL) {
        text_add(out, " (");
        figures_count(out, (uint64_t)(step->completed_rps + 0.5));
        text_add(out, " requests/s)");
    }
}

/* Adds nothing when a crash broke first, which says it all. */
static void add_because(struct text *out, const struct step_finding *step)
{
    const char *cause = reason_cause(step), *second = reason_second(step);
    struct text evidence = {0};

    if (breach_is_crash(&step->verdict)) {
        return;
    }
    if (cause != NULL) {
        text_format(out, ", because %s", cause);
    } else {
        text_format(out, "; %s", reason_cause_or_none(step));
    }
    reason_evidence(&evidence, step);
    if (evidence.length > 0) {
        text_format(out, " (%s)", evidence.data);
    }
    if (second != NULL) {
        text_format(out, ", and %s as well", second);
    }
    text_release(&evidence);
}

/* " on latency at 14,700/s (14,100 to 15,300)" */
static void add_first(struct text *out, const struct findings *findings, const struct backend_finding *backend)
{
    if (limit_order_crashes(backend)) {
        text_add(out, " by a crash ");
    } else {
        text_add(out, " on ");
        if (!limit_phrase_first(out, backend)) {
            text_add(out, "a limit");
        }
        text_add(out, " ");
    }
    if (backend->limit_count > 0) {
        const struct limit_capacity *first = &backend->limits[0];
        text_add(out, isnan(first->capacity) ? "" : "at ");
        limit_phrase_load(out, &findings->scenario, first);
    } else {
        text_add(out, "at ");
        figures_level(out, &findings->scenario, backend->breaks_at);
    }
}

/* "; errors would follow at 16,200/s" */
static void add_next(struct text *out, const struct findings *findings, const struct backend_finding *backend)
{
    struct text next = {0};
    size_t count = limit_phrase_next(&next, &findings->scenario, backend);

    if (count > 0) {
        text_format(out, "; next would follow %s", next.data);
    }
    text_release(&next);
}

/* What was seen in the step that is described: detail. */
static void add_detail(struct text *out, const struct findings *findings, const struct step_finding *step)
{
    const struct step_verdict *verdict = &step->verdict;

    if (verdict->breach_count == 0) {
        return;
    }
    text_add(out, " At ");
    add_level(out, findings, step->record->level, step);
    if (breach_is_crash(verdict)) {
        text_add(out, " its process ended: ");
        breach_death(out, step->record);
        text_add(out, ", ");
    } else {
        text_add(out, " ");
        breach_limits(out, verdict, breach_first_count(verdict));
        text_add(out, " broke ");
        breach_first_figures(out, findings, step);
        text_add(out, ", first seen ");
    }
    figures_time(out, verdict->breaches[0].at_ns);
    text_add(out, " into the step.");
    if (step->record->load.tally.completed == 0) {
        text_add(out, " Nothing was answered in that step.");
    }
}

/* What broke first, why, and what would have followed. */
static void add_story(struct text *out, const struct findings *findings, const struct backend_finding *backend)
{
    text_add(out, " breaks first");
    add_first(out, findings, backend);
    if (backend->first_break != NULL && !limit_order_crashes(backend)) {
        add_because(out, backend->first_break);
    }
    add_next(out, findings, backend);
    text_add(out, ".");
}

/* What it holds, and what of the figures there is not its own. */
static void add_held(struct text *out, const struct findings *findings, const struct backend_finding *backend)
{
    struct text disturbed = {0};

    add_level(out, findings, backend->holds_at, backend->last_good);
    if (backend->last_good != NULL) {
        disturbance_phrase(&disturbed, &backend->last_good->disturbance);
    }
    if (disturbed.length > 0) {
        text_format(out, " (although %s)", disturbed.data);
    }
    text_release(&disturbed);
}

static void say_holds_and_breaks(struct text *out, const struct findings *findings,
                                 const struct backend_finding *backend)
{
    struct level_range between = {backend->standing_trial, backend->holds_at, backend->breaks_at};
    struct text invalid = {0};

    add_story(out, findings, backend);
    text_add(out, " It held ");
    add_held(out, findings, backend);
    if (backend->first_break == NULL || backend->first_break->record->level != backend->breaks_at ||
        backend->first_break->verdict.breach_count == 0) {
        text_add(out, " and broke at ");
        add_level(out, findings, backend->breaks_at, backend->lowest_break);
    }
    add_undecided(out, findings, backend, &between, "; above that, ");
    text_add(out, ".");
    if (backend->first_break != NULL) {
        add_detail(out, findings, backend->first_break);
    }
    if (add_invalid(&invalid, findings, backend, &between)) {
        text_format(out, " Between them %s, so its capacity lies anywhere between the two.", invalid.data);
    }
    text_release(&invalid);
}

static void say_only_breaks(struct text *out, const struct findings *findings, const struct backend_finding *backend)
{
    struct level_range below = {backend->standing_trial, 0, backend->breaks_at};
    struct text invalid = {0};

    add_story(out, findings, backend);
    if (backend->breaks_at <= findings->scenario.from) {
        text_add(out, " That is the first step, so all that is known of its capacity is that it lies below.");
    } else if (add_invalid(&invalid, findings, backend, &below)) {
        text_format(out, " What it holds below that is not known, since %s.", invalid.data);
    }
    if (backend->first_break != NULL) {
        add_detail(out, findings, backend->first_break);
    }
    text_release(&invalid);
}

static void say_only_holds(struct text *out, const struct findings *findings, const struct backend_finding *backend)
{
    struct level_range above = {backend->standing_trial, backend->holds_at, UINT64_MAX};
    struct text invalid = {0};

    text_add(out, " holds at least ");
    add_held(out, findings, backend);
    if (backend->holds_at >= figures_ladder_top(&findings->scenario)) {
        text_add(out, ", the top of the ladder: no break found.");
    } else if (add_undecided(out, findings, backend, &above, ". Above that, ")) {
        text_add(out, " whether every limit holds; no break was found.");
    } else if (add_invalid(&invalid, findings, backend, &above)) {
        text_format(out, ". Above that, %s: " NOT_ITS_DOING ".", invalid.data);
    } else {
        text_add(out, ": no higher step was run, and no break found.");
    }
    text_release(&invalid);
}

/* Where a step has too few requests to be decided: how many its verdict takes. */
static void add_what_decides(struct text *out, const struct limits *limits)
{
    if (limits->latency_ns == 0) {
        text_add(out, ". A longer step.measure would decide.");
        return;
    }
    text_add(out, ". A verdict on ");
    figures_percentile(out, limits->percentile);
    text_add(out, " takes ");
    figures_count(out, percentile_least(limits->percentile));
    text_add(out, " requests, and more near the limit: a longer step.measure, or a limit on a lower percentile, would "
                  "decide.");
}

static void say_nothing(struct text *out, const struct findings *findings, const struct backend_finding *backend)
{
    struct level_range all = {backend->standing_trial, 0, UINT64_MAX};

    if (add_undecided(out, findings, backend, &all, " has no figure: ")) {
        add_what_decides(out, &findings->scenario.limits);
        return;
    }
    text_add(out, " was not measured: ");
    if (!add_invalid(out, findings, backend, &all)) {
        text_add(out, "no step says anything");
    }
    text_add(out, ": " NOT_ITS_DOING ".");
}

void sentence_write(struct text *out, const struct findings *findings, const struct backend_finding *backend)
{
    if (backend->nothing_right) {
        wrong_start_phrase(out, findings, backend);
        return;
    }
    text_add(out, backend->record->name);
    if (backend->distrusted != NULL) {
        text_format(out,
                    " gave responses that do not add up with what the run's database or upstream holds, so none of its "
                    "figures counts: %s.",
                    backend->distrusted);
        return;
    }
    if (backend->record->skipped != NULL) {
        text_add(out, " took no part");
        trial_phrase_why(out, backend->record->skipped);
    } else if (backend->step_count == 0 && backend->failed_trial_count > 0) {
        trial_phrase_none(out, backend);
    } else if (backend->step_count == 0) {
        text_add(out, " has no step in this run.");
    } else if (backend->holds && backend->breaks) {
        say_holds_and_breaks(out, findings, backend);
    } else if (backend->breaks) {
        say_only_breaks(out, findings, backend);
    } else if (backend->holds) {
        say_only_holds(out, findings, backend);
    } else {
        say_nothing(out, findings, backend);
    }
    early_warning_phrase(out, findings, backend);
    recovery_phrase(out, backend);
    cold_start_phrase(out, findings, backend);
    soak_phrase(out, findings, backend);
    request_class_phrase_expected_errors(out, findings, backend);
    stall_phrase(out, findings, backend);
    death_phrase_others(out, findings, backend);
    trial_phrase_write(out, findings, backend);
}
