#include "contract/verify/model/summary.h"

#include "base/mem.h"
#include "stats/sample.h"

#include <math.h>
#include <stdlib.h>

#define EXACTNESS 1e-9

static const char *const quantile_names[SUMMARY_QUANTILES] = {"p50", "p95", "p99"};

static double interpolate(const double *sorted, size_t count, unsigned percent)
{
    /* In whole hundredths of a rank, so that no rank is off by rounding. */
    size_t hundredths = (count - 1) * percent;
    size_t below = hundredths / 100;
    long double share = (long double)(hundredths % 100) / 100;

    if (below + 1 >= count) {
        return sorted[count - 1];
    }
    return (double)(sorted[below] + share * ((long double)sorted[below + 1] - sorted[below]));
}

static void count_value(struct summary *summary, double value)
{
    long double width = (long double)summary->max - summary->min;
    long double place = width > 0 ? (value - (long double)summary->min) / width * SUMMARY_BINS : 0;
    long edge = lrintl(place);

    if (edge >= 1 && edge < SUMMARY_BINS && fabsl(place - edge) <= EXACTNESS * SUMMARY_BINS) {
        summary->edges[edge]++;
    } else {
        size_t bin = (size_t)place;
        summary->bins[bin < SUMMARY_BINS ? bin : SUMMARY_BINS - 1]++;
    }
}

static void add_moments(struct summary *summary, const double *values)
{
    long double sum = 0, squares = 0;

    for (size_t i = 0; i < summary->count; i++) {
        sum += values[i];
    }
    long double mean = sum / summary->count;
    for (size_t i = 0; i < summary->count; i++) {
        squares += (values[i] - mean) * (values[i] - mean);
    }
    summary->mean = (double)mean;
    summary->stdev = (double)sqrtl(squares / summary->count);
}

void summary_make(struct summary *summary, const double *values, size_t count)
{
    static const unsigned percents[SUMMARY_QUANTILES] = {50, 95, 99};
    double *sorted = mem_new(count, sizeof *sorted);

    *summary = (struct summary){.count = count};
    for (size_t i = 0; i < count; i++) {
        sorted[i] = values[i];
    }
    sample_sort(sorted, count);
    summary->min = sorted[0];
    summary->max = sorted[count - 1];
    summary->magnitude = fmax(fabs(summary->min), fabs(summary->max));
    for (int i = 0; i < SUMMARY_QUANTILES; i++) {
        summary->quantiles[i] = interpolate(sorted, count, percents[i]);
    }
    add_moments(summary, sorted);
    for (size_t i = 0; i < count; i++) {
        count_value(summary, sorted[i]);
    }
    free(sorted);
}

json_t *summary_json(const struct summary *summary)
{
    json_t *body = json_pack("{s:I, s:f, s:f, s:f, s:f}", "count", (json_int_t)summary->count, "mean", summary->mean,
                             "stdev", summary->stdev, "min", summary->min, "max", summary->max);
    json_t *histogram = json_array();

    for (int i = 0; i < SUMMARY_QUANTILES; i++) {
        json_object_set_new(body, quantile_names[i], json_real(summary->quantiles[i]));
    }
    for (int i = 0; i < SUMMARY_BINS; i++) {
        size_t count = summary->bins[i] + summary->edges[i];
        json_array_append_new(histogram, json_integer((json_int_t)count));
    }
    json_object_set_new(body, "histogram", histogram);
    return body;
}

static bool has_number(const json_t *came, const char *key, double expected, double tolerance, struct text *wrong)
{
    const json_t *value = json_object_get(came, key);

    if (!json_is_number(value)) {
        text_format(wrong, "%s is %s, expected %.17g", key, value == NULL ? "absent" : "not a number", expected);
        return false;
    }
    double number = json_number_value(value);
    if (!(fabs(number - expected) <= tolerance)) {
        text_format(wrong, "%s is %.17g, expected %.17g", key, number, expected);
        if (tolerance > 0) {
            text_format(wrong, " within %.3g", tolerance);
        }
        return false;
    }
    return true;
}

static bool has_numbers(const struct summary *summary, const json_t *came, struct text *wrong)
{
    double tolerance = EXACTNESS * summary->magnitude;

    for (int i = 0; i < SUMMARY_QUANTILES; i++) {
        if (!has_number(came, quantile_names[i], summary->quantiles[i], tolerance, wrong)) {
            return false;
        }
    }
    return has_number(came, "min", summary->min, 0, wrong) && has_number(came, "max", summary->max, 0, wrong) &&
           has_number(came, "mean", summary->mean, tolerance, wrong) &&
           has_number(came, "stdev", summary->stdev, tolerance, wrong);
}

static bool has_count(const struct summary *summary, const json_t *came, struct text *wrong)
{
    const json_t *count = json_object_get(came, "count");

    if (!json_is_integer(count) || json_integer_value(count) != (json_int_t)summary->count) {
        text_format(wrong, "count is not the integer %zu", summary->count);
        return false;
    }
    return true;
}

/* From the left: what a bin has beyond its own values it took from the edge below, as far as the bin before left any;
 * and then from the edge above. */
static bool has_bins(const struct summary *summary, const json_t *histogram, struct text *wrong)
{
    size_t left = 0;

    for (size_t i = 0; i < SUMMARY_BINS; i++) {
        const json_t *value = json_array_get(histogram, i);
        size_t above = i + 1 < SUMMARY_BINS ? summary->edges[i + 1] : 0;
        size_t least = summary->bins[i] + left;
        size_t most = least + above;
        json_int_t came = json_integer_value(value);
        if (!json_is_integer(value) || came < (json_int_t)least || came > (json_int_t)most) {
            text_format(wrong, "histogram[%zu] is not an integer from %zu to %zu", i, least, most);
            return false;
        }
        left = most - (size_t)came;
    }
    return true;
}

bool summary_matches(const struct summary *summary, const json_t *came, enum rule *ret_rule, struct text *ret_wrong)
{
    const json_t *histogram = json_object_get(came, "histogram");

    *ret_rule = RULE_SUMMARY;
    if (json_object_size(came) != 6 + SUMMARY_QUANTILES) {
        text_add(ret_wrong, "the body is not an object with the nine members of a summary");
        return false;
    }
    if (!has_count(summary, came, ret_wrong) || !has_numbers(summary, came, ret_wrong)) {
        return false;
    }
    *ret_rule = RULE_HISTOGRAM;
    if (json_array_size(histogram) != SUMMARY_BINS) {
        text_format(ret_wrong, "histogram is not an array of %d", SUMMARY_BINS);
        return false;
    }
    return has_bins(summary, histogram, ret_wrong);
}
