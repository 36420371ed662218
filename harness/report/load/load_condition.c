#include "report/load/load_condition.h"

#include "base/text.h"
#include "base/units.h"
#include "stats/percentile.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum load_figure { FIGURE_MEAN, FIGURE_QUANTILE, FIGURE_MAX, FIGURE_ERRORS, FIGURE_COMPLETED, FIGURE_GOOD };

static const struct {
    const char *name;
    enum load_figure figure;
    double quantile;
} figures[] = {
    {"mean", FIGURE_MEAN, 0},         {"p50", FIGURE_QUANTILE, 0.5},       {"p75", FIGURE_QUANTILE, 0.75},
    {"p90", FIGURE_QUANTILE, 0.9},    {"p95", FIGURE_QUANTILE, 0.95},      {"p99", FIGURE_QUANTILE, 0.99},
    {"p999", FIGURE_QUANTILE, 0.999}, {"p9999", FIGURE_QUANTILE, 0.9999},  {"max", FIGURE_MAX, 0},
    {"errors", FIGURE_ERRORS, 0},     {"throughput", FIGURE_COMPLETED, 0}, {"good", FIGURE_GOOD, 0},
};

enum { FIGURE_COUNT = sizeof figures / sizeof figures[0] };

static int reject(const char *text, struct error *err)
{
    return error_input(
        err,
        "--fail-if: expected a figure (mean, p50, p75, p90, p95, p99, p999, p9999, max, errors, throughput, good), "
        "< or > and a bound such as 50ms, 0.1%% or 1000, found \"%s\"",
        text);
}

static int find_figure(const char *text, size_t length)
{
    for (int i = 0; i < FIGURE_COUNT; i++) {
        if (strlen(figures[i].name) == length && strncmp(figures[i].name, text, length) == 0) {
            return i;
        }
    }
    return -1;
}

static int read_bound(enum load_figure figure, const char *text, double *ret_bound)
{
    uint64_t ns;
    char *end;

    switch (figure) {
    case FIGURE_ERRORS:
        return units_read_share(text, ret_bound);
    case FIGURE_COMPLETED:
    case FIGURE_GOOD:
        *ret_bound = strtod(text, &end);
        if (end == text || *end != '\0' || *ret_bound < 0) {
            return -1;
        }
        return 0;
    default:
        break;
    }
    if (units_read_duration(text, &ns) != 0) {
        return -1;
    }
    *ret_bound = (double)ns;
    return 0;
}

int load_condition_read(struct load_condition *condition, const char *text, struct error *err)
{
    size_t length = strcspn(text, "<>");
    int figure = find_figure(text, length);
    double bound;

    if (figure < 0 || text[length] == '\0' || read_bound(figures[figure].figure, text + length + 1, &bound) != 0) {
        return reject(text, err);
    }
    *condition = (struct load_condition){.figure = figure, .above = text[length] == '>', .bound = bound};
    return 0;
}

/* NAN where the record has none. */
static double ratio(double part, double whole)
{
    return whole > 0 ? part / whole : NAN;
}

static double quantile_of(const struct histogram *histogram, double quantile)
{
    return percentile_is_known(histogram, quantile) ? (double)histogram_quantile(histogram, quantile) : NAN;
}

static double figure_of(int figure, const struct load_record *record)
{
    const struct tally *tally = &record->tally;
    bool any = record->response.total > 0;
    double seconds = (double)record->measured_ns / 1e9;

    switch (figures[figure].figure) {
    case FIGURE_MEAN:
        return any ? histogram_mean(&record->response) : NAN;
    case FIGURE_QUANTILE:
        return quantile_of(&record->response, figures[figure].quantile);
    case FIGURE_MAX:
        return any ? (double)record->response.max : NAN;
    case FIGURE_ERRORS:
        return ratio((double)tally_failed(tally), (double)tally->offered);
    case FIGURE_COMPLETED:
        return ratio((double)tally->completed, seconds);
    case FIGURE_GOOD:
        break;
    }
    return ratio((double)tally->good, seconds);
}

enum condition_state load_condition_judge(const struct load_condition *condition, const struct load_record *record,
                                          double *ret_figure)
{
    double figure = figure_of(condition->figure, record);

    if (isnan(figure)) {
        return CONDITION_UNKNOWN;
    }
    *ret_figure = figure;
    if (condition->above ? figure > condition->bound : figure < condition->bound) {
        return CONDITION_HOLDS;
    }
    return CONDITION_FAILS;
}
