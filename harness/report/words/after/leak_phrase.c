#include "report/words/after/leak_phrase.h"

#include "report/words/figures.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#define A_MINUTE 60.0 /* seconds */
#define HOUR     3600.0
#define DAY      86400.0

/* Seconds; a rise that would take longer to reach the limit is told without it. */
#define TOLD_MOST (730 * DAY)

/* The unit and the decimals of figures that stand together: the largest of them has three digits. */
struct scale {
    double unit;
    const char *name;
    int decimals;
};

/* A minute's growth at the end of the confidence interval that is farther from 0. */
static double largest_of(const struct trend *trend)
{
    return A_MINUTE * fmax(fabs(trend->low), fabs(trend->high));
}

static struct scale scale_of(const struct trend *trend)
{
    static const struct {
        double unit;
        const char *name;
    } units[] = {{1073741824, "GiB"}, {1048576, "MiB"}, {1024, "KiB"}};
    double largest = largest_of(trend);
    size_t i = 0;

    while (i + 1 < sizeof units / sizeof units[0] && largest < 0.995 * units[i].unit) {
        i++;
    }
    largest /= units[i].unit;
    struct scale scale = {units[i].unit, units[i].name, 2};
    if (largest >= 99.5) {
        scale.decimals = 0;
    } else if (largest >= 9.95) {
        scale.decimals = 1;
    }
    return scale;
}

/* `sign`: "+" in front of what is above 0. Never "-0.00". */
static void add_rate(struct text *out, const struct scale *scale, double bytes_per_s, bool sign)
{
    double step = pow(10, -scale->decimals);
    double value = round(bytes_per_s * A_MINUTE / scale->unit / step) * step;

    if (value == 0) {
        value = fabs(value);
    }
    if (sign && value > 0) {
        text_add(out, "+");
    }
    text_format(out, "%.*f", scale->decimals, value);
}

static bool looks_the_same(uint64_t start_bytes, uint64_t end_bytes)
{
    struct text start = {0}, end = {0};

    figures_size(&start, start_bytes);
    figures_size(&end, end_bytes);
    bool same = strcmp(start.data, end.data) == 0;
    text_release(&start);
    text_release(&end);
    return same;
}

/* It changes by less than a tenth of a page in a minute, or, where that is not known, by nothing that is shown. */
static bool stays(const struct leak *leak)
{
    if (leak->bytes_per_s.known) {
        return largest_of(&leak->bytes_per_s) < 409.6;
    }
    return looks_the_same(leak->start_bytes, leak->end_bytes);
}

static void add_bounds(struct text *out, const struct leak *leak)
{
    struct scale scale = scale_of(&leak->bytes_per_s);

    add_rate(out, &scale, leak->bytes_per_s.low, !leak->rises);
    text_add(out, " to ");
    add_rate(out, &scale, leak->bytes_per_s.high, !leak->rises);
}

/* "3.1 h", "12 min" */
static void add_long(struct text *out, double seconds)
{
    if (seconds < 2 * A_MINUTE) {
        text_format(out, "%.0f s", seconds);
    } else if (seconds < 2 * HOUR) {
        text_format(out, "%.0f min", seconds / A_MINUTE);
    } else if (seconds < 9.95 * HOUR) {
        text_format(out, "%.1f h", seconds / HOUR);
    } else if (seconds < 2 * DAY) {
        text_format(out, "%.0f h", seconds / HOUR);
    } else {
        text_format(out, "%.0f days", seconds / DAY);
    }
}

static bool limit_told(const struct leak *leak)
{
    return leak->limit_after_s > 0 && leak->limit_after_s < TOLD_MOST;
}

static void add_from_to(struct text *out, const struct leak *leak)
{
    text_add(out, " from ");
    figures_size(out, leak->start_bytes);
    text_add(out, " to ");
    figures_size(out, leak->end_bytes);
}

static void say_rises(struct text *out, const struct leak *leak, uint64_t limit_bytes)
{
    struct scale scale = scale_of(&leak->bytes_per_s);

    text_add(out, "its memory rises by ");
    add_rate(out, &scale, leak->bytes_per_s.slope, false);
    text_format(out, " %s a minute (", scale.name);
    add_bounds(out, leak);
    text_add(out, ")");
    if (limit_told(leak)) {
        text_add(out, " and would reach ");
        figures_set_size(out, limit_bytes);
        text_add(out, " in ");
        add_long(out, leak->limit_after_s);
    }
}

/* What the interval does not exclude, where that is not far off: a soak that is too short says little. */
static void add_what_remains(struct text *out, const struct leak *leak, uint64_t limit_bytes)
{
    double room = (double)limit_bytes - (double)leak->end_bytes, rise = leak->bytes_per_s.high;

    if (limit_bytes > 0 && room > 0 && rise > 0 && room / rise < DAY) {
        text_add(out, "; too short to exclude that it reaches ");
        figures_set_size(out, limit_bytes);
        text_add(out, " in ");
        add_long(out, room / rise);
    }
}

bool leak_phrase_rises(const struct leak *leak)
{
    return leak->known && leak->bytes_per_s.known && leak->rises && !leak->levels_off && !stays(leak);
}

void leak_phrase(struct text *out, const struct leak *leak, uint64_t limit_bytes)
{
    struct scale scale = scale_of(&leak->bytes_per_s);

    if (!leak->known) {
        text_add(out, "its memory is not known");
    } else if (stays(leak) || (leak->levels_off && looks_the_same(leak->start_bytes, leak->end_bytes))) {
        text_add(out, "its memory stays at ");
        figures_size(out, leak->end_bytes);
    } else if (!leak->bytes_per_s.known) {
        text_add(out, "its memory went");
        add_from_to(out, leak);
        text_add(out, ", in too short a time to tell a rise from chance");
    } else if (leak->levels_off) {
        text_add(out, "its memory rose");
        add_from_to(out, leak);
        text_add(out, ", and levels off");
    } else if (leak_phrase_rises(leak)) {
        say_rises(out, leak, limit_bytes);
    } else {
        text_add(out, "no rise of its memory seen (");
        add_bounds(out, leak);
        text_format(out, " %s a minute", scale.name);
        add_what_remains(out, leak, limit_bytes);
        text_add(out, ")");
    }
}

void leak_phrase_estimate(struct text *out, const struct leak *leak)
{
    struct scale scale = scale_of(&leak->bytes_per_s);

    if (!leak->known) {
        text_add(out, "-");
    } else if (!leak->bytes_per_s.known) {
        text_add(out, stays(leak) ? "none seen" : "too short");
    } else if (leak->levels_off) {
        text_add(out, "levels off");
    } else if (leak->rises) {
        add_rate(out, &scale, leak->bytes_per_s.slope, false);
        text_format(out, " %s", scale.name);
    } else {
        text_add(out, "none seen");
    }
}

void leak_phrase_interval(struct text *out, const struct leak *leak)
{
    if (!leak->known || !leak->bytes_per_s.known) {
        text_add(out, "-");
    } else if (stays(leak)) {
        text_add(out, "0");
    } else {
        add_bounds(out, leak);
        text_format(out, " %s", scale_of(&leak->bytes_per_s).name);
    }
}

void leak_phrase_limit(struct text *out, const struct leak *leak)
{
    if (limit_told(leak)) {
        add_long(out, leak->limit_after_s);
    } else {
        text_add(out, "-");
    }
}
