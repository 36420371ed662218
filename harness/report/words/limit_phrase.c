#include "report/words/limit_phrase.h"

#include "analysis/capacity/limit_order.h"
#include "report/words/figures.h"

#include <math.h>
#include <stddef.h>

void limit_phrase_verdict(struct text *out, enum verdict verdict, unsigned attempt)
{
    static const char *const words[] = {[VERDICT_PASS] = "holds",
                                        [VERDICT_BREAK] = "breaks",
                                        [VERDICT_INVALID] = "invalid",
                                        [VERDICT_UNDECIDED] = "undecided"};

    text_add(out, words[verdict]);
    if (attempt > 0) {
        text_format(out, ", run %u", attempt + 1);
    }
}

/* To three figures. */
static double rounded(double load)
{
    double unit = load >= 1000 ? pow(10, floor(log10(load)) - 2) : 1;
    return round(load / unit) * unit;
}

void limit_phrase_about(struct text *out, const struct scenario *scenario, double load)
{
    figures_level(out, scenario, (uint64_t)rounded(load));
}

/* The interval of an estimate, whose unit has been said: "(14,100 to 15,300)". */
static void add_interval(struct text *out, const struct limit_capacity *capacity)
{
    text_add(out, " (");
    figures_count(out, (uint64_t)llround(capacity->low));
    text_add(out, " to ");
    figures_count(out, (uint64_t)llround(capacity->high));
    text_add(out, ")");
}

/* An end of an interval is a load that was run, unless it comes from the estimates of several trials. */
static void add_end(struct text *out, const struct scenario *scenario, double load)
{
    figures_level(out, scenario, (uint64_t)llround(load));
}

void limit_phrase_load(struct text *out, const struct scenario *scenario, const struct limit_capacity *capacity)
{
    if (!isfinite(capacity->high)) {
        text_add(out, "above ");
        add_end(out, scenario, capacity->low);
    } else if (capacity->low <= 0) {
        text_add(out, "below ");
        add_end(out, scenario, capacity->high);
    } else if (isnan(capacity->capacity)) {
        text_add(out, "between ");
        add_end(out, scenario, capacity->low);
        text_add(out, " and ");
        add_end(out, scenario, capacity->high);
    } else {
        /* An estimate at an end of its interval is not rounded out of it. */
        add_end(out, scenario, fmin(fmax(rounded(capacity->capacity), capacity->low), capacity->high));
        add_interval(out, capacity);
    }
}

bool limit_phrase_first(struct text *out, const struct backend_finding *backend)
{
    size_t first = limit_order_first(backend);

    if (first > 0 && backend->limits[0].limit == LIMIT_CRASH) {
        text_add(out, "crash");
        return true;
    }
    for (size_t i = 0; i < first; i++) {
        figures_comma(out, i, first);
        limit_write(out, backend->limits[i].limit, backend->limits[i].request);
    }
    if (first > 1) {
        text_add(out, " (not told apart)");
    }
    return first > 0;
}

/* Limits that were tried by the same steps often have the same interval. */
static bool same_place(const struct limit_capacity *a, const struct limit_capacity *b)
{
    return isnan(a->capacity) && isnan(b->capacity) && a->low == b->low && a->high == b->high;
}

static bool is_next(const struct backend_finding *backend, size_t index)
{
    return index < backend->limit_count && backend->limits[index].breaks;
}

/* The limits from `index` on that share one place, by name: "errors and throughput". Returns the index behind them. */
static size_t add_group(struct text *out, const struct backend_finding *backend, size_t index)
{
    size_t end = index + 1;

    while (is_next(backend, end) && same_place(&backend->limits[index], &backend->limits[end])) {
        end++;
    }
    for (size_t i = index; i < end; i++) {
        figures_comma(out, i - index, end - index);
        limit_write(out, backend->limits[i].limit, backend->limits[i].request);
    }
    return end;
}

size_t limit_phrase_next(struct text *out, const struct scenario *scenario, const struct backend_finding *backend)
{
    size_t first = limit_order_first(backend), index = first;

    while (is_next(backend, index)) {
        const struct limit_capacity *capacity = &backend->limits[index];
        figures_separate(out, index - first, "; ");
        index = add_group(out, backend, index);
        text_add(out, isnan(capacity->capacity) ? " " : " at ");
        limit_phrase_load(out, scenario, capacity);
    }
    return index - first;
}

static bool is_estimated(const struct limit_capacity *capacity)
{
    return !isnan(capacity->capacity) && isfinite(capacity->high);
}

/* Without the interval of an estimate. */
static void add_short_load(struct text *out, const struct scenario *scenario, const struct limit_capacity *capacity)
{
    if (is_estimated(capacity)) {
        limit_phrase_about(out, scenario, capacity->capacity);
    } else {
        limit_phrase_load(out, scenario, capacity);
    }
}

size_t limit_phrase_next_short(struct text *out, const struct scenario *scenario, const struct backend_finding *backend)
{
    size_t first = limit_order_first(backend), index = first;

    while (is_next(backend, index)) {
        const struct limit_capacity *capacity = &backend->limits[index];
        figures_separate(out, index - first, "; ");
        index = add_group(out, backend, index);
        text_add(out, " ");
        add_short_load(out, scenario, capacity);
    }
    return index - first;
}

size_t limit_phrase_next_one(struct text *out, const struct scenario *scenario, const struct backend_finding *backend)
{
    size_t first = limit_order_first(backend);

    if (!is_next(backend, first)) {
        return 0;
    }
    const struct limit_capacity *capacity = &backend->limits[first];
    size_t end = add_group(out, backend, first);
    text_add(out, is_estimated(capacity) ? " at " : " ");
    add_short_load(out, scenario, capacity);
    return end - first;
}

/* The limits from `index` on that share one number. Returns the index behind them. */
static size_t add_place(struct text *out, const struct backend_finding *backend, size_t index)
{
    size_t end = index;

    while (is_next(backend, end) && backend->limits[end].order == backend->limits[index].order) {
        end++;
    }
    for (size_t i = index; i < end; i++) {
        figures_comma(out, i - index, end - index);
        limit_write(out, backend->limits[i].limit, backend->limits[i].request);
    }
    return end;
}

void limit_phrase_order(struct text *out, const struct backend_finding *backend)
{
    size_t index = 0;

    while (backend != NULL && is_next(backend, index)) {
        figures_separate(out, index, ", then ");
        index = add_place(out, backend, index);
    }
    if (index == 0) {
        text_add(out, "-");
    }
}

void limit_phrase_first_names(struct text *out, const struct backend_finding *backend)
{
    if (is_next(backend, 0)) {
        add_place(out, backend, 0);
    }
}

bool limit_phrase_trials(struct text *out, const struct backend_finding *backend)
{
    if (backend->limit_count == 0 || backend->limits[0].trials < 2) {
        return false;
    }
    limit_write(out, backend->limits[0].limit, backend->limits[0].request);
    text_format(out, " %s in %u of %u trials", limit_order_first(backend) > 1 ? "among the first" : "first",
                backend->limits[0].first_in, backend->limits[0].trials);
    return true;
}

void limit_phrase_held(struct text *out, const struct scenario *scenario, const struct backend_finding *backend)
{
    if (limit_order_first(backend) > 0) {
        limit_phrase_load(out, scenario, &backend->limits[0]);
    } else {
        figures_capacity(out, scenario, backend);
    }
}
