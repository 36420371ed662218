#include "analysis/capacity/pairs.h"

#include "analysis/capacity/capacity.h"
#include "analysis/capacity/ranking.h"
#include "base/list.h"
#include "base/mem.h"
#include "stats/holm.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

const char *pair_figure_name(enum pair_figure figure)
{
    static const char *const names[PAIR_FIGURES] = {
        [PAIR_CAPACITY] = "capacity", [PAIR_CPU] = "cpu", [PAIR_P99] = "p99"};
    assert(figure < PAIR_FIGURES);
    return names[figure];
}

/* The mean logarithm of the ratio over the levels that both trials hold, up to the common one; NAN: none tells. What
 * disturbs one level for a second seldom disturbs all. */
static double cpu_ratio(const struct trial_capacity *first, const struct trial_capacity *second, uint64_t common_level)
{
    double sum = 0;
    size_t count = 0;

    for (size_t i = 0; i < first->step_count; i++) {
        const struct step_finding *step = &first->steps[i];
        uint64_t level = step->record->level;
        const struct step_finding *other = level <= common_level ? capacity_pass_at(second, level) : NULL;
        bool held = other != NULL && capacity_pass_at(first, level) == step;
        if (held && step->cpu_ns_per_request > 0 && other->cpu_ns_per_request > 0) {
            sum += log((double)step->cpu_ns_per_request / (double)other->cpu_ns_per_request);
            count++;
        }
    }
    return count > 0 ? sum / (double)count : NAN;
}

/* 0 where the trial does not tell. */
static double p99_of(const struct trial_capacity *trial, uint64_t level)
{
    const struct step_finding *step = capacity_pass_at(trial, level);

    return step != NULL && step->p99_ns != NO_TIME ? (double)step->p99_ns : 0;
}

static double p99_ratio(const struct trial_capacity *first, const struct trial_capacity *second, uint64_t common_level)
{
    double a = p99_of(first, common_level), b = p99_of(second, common_level);

    return a > 0 && b > 0 ? log(a / b) : NAN;
}

static size_t cost_ratios(const struct pair *pair, uint64_t common_level, double *ratios)
{
    size_t count = 0;

    for (size_t i = 0; i < pair->first->capacity_count; i++) {
        const struct trial_capacity *trial = &pair->first->capacities[i];
        const struct trial_capacity *other = capacity_in(pair->second, trial->trial);
        double ratio = NAN;
        if (other != NULL) {
            ratio = pair->figure == PAIR_CPU ? cpu_ratio(trial, other, common_level)
                                             : p99_ratio(trial, other, common_level);
        }
        if (!isnan(ratio)) {
            ratios[count++] = ratio;
        }
    }
    return count;
}

/* False where no block gives a ratio. */
static bool test(const struct findings *findings, struct pair *pair)
{
    double *ratios = mem_new(pair->first->capacity_count, sizeof *ratios);
    double grain = 0;
    size_t count;

    if (pair->figure == PAIR_CAPACITY) {
        count = ranking_ratios(pair->first, pair->second, ratios, &pair->whole);
        grain = ranking_grain(pair->first, pair->second);
    } else {
        count = cost_ratios(pair, findings->common_level, ratios);
    }
    if (count > 0) {
        paired_t_find(ratios, count, grain, &pair->test);
    }
    free(ratios);
    return count > 0;
}

static void add_pairs(struct findings *findings, enum pair_figure figure)
{
    for (size_t i = 0; i < findings->backend_count; i++) {
        for (size_t k = i + 1; k < findings->backend_count; k++) {
            struct pair pair = {.first = &findings->backends[i],
                                .second = &findings->backends[k],
                                .figure = figure,
                                .whole = true};
            if (test(findings, &pair)) {
                *list_add(findings->pairs, findings->pair_count) = pair;
            }
        }
    }
}

static void adjust(struct findings *findings)
{
    size_t count = findings->pair_count;
    double *p = mem_new(2 * count, sizeof *p), *adjusted = p + count;

    for (size_t i = 0; i < count; i++) {
        p[i] = findings->pairs[i].test.p;
    }
    holm_adjust(p, count, adjusted);
    for (size_t i = 0; i < count; i++) {
        findings->pairs[i].p_adjusted = adjusted[i];
    }
    free(p);
}

static bool is_seen(const struct pair *pair)
{
    if (pair->figure == PAIR_CAPACITY) {
        return ranking_above(pair->first, pair->second) || ranking_above(pair->second, pair->first);
    }
    return pair->p_adjusted <= HOLM_ERROR;
}

/* Where the row alone would show a difference, more blocks may show it among all the others. */
static enum difference difference_of(const struct pair *pair)
{
    if (is_seen(pair)) {
        return DIFFERENCE_SEEN;
    }
    bool enough = pair->whole && pair->test.blocks >= PAIR_BLOCKS_WANTED;
    return enough && pair->test.p > HOLM_ERROR ? DIFFERENCE_NOT_SEEN : DIFFERENCE_UNPROVEN;
}

/* Counts on no other row of the table. */
static size_t blocks_needed(const struct pair *pair, size_t rows)
{
    size_t blocks = paired_t_blocks(&pair->test, HOLM_ERROR / (double)rows);

    return pair->difference != DIFFERENCE_SEEN && blocks > pair->test.blocks ? blocks : 0;
}

void pairs_find(struct findings *findings)
{
    for (int figure = 0; figure < PAIR_FIGURES; figure++) {
        add_pairs(findings, (enum pair_figure)figure);
    }
    adjust(findings);
    ranking_decide(findings);
    for (size_t i = 0; i < findings->pair_count; i++) {
        struct pair *pair = &findings->pairs[i];
        pair->difference = difference_of(pair);
        pair->blocks_needed = blocks_needed(pair, findings->pair_count);
    }
}
