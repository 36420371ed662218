/* What runs out first in the runs of harness/tests/runs, whose services are real. */
#include "analysis/findings.h"
#include "analysis/resource/projection.h"
#include "analysis/resource/resource_use.h"
#include "analysis/resource/resources.h"

#include "base/mem.h"
#include "shared_runs.h"
#include "test.h"

#include <math.h>
#include <stdlib.h>

const struct test_group test_group = {shared_runs_read, shared_runs_release};

static const struct resource_finding *cpu_of(const struct backend_finding *backend)
{
    for (size_t i = 0; i < backend->resource_count; i++) {
        if (backend->resources[i].resource == RESOURCE_CPU) {
            return &backend->resources[i];
        }
    }
    return NULL;
}

static void check_whole(const struct resource_finding *found)
{
    bool ends = found->end == RESOURCE_END_MEASURED || found->end == RESOURCE_END_PROJECTED;

    assert_int_equal(isnan(found->exhausted_at), !ends);
    assert_int_equal(found->measured, found->end == RESOURCE_END_MEASURED);
    if (ends) {
        assert_true(found->exhausted_at > 0 && isfinite(found->exhausted_at));
        assert_true(found->low <= found->exhausted_at && found->exhausted_at <= found->high);
    }
    if (found->end == RESOURCE_END_PROJECTED) {
        assert_true(found->exhausted_at <= PROJECTION_FURTHEST * (double)found->used_at);
    }
}

TEST(every_finding_is_whole)
{
    size_t checked = 0;

    assert_true(shared_run_count >= 10);
    for (size_t i = 0; i < shared_run_count; i++) {
        for (size_t k = 0; k < shared_runs[i].findings.backend_count; k++) {
            const struct backend_finding *backend = &shared_runs[i].findings.backends[k];
            for (size_t n = 0; n < backend->resource_count; n++, checked++) {
                check_whole(&backend->resources[n]);
            }
        }
    }
    assert_true(checked > 200);
}

/* Where saturated cores are the cause of the break, they were used up, at a load at or below that of the break. */
TEST(cores_are_used_up_where_they_are_the_cause)
{
    size_t checked = 0;

    for (size_t i = 0; i < shared_run_count; i++) {
        for (size_t k = 0; k < shared_runs[i].findings.backend_count; k++) {
            const struct backend_finding *backend = &shared_runs[i].findings.backends[k];
            const struct step_finding *broken = backend->first_break;
            struct resource_use use;
            if (broken == NULL || broken->cause.cause != CAUSE_CPU) {
                continue;
            }
            resource_use_find(&shared_runs[i].findings, broken, RESOURCE_CPU, &use);
            if (use.exhausted) {
                assert_true(cpu_of(backend)->measured);
                assert_true(cpu_of(backend)->low < (double)broken->record->level);
                checked++;
            }
        }
    }
    assert_true(checked >= 30);
}

/* ---- projections, against what was measured afterwards ----------------------------------------------------------- */

struct truth {
    double low, high; /* the highest load of the trial with CPU left, and the lowest without */
};

static bool did_not_break(const struct step_finding *step)
{
    return step->verdict.verdict == VERDICT_PASS || step->verdict.verdict == VERDICT_UNDECIDED;
}

/* Of the trial with these steps; false where its CPU was not used up, or where chance made the order of loads unclear.
 */
static bool find_truth(const struct findings *findings, const struct trial_capacity *trial, struct truth *truth)
{
    *truth = (struct truth){0, INFINITY};
    for (size_t i = 0; i < trial->step_count; i++) {
        const struct step_finding *step = &trial->steps[i];
        struct resource_use use;
        resource_use_find(findings, step, RESOURCE_CPU, &use);
        double level = (double)step->record->level;
        if (step->verdict.verdict != VERDICT_INVALID && use.exhausted) {
            truth->high = fmin(truth->high, level);
        } else if (did_not_break(step)) {
            truth->low = fmax(truth->low, level);
        }
    }
    return isfinite(truth->high) && truth->low < truth->high && truth->low > 0;
}

/* From the steps that held at no more than a `part` of what had CPU left. */
static void project_from(const struct findings *findings, const struct trial_capacity *trial, double highest,
                         struct projection *ret_found)
{
    struct projection_point *points = mem_new(trial->step_count, sizeof *points);
    size_t count = 0;
    double most = NAN;

    for (size_t i = 0; i < trial->step_count; i++) {
        const struct step_finding *step = &trial->steps[i];
        struct resource_use use;
        resource_use_find(findings, step, RESOURCE_CPU, &use);
        if (did_not_break(step) && (double)step->record->level <= highest && use.used > 0) {
            points[count++] = (struct projection_point){(double)step->record->level, use.used};
            most = use.most;
        }
    }
    projection_find(points, count, most, ret_found);
    free(points);
}

/* The claim of projection.h, over all trials of all services. */
TEST(projections_from_a_half_to_an_eighth_of_what_held_contain_what_was_measured)
{
    size_t made = 0, covered = 0;

    for (size_t i = 0; i < shared_run_count; i++) {
        const struct findings *findings = &shared_runs[i].findings;
        for (size_t k = 0; k < findings->backend_count; k++) {
            const struct backend_finding *backend = &findings->backends[k];
            for (size_t n = 0; n < backend->capacity_count; n++) {
                struct truth truth;
                if (!find_truth(findings, &backend->capacities[n], &truth)) {
                    continue;
                }
                for (unsigned part = 2; part <= 8; part *= 2) {
                    struct projection found;
                    project_from(findings, &backend->capacities[n], truth.low / (double)part, &found);
                    made += found.kind == PROJECTION_MADE;
                    covered += found.kind == PROJECTION_MADE && found.low <= truth.high && found.high >= truth.low;
                }
            }
        }
    }
    print_message("%zu of %zu projections contain what was measured\n", covered, made);
    assert_true(made >= 100);
    assert_true((double)covered >= 0.9 * (double)made);
}
