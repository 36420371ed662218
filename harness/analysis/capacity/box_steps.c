#include "analysis/capacity/box_steps.h"

#include "analysis/capacity/held_load.h"
#include "base/list.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define GIB 0x1p30

struct box box_steps_box(const struct backend_record *record)
{
    struct box box = {0};

    if (record->box != NULL) {
        box_read_text(&box, record->box, NULL);
    }
    return box;
}

double box_steps_cores(const struct backend_finding *backend)
{
    struct box box = box_steps_box(backend->record);
    double cores = backend->core_count > 0 ? backend->core_count : NAN;
    return box.cpus > 0 ? fmin(box.cpus, cores) : cores;
}

/* ---- one box ---- */

static struct box_step step_of(const struct backend_finding *backend)
{
    struct box_step step = {.finding = backend, .box = box_steps_box(backend->record), .rps_per_gib = NAN};
    const struct held_load held = held_load_of(backend);

    step.capacity = held.capacity;
    step.low = held.low;
    step.high = held.high;
    if (backend->last_good != NULL && step.box.memory_bytes > 0) {
        step.rps_per_gib = backend->last_good->good_rps / ((double)step.box.memory_bytes / GIB);
    }
    step.ratio = step.ratio_low = step.ratio_high = step.times = NAN;
    return step;
}

/* ---- beside the one before ---- */

static const struct pair *capacity_pair(const struct findings *findings, const struct backend_finding *a,
                                        const struct backend_finding *b)
{
    for (size_t i = 0; i < findings->pair_count; i++) {
        const struct pair *pair = &findings->pairs[i];
        bool these = (pair->first == a && pair->second == b) || (pair->first == b && pair->second == a);
        if (pair->figure == PAIR_CAPACITY && these && pair->test.bounded) {
            return pair;
        }
    }
    return NULL;
}

/* By the blocks of trials. */
static void take_pair(const struct pair *pair, struct box_step *step)
{
    double sign = pair->first == step->finding ? 1 : -1;
    double low = exp(sign * pair->test.low), high = exp(sign * pair->test.high);

    step->ratio = exp(sign * pair->test.estimate);
    step->ratio_low = fmin(low, high);
    step->ratio_high = fmax(low, high);
}

/* As far as the intervals of the two capacities allow. */
static void take_intervals(const struct box_step *before, struct box_step *step)
{
    step->ratio = step->capacity / before->capacity;
    step->ratio_low = step->low / before->high;
    step->ratio_high = before->low > 0 ? step->high / before->low : INFINITY;
}

static void compare(const struct findings *findings, const struct box_step *before, struct box_step *step)
{
    const struct pair *pair = capacity_pair(findings, before->finding, step->finding);

    if (before->box.cores != step->box.cores) {
        step->times = (double)step->box.cores / before->box.cores;
    } else if (before->box.cpus != step->box.cpus) {
        step->times = step->box.cpus / before->box.cpus;
    } else {
        step->times = (double)step->box.memory_bytes / (double)before->box.memory_bytes;
    }
    if (pair != NULL) {
        take_pair(pair, step);
    } else if (!isnan(before->low) && !isnan(step->low)) {
        take_intervals(before, step);
    }
}

/* ---- all ---- */

static int by_service_and_box(const void *left, const void *right)
{
    const struct box_step *a = left, *b = right;
    int order = strcmp(a->finding->record->unboxed, b->finding->record->unboxed);

    if (order != 0) {
        return order;
    }
    if (a->box.cores != b->box.cores) {
        return a->box.cores < b->box.cores ? -1 : 1;
    }
    if (a->box.cpus != b->box.cpus) {
        return a->box.cpus < b->box.cpus ? -1 : 1;
    }
    return (a->box.memory_bytes > b->box.memory_bytes) - (a->box.memory_bytes < b->box.memory_bytes);
}

void box_steps_find(struct findings *findings)
{
    struct box_step *steps = NULL;
    size_t count = 0;

    for (size_t i = 0; i < findings->backend_count; i++) {
        const struct backend_record *record = findings->backends[i].record;
        if (record->unboxed != NULL && record->box != NULL && record->skipped == NULL) {
            *list_add(steps, count) = step_of(&findings->backends[i]);
        }
    }
    if (count > 1) {
        qsort(steps, count, sizeof *steps, by_service_and_box);
    }
    for (size_t i = 1; i < count; i++) {
        if (strcmp(steps[i].finding->record->unboxed, steps[i - 1].finding->record->unboxed) == 0) {
            steps[i].before = steps[i - 1].finding;
            compare(findings, &steps[i - 1], &steps[i]);
        }
    }
    findings->box_steps = steps;
    findings->box_step_count = count;
}
