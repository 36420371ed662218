#include "analysis/resource/resources.h"

#include "analysis/resource/exhaustion.h"
#include "analysis/resource/projection.h"
#include "analysis/resource/resource_use.h"
#include "base/list.h"
#include "base/mem.h"
#include "stats/sample.h"

#include <math.h>
#include <stdlib.h>

#define CONFIDENCE_WANTED 0.95

struct points {
    struct resource_point *all; /* by trial */
    size_t count;
};

/* ---- points ----------------------------------------------------------------------------------------------------- */

/* Whether the trial had a higher load before this step. */
static bool came_down(const struct backend_finding *finding, size_t step)
{
    const struct step_record *record = finding->steps[step].record;

    for (size_t i = step; i > 0 && finding->steps[i - 1].record->trial == record->trial; i--) {
        if (finding->steps[i - 1].record->level > record->level) {
            return true;
        }
    }
    return false;
}

static bool exhausted_before(const struct points *points, unsigned trial)
{
    for (size_t i = points->count; i > 0 && points->all[i - 1].trial == trial; i--) {
        if (points->all[i - 1].exhausted) {
            return true;
        }
    }
    return false;
}

/* The lowest load above what the trial held that broke; UINT64_MAX: none did. */
static uint64_t breaks_at(const struct backend_finding *finding, unsigned trial)
{
    for (size_t i = 0; i < finding->capacity_count; i++) {
        if (finding->capacities[i].trial == trial) {
            return finding->capacities[i].breaks_at;
        }
    }
    return UINT64_MAX;
}

/* A run that did not decide is no sign that its load held, where the runs of that load, or of a lower one, broke. */
static bool step_held(const struct backend_finding *finding, const struct step_finding *step)
{
    return step->verdict.verdict != VERDICT_BREAK && step->record->level < breaks_at(finding, step->record->trial);
}

static void add_point(const struct step_finding *step, bool held, const struct resource_use *use, struct points *points)
{
    *list_add(points->all, points->count) = (struct resource_point){.trial = step->record->trial,
                                                                    .load = (double)step->record->level,
                                                                    .used = use->used,
                                                                    .most = use->most,
                                                                    .exhausted = use->exhausted,
                                                                    .held = held,
                                                                    .whole = !step->record->death.died};
}

/* What the service may have kept from a higher load says nothing of a lower one, except that it has used up there what
 * it had not before. */
static void read_points(const struct findings *findings, const struct backend_finding *finding, enum resource resource,
                        struct points *points)
{
    for (size_t i = 0; i < finding->step_count; i++) {
        const struct step_finding *step = &finding->steps[i];
        bool kept = resource_use_lasts(resource) && came_down(finding, i);
        struct resource_use use;
        if (step->verdict.verdict == VERDICT_INVALID) {
            continue;
        }
        resource_use_find(findings, step, resource, &use);
        bool news = use.exhausted && !exhausted_before(points, step->record->trial);
        if (use.known && (!kept || news)) {
            add_point(step, step_held(finding, step), &use, points);
        }
    }
}

static size_t trial_end(const struct points *points, size_t from)
{
    size_t end = from;
    while (end < points->count && points->all[end].trial == points->all[from].trial) {
        end++;
    }
    return end;
}

/* ---- what is projected ------------------------------------------------------------------------------------------ */

/* The tightest that was seen; NAN: none was. */
static double least_most(const struct points *points)
{
    double most = NAN;

    for (size_t i = 0; i < points->count; i++) {
        most = fmin(most, points->all[i].most);
    }
    return most;
}

/* Also fills found->doubled, for twice the load `holds_at`. */
static void project(const struct points *points, uint64_t holds_at, struct resource_finding *found,
                    struct projection *ret_projection)
{
    struct projection_point *held = mem_new(points->count, sizeof *held);
    size_t count = 0;

    for (size_t i = 0; i < points->count; i++) {
        const struct resource_point *point = &points->all[i];
        if (point->held && !point->exhausted && point->used > 0 && point->load > 0) {
            held[count++] = (struct projection_point){point->load, point->used};
        }
    }
    *ret_projection = (struct projection){.kind = PROJECTION_NONE, .at = NAN, .low = NAN, .high = NAN};
    if (found->most > 0) {
        projection_find(held, count, found->most, ret_projection);
        found->doubled = holds_at > 0 ? projection_use(held, count, 2 * (double)holds_at) / found->most : NAN;
    }
    free(held);
}

static void take_projection(const struct projection *projection, struct resource_finding *found)
{
    static const enum resource_end ends[] = {[PROJECTION_NONE] = RESOURCE_END_OPEN,
                                             [PROJECTION_FLAT] = RESOURCE_END_FLAT,
                                             [PROJECTION_FAR] = RESOURCE_END_FAR,
                                             [PROJECTION_MADE] = RESOURCE_END_PROJECTED};

    found->end = ends[projection->kind];
    found->exhausted_at = projection->at;
    found->low = projection->low;
    found->high = projection->high;
}

/* ---- what was measured ------------------------------------------------------------------------------------------ */

/* Of all trials in which the resource was used up, each sorted for itself. */
struct measured {
    double *at, *low, *high;
    size_t count;
};

static void measure(const struct points *points, const struct projection *projection, struct resource_finding *found,
                    struct measured *measured)
{
    for (size_t from = 0, to; from < points->count; from = to) {
        struct exhaustion exhaustion;
        to = trial_end(points, from);
        found->trials++;
        if (exhaustion_find(points->all + from, to - from, projection, &exhaustion)) {
            measured->at[measured->count] = exhaustion.at;
            measured->low[measured->count] = exhaustion.low;
            measured->high[measured->count++] = exhaustion.high;
        }
    }
    found->exhausted_in = (unsigned)measured->count;
    sample_sort(measured->at, measured->count);
    sample_sort(measured->low, measured->count);
    sample_sort(measured->high, measured->count);
}

static void take_measured(const struct measured *measured, struct resource_finding *found)
{
    size_t low, high;

    found->end = RESOURCE_END_MEASURED;
    found->measured = true;
    found->exhausted_at = sample_median(measured->at, measured->count);
    found->low = sample_median(measured->low, measured->count);
    found->high = sample_median(measured->high, measured->count);
    sample_median_interval(measured->count, CONFIDENCE_WANTED, &low, &high);
    found->low = fmin(found->low, measured->at[low]);
    found->high = fmax(found->high, measured->at[high]);
}

/* ---- one resource ----------------------------------------------------------------------------------------------- */

static void find_used(const struct points *points, struct resource_finding *found)
{
    double *used = mem_new(points->count, sizeof *used);
    double highest = 0;
    size_t count = 0;

    for (size_t i = 0; i < points->count; i++) {
        if (points->all[i].held) {
            highest = fmax(highest, points->all[i].load);
        }
    }
    for (size_t i = 0; i < points->count; i++) {
        const struct resource_point *point = &points->all[i];
        if (point->held && point->load >= highest && !isnan(point->used)) {
            used[count++] = point->used;
        }
    }
    sample_sort(used, count);
    found->used = sample_median(used, count);
    found->used_at = (uint64_t)highest;
    free(used);
}

static void find_end(const struct points *points, uint64_t holds_at, struct resource_finding *found)
{
    struct measured measured = {.at = mem_new(points->count, sizeof(double)),
                                .low = mem_new(points->count, sizeof(double)),
                                .high = mem_new(points->count, sizeof(double))};
    struct projection projection;

    found->most = least_most(points);
    project(points, holds_at, found, &projection);
    measure(points, &projection, found, &measured);
    if (measured.count > 0 && 2 * measured.count >= found->trials) {
        take_measured(&measured, found);
    } else {
        take_projection(&projection, found);
    }
    free(measured.at);
    free(measured.low);
    free(measured.high);
}

static struct resource_finding find_resource(const struct findings *findings, const struct backend_finding *finding,
                                             enum resource resource)
{
    struct resource_finding found = {
        .resource = resource, .exhausted_at = NAN, .low = NAN, .high = NAN, .used = NAN, .most = NAN, .doubled = NAN};
    struct points points = {0};

    read_points(findings, finding, resource, &points);
    if (points.count > 0) {
        found.known = true;
        find_used(&points, &found);
        find_end(&points, finding->holds_at, &found);
    }
    free(points.all);
    return found;
}

/* ---- all -------------------------------------------------------------------------------------------------------- */

/* Used up, not used up, not known. */
static int group_of(const struct resource_finding *found)
{
    return found->known ? isnan(found->exhausted_at) : 2;
}

static int by_load(const void *left, const void *right)
{
    const struct resource_finding *a = left, *b = right;
    int a_group = group_of(a), b_group = group_of(b);

    if (a_group != b_group) {
        return a_group - b_group;
    }
    if (a_group == 0 && a->exhausted_at != b->exhausted_at) {
        return a->exhausted_at < b->exhausted_at ? -1 : 1;
    }
    return (a->resource > b->resource) - (a->resource < b->resource);
}

/* Not every service has them: that none was read then is no gap. */
static bool may_be_missing(enum resource resource)
{
    return resource == RESOURCE_THREAD || resource == RESOURCE_QUOTA || resource == RESOURCE_POOL ||
           resource == RESOURCE_DEPENDENCY || resource == RESOURCE_CONNECTIONS;
}

void resources_find(const struct findings *findings, struct backend_finding *finding)
{
    for (int i = 0; i < RESOURCE_COUNT && finding->step_count > 0; i++) {
        struct resource_finding found = find_resource(findings, finding, (enum resource)i);
        if (found.known || !may_be_missing(found.resource)) {
            *list_add(finding->resources, finding->resource_count) = found;
        }
    }
    if (finding->resource_count > 0) {
        qsort(finding->resources, finding->resource_count, sizeof *finding->resources, by_load);
    }
}

void resources_release(struct backend_finding *finding)
{
    free(finding->resources);
    finding->resources = NULL;
    finding->resource_count = 0;
}

const struct resource_finding *resource_first(const struct backend_finding *finding)
{
    bool any = finding->resource_count > 0 && !isnan(finding->resources[0].exhausted_at);
    return any ? &finding->resources[0] : NULL;
}
