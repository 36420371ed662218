#include "report/words/leak_words.h"

#include "report/words/figures.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#define A_MINUTE 60.0 /* seconds */
#define HOUR     3600.0
#define DAY      86400.0

/* A rise that takes longer to its limit than this is told without it. */
#define TOLD_MOST (730 * DAY)

/* One unit and as many decimals for all figures that stand together, after the largest: three digits of it. */
struct scale {
    double unit;
    const char *name;
    int decimals;
};

static struct scale scale_of(const struct trend *trend)
{
    static const struct {
        double unit;
        const char *name;
    } units[] = {{1073741824, "GiB"}, {1048576, "MiB"}, {1024, "KiB"}};
    double largest = A_MINUTE * fmax(fabs(trend->low), fabs(trend->high));
    size_t i = 0;

    while (i + 1 < sizeof units / sizeof units[0] && largest < 0.995 * units[i].unit) {
        i++;
    }
    largest /= units[i].unit;
    return (struct scale){units[i].unit, units[i].name, largest >= 99.5 ? 0 : largest >= 9.95 ? 1 : 2};
}

/* `sign`: "+" in front of what is above 0. Never "-0.00". */
static void add_rate(struct text *out, const struct scale *scale, double bytes_per_s, bool sign)
{
    double step = pow(10, -scale->decimals);
    double value = round(bytes_per_s * A_MINUTE / scale->unit / step) * step;

    text_format(out, sign && value > 0 ? "+%.*f" : "%.*f", scale->decimals, value == 0 ? 0.0 : value);
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

/* By less than a tenth of a page in a minute, or, where that is not known, by nothing that is shown. */
static bool stays(const struct leak *rise)
{
    const struct trend *trend = &rise->a_second;

    return trend->known ? A_MINUTE * fmax(fabs(trend->low), fabs(trend->high)) < 409.6
                        : looks_the_same(rise->start_bytes, rise->end_bytes);
}

static void add_bounds(struct text *out, const struct leak *rise)
{
    struct scale scale = scale_of(&rise->a_second);

    add_rate(out, &scale, rise->a_second.low, !rise->rises);
    text_add(out, " to ");
    add_rate(out, &scale, rise->a_second.high, !rise->rises);
}

/* "3.1 h", "12 min" */
static void add_long(struct text *out, double seconds)
{
    if (seconds < 2 * A_MINUTE) {
        text_format(out, "%.0f s", seconds);
    } else if (seconds < 2 * HOUR) {
        text_format(out, "%.0f min", seconds / A_MINUTE);
    } else if (seconds < 2 * DAY) {
        text_format(out, "%.*f h", seconds < 9.95 * HOUR ? 1 : 0, seconds / HOUR);
    } else {
        text_format(out, "%.0f days", seconds / DAY);
    }
}

static bool limit_told(const struct leak *rise)
{
    return rise->limit_after_s > 0 && rise->limit_after_s < TOLD_MOST;
}

static void add_from_to(struct text *out, const struct leak *rise)
{
    text_add(out, " from ");
    figures_size(out, rise->start_bytes);
    text_add(out, " to ");
    figures_size(out, rise->end_bytes);
}

static void say_rises(struct text *out, const struct leak *rise, uint64_t limit_bytes)
{
    struct scale scale = scale_of(&rise->a_second);

    text_add(out, "its memory rises by ");
    add_rate(out, &scale, rise->a_second.slope, false);
    text_format(out, " %s a minute (", scale.name);
    add_bounds(out, rise);
    text_add(out, ")");
    if (limit_told(rise)) {
        text_add(out, " and would reach ");
        figures_set_size(out, limit_bytes);
        text_add(out, " in ");
        add_long(out, rise->limit_after_s);
    }
}

bool leak_seen(const struct leak *rise)
{
    return rise->known && rise->a_second.known && rise->rises && !rise->levels_off && !stays(rise);
}

void leak_words(struct text *out, const struct leak *rise, uint64_t limit_bytes)
{
    struct scale scale = scale_of(&rise->a_second);

    if (!rise->known) {
        text_add(out, "its memory is not known");
    } else if (stays(rise) || (rise->levels_off && looks_the_same(rise->start_bytes, rise->end_bytes))) {
        text_add(out, "its memory stays at ");
        figures_size(out, rise->end_bytes);
    } else if (!rise->a_second.known) {
        text_add(out, "its memory went");
        add_from_to(out, rise);
        text_add(out, ", in too short a time to tell a rise from chance");
    } else if (rise->levels_off) {
        text_add(out, "its memory rose");
        add_from_to(out, rise);
        text_add(out, ", and levels off");
    } else if (leak_seen(rise)) {
        say_rises(out, rise, limit_bytes);
    } else {
        text_add(out, "no rise of its memory seen (");
        add_bounds(out, rise);
        text_format(out, " %s a minute)", scale.name);
    }
}

void leak_estimate(struct text *out, const struct leak *rise)
{
    struct scale scale = scale_of(&rise->a_second);

    if (!rise->known) {
        text_add(out, "-");
    } else if (!rise->a_second.known) {
        text_add(out, stays(rise) ? "none seen" : "too short");
    } else if (rise->levels_off) {
        text_add(out, "levels off");
    } else if (rise->rises) {
        add_rate(out, &scale, rise->a_second.slope, false);
        text_format(out, " %s", scale.name);
    } else {
        text_add(out, "none seen");
    }
}

void leak_interval(struct text *out, const struct leak *rise)
{
    if (!rise->known || !rise->a_second.known) {
        text_add(out, "-");
    } else if (stays(rise)) {
        text_add(out, "0");
    } else {
        add_bounds(out, rise);
        text_format(out, " %s", scale_of(&rise->a_second).name);
    }
}

void leak_limit(struct text *out, const struct leak *rise)
{
    if (limit_told(rise)) {
        add_long(out, rise->limit_after_s);
    } else {
        text_add(out, "-");
    }
}
