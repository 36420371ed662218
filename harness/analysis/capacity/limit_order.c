#include "analysis/capacity/limit_order.h"

#include "base/mem.h"
#include "stats/sample.h"

#include <math.h>
#include <stdlib.h>

/* Trials from which on the spread of their estimates is the interval, and its confidence. As many of one kind, and none
 * of the other, are beyond chance (sign test: 2 in 2^6 is 3 %). */
#define TRIALS_ENOUGH     6
#define CONFIDENCE_WANTED 0.95

/* --- one limit over the trials ------------------------------------------------------------------------------------ */

static int by_bracket(const void *left, const void *right)
{
    const struct limit_bracket *a = left, *b = right;

    if (a->low != b->low) {
        return a->low < b->low ? -1 : 1;
    }
    return (a->high > b->high) - (a->high < b->high);
}

static size_t brackets_of(const struct backend_finding *finding, size_t place, struct limit_bracket *ret_brackets)
{
    size_t count = 0;

    for (size_t i = 0; i < finding->capacity_count; i++) {
        if (finding->capacities[i].limits[place].judged) {
            ret_brackets[count++] = finding->capacities[i].limits[place];
        }
    }
    qsort(ret_brackets, count, sizeof *ret_brackets, by_bracket);
    return count;
}

/* The median of the trials' lower ends, or of their upper ends. */
static double median_end(const struct limit_bracket *brackets, size_t count, bool upper)
{
    double *ends = mem_new(count, sizeof *ends);

    for (size_t i = 0; i < count; i++) {
        ends[i] = upper ? brackets[i].high : brackets[i].low;
    }
    sample_sort(ends, count);
    double median = sample_low_median(ends, count);
    free(ends);
    return median;
}

/* False where too few trials have an estimate. */
static bool narrow(const struct limit_bracket *brackets, size_t count, struct limit_capacity *capacity)
{
    double *estimates = mem_new(count, sizeof *estimates);
    size_t known = 0, low, high;

    for (size_t i = 0; i < count; i++) {
        if (!isnan(brackets[i].estimate)) {
            estimates[known++] = brackets[i].estimate;
        }
    }
    bool enough = known >= TRIALS_ENOUGH && known == count;
    sample_sort(estimates, known);
    capacity->capacity = known == count ? sample_median(estimates, known) : NAN;
    if (enough) {
        sample_median_interval(known, CONFIDENCE_WANTED, &low, &high);
        capacity->low = fmin(estimates[low], median_end(brackets, count, false));
        capacity->high = fmax(estimates[high], median_end(brackets, count, true));
    }
    free(estimates);
    return enough;
}

static void widen(const struct limit_bracket *brackets, size_t count, struct limit_capacity *capacity)
{
    capacity->low = brackets[0].low;
    capacity->high = brackets[0].high;
    for (size_t i = 1; i < count; i++) {
        capacity->high = fmax(capacity->high, brackets[i].high);
    }
}

static bool find_limit(const struct backend_finding *finding, size_t place, struct limit_capacity *ret_capacity)
{
    struct limit_bracket *brackets = mem_new(finding->capacity_count, sizeof *brackets);
    size_t count = brackets_of(finding, place, brackets);
    struct limit_capacity capacity = {.limit = limit_of_place(place), .place = place, .capacity = NAN};

    if (count > 0) {
        const struct limit_bracket *median = &brackets[(count - 1) / 2];
        capacity.request = median->request;
        capacity.holds = median->holds_at > 0;
        capacity.holds_at = median->holds_at;
        capacity.breaks = median->breaks_at != UINT64_MAX;
        capacity.breaks_at = capacity.breaks ? median->breaks_at : 0;
        if (!narrow(brackets, count, &capacity)) {
            widen(brackets, count, &capacity);
        }
        *ret_capacity = capacity;
    }
    free(brackets);
    return count > 0;
}

/* --- which broke first in a trial --------------------------------------------------------------------------------- */

static double lowest_high(const struct trial_capacity *trial)
{
    double lowest = INFINITY;

    for (size_t i = 0; i < LIMIT_PLACES; i++) {
        if (trial->limits[i].judged) {
            lowest = fmin(lowest, trial->limits[i].high);
        }
    }
    return lowest;
}

static void count_firsts(const struct backend_finding *finding, struct limit_capacity *capacity)
{
    for (size_t i = 0; i < finding->capacity_count; i++) {
        const struct trial_capacity *trial = &finding->capacities[i];
        const struct limit_bracket *bracket = &trial->limits[capacity->place];
        double lowest = lowest_high(trial);
        capacity->trials += isfinite(lowest);
        capacity->first_in += isfinite(bracket->high) && bracket->judged && bracket->low < lowest;
    }
}

/* --- the order ---------------------------------------------------------------------------------------------------- */

/* The estimate, or what stands for it: the middle of the interval; of one that holds for all that was seen, infinity.
 */
static double place_of(const struct limit_capacity *capacity)
{
    if (!isnan(capacity->capacity)) {
        return capacity->capacity;
    }
    return isfinite(capacity->high) ? sqrt(fmax(capacity->low, 1) * capacity->high) : INFINITY;
}

/* Where two have the same interval, a crash comes first, since what else broke broke by it; then the order of their
 * places: what is late, then what failed of it; those of single requests last. */
static int by_place(const void *left, const void *right)
{
    const struct limit_capacity *a = left, *b = right;
    double a_place = place_of(a), b_place = place_of(b);

    if (a_place != b_place) {
        return a_place < b_place ? -1 : 1;
    }
    if ((a->limit == LIMIT_CRASH) != (b->limit == LIMIT_CRASH)) {
        return a->limit == LIMIT_CRASH ? -1 : 1;
    }
    return (a->place > b->place) - (a->place < b->place);
}

/* In a trial both limits met the same machine at the same time, so trials are compared one by one: in how many did the
 * second hold at a load at which the first broke, and was it ever the other way about? */
static bool apart_in_trials(const struct backend_finding *finding, size_t first, size_t second)
{
    unsigned ahead = 0, behind = 0;

    for (size_t i = 0; i < finding->capacity_count; i++) {
        const struct limit_bracket *one = &finding->capacities[i].limits[first];
        const struct limit_bracket *other = &finding->capacities[i].limits[second];
        if (one->judged && other->judged) {
            ahead += isfinite(one->high) && one->high <= other->low;
            behind += isfinite(other->high) && other->high <= one->low;
        }
    }
    return ahead >= TRIALS_ENOUGH && behind == 0;
}

static bool apart(const struct backend_finding *finding, const struct limit_capacity *first,
                  const struct limit_capacity *second)
{
    return second->low >= first->high || second->breaks != first->breaks ||
           apart_in_trials(finding, first->place, second->place);
}

static void number(struct backend_finding *finding)
{
    struct limit_capacity *limits = finding->limits;
    size_t row = 0; /* where that of the present number begins */

    for (size_t i = 0; i < finding->limit_count; i++) {
        bool begins = i == 0;
        for (size_t k = row; k < i && !begins; k++) {
            begins = apart(finding, &limits[k], &limits[i]);
        }
        limits[i].order = 1;
        if (i > 0) {
            limits[i].order = limits[i - 1].order + begins;
        }
        row = begins ? i : row;
    }
}

/* Among limits that are not told apart a crash stands first, since what else broke there may have broken by it. */
static void put_crash_first(struct limit_capacity *limits, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        struct limit_capacity crash = limits[i];
        size_t to = i;
        while (crash.limit == LIMIT_CRASH && crash.breaks && to > 0 && limits[to - 1].order == crash.order) {
            limits[to] = limits[to - 1];
            to--;
        }
        limits[to] = crash;
    }
}

void limit_order_find(struct backend_finding *finding)
{
    finding->limit_count = 0;
    for (size_t i = 0; i < LIMIT_PLACES; i++) {
        struct limit_capacity *capacity = &finding->limits[finding->limit_count];
        if (find_limit(finding, i, capacity)) {
            count_firsts(finding, capacity);
            finding->limit_count++;
        }
    }
    qsort(finding->limits, finding->limit_count, sizeof finding->limits[0], by_place);
    number(finding);
    put_crash_first(finding->limits, finding->limit_count);
}

const struct limit_capacity *limit_order_of(const struct backend_finding *finding, enum limit limit)
{
    for (size_t i = 0; i < finding->limit_count; i++) {
        if (finding->limits[i].place == (size_t)limit) {
            return &finding->limits[i];
        }
    }
    return NULL;
}

size_t limit_order_first(const struct backend_finding *finding)
{
    size_t count = 0;

    while (count < finding->limit_count && finding->limits[count].order == 1 && finding->limits[count].breaks) {
        count++;
    }
    return count;
}

bool limit_order_crashes(const struct backend_finding *finding)
{
    return limit_order_first(finding) > 0 && finding->limits[0].limit == LIMIT_CRASH;
}
