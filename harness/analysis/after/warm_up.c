#include "analysis/after/warm_up.h"

#include "base/mem.h"

#include <stdlib.h>

/* What is cut off took so many times as long as the rest, and is more than one interval, which anything may disturb. */
#define RATIO_LEAST     1.5
#define INTERVALS_LEAST 2

/* Fewer intervals with responses say nothing. */
#define POINTS_LEAST 8

struct point {
    uint64_t end_ns;
    double mean_ns;
};

static double mean_of(const struct point *points, size_t from, size_t to)
{
    double sum = 0;

    for (size_t i = from; i < to; i++) {
        sum += points[i].mean_ns;
    }
    return sum / (double)(to - from);
}

/* What MSER minimises: the sum of squared deviations from the mean, divided by the square of the count. */
static double spread_from(const struct point *points, size_t from, size_t count)
{
    double mean = mean_of(points, from, count), squares = 0;

    for (size_t i = from; i < count; i++) {
        squares += (points[i].mean_ns - mean) * (points[i].mean_ns - mean);
    }
    return squares / ((double)(count - from) * (double)(count - from));
}

static size_t best_cut(const struct point *points, size_t count)
{
    size_t best = 0;

    for (size_t cut = 1; cut <= count / 2; cut++) {
        if (spread_from(points, cut, count) < spread_from(points, best, count)) {
            best = cut;
        }
    }
    return best;
}

/* An interval in which nothing was due has no mean, and is no point. */
static size_t find_points(const struct load_record *load, struct point *points)
{
    size_t count = 0;

    for (size_t i = 0; i < load->interval_count; i++) {
        double mean_ns = histogram_mean(&load->intervals[i].response);
        if (mean_ns > 0) {
            points[count++] = (struct point){.end_ns = (i + 1) * load->interval_ns, .mean_ns = mean_ns};
        }
    }
    return count;
}

bool warm_up_find(const struct step_record *step, struct warm_up *ret_warm_up)
{
    struct point *points = mem_new(step->load.interval_count, sizeof *points);
    size_t count = find_points(&step->load, points);
    size_t cut = count >= POINTS_LEAST ? best_cut(points, count) : 0;
    bool seen = false;

    if (cut >= INTERVALS_LEAST) {
        double ratio = mean_of(points, 0, cut) / mean_of(points, cut, count);
        seen = ratio >= RATIO_LEAST;
        if (seen) {
            *ret_warm_up = (struct warm_up){.until_ns = points[cut - 1].end_ns, .ratio = ratio};
        }
    }
    free(points);
    return seen;
}
