#include "analysis/resource/projection.h"

#include "base/mem.h"
#include "stats/least_squares.h"
#include "stats/t_quantile.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

/* Points below this share of the highest load say nothing of what comes above it. */
#define SPAN 8.0

#define LOADS_LEAST 3

/* The scatter that is usual, as a share of the use, and how many points that knowledge is worth. */
#define USUAL_SCATTER 0.05
#define USUAL_WORTH   4.0

/* By which the ends of the interval move for each doubling beyond the highest load. */
#define RAISED_EACH  1.25
#define LOWERED_EACH 1.10

/* Enough to halve 16 times a load down to its last digit. */
#define HALVINGS 60

struct use_line {
    struct fitted_line fitted;
    double weights;      /* their sum */
    double variance;     /* of a use around the line, as a share of it, squared */
    double quantile;     /* of Student's t */
    double highest_load; /* of the points */
};

/* The use at a load: the line's, plus `errors` times half the width of the prediction interval. */
static double use_at(const struct use_line *line, double load, double errors)
{
    double use = line->fitted.y_mean + line->fitted.slope * (load - line->fitted.x_mean);
    double distance = load - line->fitted.x_mean;
    double spread = use * use + 1 / line->weights + distance * distance / line->fitted.x_squares;
    return use + errors * line->quantile * sqrt(line->variance * spread);
}

/* The lowest load, from the highest of the points on, at which the use reaches `most`. */
static double load_at(const struct use_line *line, double most, double errors)
{
    double low = line->highest_load, high = PROJECTION_FURTHEST * line->highest_load;

    if (use_at(line, low, errors) >= most) {
        return low;
    }
    if (!(use_at(line, high, errors) >= most)) {
        return INFINITY;
    }
    for (int i = 0; i < HALVINGS; i++) {
        double middle = low + (high - low) / 2;
        if (use_at(line, middle, errors) >= most) {
            high = middle;
        } else {
            low = middle;
        }
    }
    return high;
}

static double highest_load(const struct projection_point *points, size_t count)
{
    double highest = 0;

    for (size_t i = 0; i < count; i++) {
        highest = fmax(highest, points[i].load);
    }
    return highest;
}

/* How many different loads there are from `lowest` on, up to as many as are needed. */
static size_t count_loads(const struct projection_point *points, size_t count, double lowest)
{
    size_t loads = 0;

    for (double above = nextafter(lowest, 0); loads < LOADS_LEAST; loads++) {
        double next = INFINITY;
        for (size_t i = 0; i < count; i++) {
            if (points[i].load > above) {
                next = fmin(next, points[i].load);
            }
        }
        if (isinf(next)) {
            break;
        }
        above = next;
    }
    return loads;
}

/* Each point weighs by one over its use squared, so that all have the same scatter as a share. */
static void fit(const struct projection_point *points, size_t count, double lowest, struct use_line *line)
{
    double *loads = mem_new(count, sizeof *loads), *uses = mem_new(count, sizeof *uses);
    double *weights = mem_new(count, sizeof *weights);
    double squares = 0;
    size_t taken = 0;

    for (size_t i = 0; i < count; i++) {
        if (points[i].load >= lowest) {
            loads[taken] = points[i].load;
            uses[taken] = points[i].used;
            weights[taken] = 1 / (points[i].used * points[i].used);
            line->weights += weights[taken++];
        }
    }
    least_squares_fit_weighted(loads, uses, weights, taken, &line->fitted);
    for (size_t i = 0; i < taken; i++) {
        double residual = least_squares_residual(&line->fitted, loads[i], uses[i]);
        squares += weights[i] * residual * residual;
    }
    double freedom = USUAL_WORTH + (double)taken - 2;
    line->variance = (USUAL_WORTH * USUAL_SCATTER * USUAL_SCATTER + squares) / freedom;
    line->quantile = t_quantile(freedom);
    free(loads);
    free(uses);
    free(weights);
}

static bool rises(const struct use_line *line)
{
    double error = line->quantile * sqrt(line->variance / line->fitted.x_squares);
    return line->fitted.slope > error;
}

double projection_use(const struct projection_point *points, size_t count, double load)
{
    struct use_line line = {.highest_load = highest_load(points, count)};
    double lowest = line.highest_load / SPAN;

    if (count_loads(points, count, lowest) < LOADS_LEAST || load > PROJECTION_FURTHEST * line.highest_load) {
        return NAN;
    }
    fit(points, count, lowest, &line);
    return use_at(&line, rises(&line) ? load : line.fitted.x_mean, 0);
}

void projection_find(const struct projection_point *points, size_t count, double most, struct projection *ret_found)
{
    struct projection found = {.kind = PROJECTION_NONE, .at = NAN, .low = NAN, .high = NAN};
    struct use_line line = {.highest_load = highest_load(points, count)};
    double lowest = line.highest_load / SPAN;

    if (count_loads(points, count, lowest) < LOADS_LEAST) {
        *ret_found = found;
        return;
    }
    fit(points, count, lowest, &line);
    if (!rises(&line)) {
        found.kind = PROJECTION_FLAT;
        *ret_found = found;
        return;
    }
    double at = load_at(&line, most, 0), reach = fmin(at, PROJECTION_FURTHEST * line.highest_load);
    double doublings = log2(reach / line.highest_load);
    found.low = fmin(load_at(&line, most, 1), reach) / pow(LOWERED_EACH, doublings);
    found.low = fmax(line.highest_load, found.low);
    found.high = load_at(&line, most, -1) * pow(RAISED_EACH, doublings);
    found.kind = PROJECTION_FAR;
    if (isfinite(at)) {
        found.kind = PROJECTION_MADE;
        found.at = at;
    }
    *ret_found = found;
}
