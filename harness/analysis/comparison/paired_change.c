#include "analysis/comparison/paired_change.h"

#include "analysis/capacity/capacity.h"
#include "analysis/capacity/pairs.h"
#include "base/mem.h"
#include "stats/holm.h"
#include "stats/paired_t.h"

#include <math.h>
#include <stdlib.h>

static const struct change not_known = {
    .difference = DIFFERENCE_NOT_KNOWN, .ratio = NAN, .low = NAN, .high = NAN, .p = NAN, .p_adjusted = NAN};

/* The test is of the logarithms of from / to. */
static struct change change_of(const struct paired_t *test, double p_adjusted, enum difference difference)
{
    return (struct change){.difference = difference,
                           .ratio = exp(-test->estimate),
                           .low = exp(-test->high),
                           .high = exp(-test->low),
                           .confidence = test->bounded ? PAIRED_T_CONFIDENCE : 0,
                           .p = test->bounded ? test->p : NAN,
                           .p_adjusted = test->bounded ? p_adjusted : NAN};
}

/* Pairs stand in the order of the findings, which may be the other one. */
static struct paired_t turned(const struct paired_t *test)
{
    struct paired_t turned = *test;

    turned.estimate = -test->estimate;
    turned.low = -test->high;
    turned.high = -test->low;
    return turned;
}

static struct change change_in_pairs(const struct findings *findings, const struct backend_finding *from,
                                     const struct backend_finding *to, enum pair_figure figure)
{
    for (size_t i = 0; i < findings->pair_count; i++) {
        const struct pair *pair = &findings->pairs[i];
        if (pair->figure != figure) {
            continue;
        }
        if (pair->first == from && pair->second == to) {
            return change_of(&pair->test, pair->p_adjusted, pair->difference);
        }
        if (pair->first == to && pair->second == from) {
            struct paired_t test = turned(&pair->test);
            return change_of(&test, pair->p_adjusted, pair->difference);
        }
    }
    return not_known;
}

/* 0 where the trial does not tell. */
static double memory_of(const struct trial_capacity *trial, uint64_t common_level)
{
    const struct step_finding *step = trial != NULL ? capacity_pass_at(trial, common_level) : NULL;
    return step != NULL ? (double)step->usage.host.rss_peak_bytes : 0;
}

static struct change change_of_memory(const struct findings *findings, const struct backend_finding *from,
                                      const struct backend_finding *to)
{
    double *ratios = mem_new(from->capacity_count, sizeof *ratios);
    struct paired_t test;
    size_t count = 0;

    for (size_t i = 0; i < from->capacity_count; i++) {
        double a = memory_of(&from->capacities[i], findings->common_level);
        double b = memory_of(capacity_in(to, from->capacities[i].trial), findings->common_level);
        if (a > 0 && b > 0) {
            ratios[count++] = log(a / b);
        }
    }
    if (count > 0) {
        paired_t_find(ratios, count, 0, &test);
    }
    free(ratios);
    if (count == 0) {
        return not_known;
    }
    double p_adjusted = fmin(1, test.p * (double)(findings->pair_count + 1));
    enum difference difference = DIFFERENCE_UNPROVEN;
    if (p_adjusted <= HOLM_ERROR) {
        difference = DIFFERENCE_SEEN;
    } else if (test.blocks >= PAIR_BLOCKS_WANTED && test.p > HOLM_ERROR) {
        difference = DIFFERENCE_NOT_SEEN;
    }
    return change_of(&test, p_adjusted, difference);
}

void paired_change_find(const struct comparison *comparison, struct compared_backend *backend, size_t side)
{
    const struct findings *findings = comparison->runs[0].findings;
    const struct backend_finding *from = backend->sides[0].finding, *to = backend->sides[side].finding;
    struct compared_figure *figures = backend->sides[side].figures;
    bool known = capacity_judged(from) && capacity_judged(to) && from != to;
    bool relative =
        figures[COMPARED_RELATIVE].trial_count > 0 && backend->sides[0].figures[COMPARED_RELATIVE].trial_count > 0;

    for (size_t k = 0; k < COMPARED_COUNT; k++) {
        figures[k].change = not_known;
    }
    if (!known) {
        return;
    }
    figures[COMPARED_CAPACITY].change = change_in_pairs(findings, from, to, PAIR_CAPACITY);
    figures[COMPARED_CPU].change = change_in_pairs(findings, from, to, PAIR_CPU);
    figures[COMPARED_P99].change = change_in_pairs(findings, from, to, PAIR_P99);
    figures[COMPARED_MEMORY].change = change_of_memory(findings, from, to);
    if (relative) {
        figures[COMPARED_RELATIVE].change = figures[COMPARED_CAPACITY].change;
    }
}
