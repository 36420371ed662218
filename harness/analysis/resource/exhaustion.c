#include "analysis/resource/exhaustion.h"

#include <math.h>
#include <stdint.h>

/* Everything at or below it counts as not exhausted. */
static size_t contradictions(const struct resource_point *points, size_t count, double cut)
{
    size_t contradicted = 0;

    for (size_t i = 0; i < count; i++) {
        if (points[i].load <= cut) {
            contradicted += points[i].exhausted;
        } else {
            contradicted += points[i].held && !points[i].exhausted;
        }
    }
    return contradicted;
}

static double find_cut(const struct resource_point *points, size_t count)
{
    double cut = 0;
    size_t fewest = contradictions(points, count, cut);

    for (size_t i = 0; i < count; i++) {
        size_t contradicted = contradictions(points, count, points[i].load);
        if (contradicted < fewest || (contradicted == fewest && points[i].load > cut)) {
            fewest = contradicted;
            cut = points[i].load;
        }
    }
    return cut;
}

/* The lowest point above the cut that is exhausted; NULL: none is. */
static const struct resource_point *first_exhausted(const struct resource_point *points, size_t count, double cut)
{
    const struct resource_point *first = NULL;

    for (size_t i = 0; i < count; i++) {
        if (points[i].exhausted && points[i].load > cut && (first == NULL || points[i].load < first->load)) {
            first = &points[i];
        }
    }
    return first;
}

static const struct resource_point *last_left(const struct resource_point *points, size_t count, double below)
{
    const struct resource_point *last = NULL;

    for (size_t i = 0; i < count; i++) {
        bool left = !points[i].exhausted && points[i].whole && points[i].load < below;
        if (left && (last == NULL || points[i].load > last->load)) {
            last = &points[i];
        }
    }
    return last;
}

/* Not for what stops at all there is: the step then asked for more than it shows. */
static bool crosses(const struct resource_point *low, const struct resource_point *high)
{
    return low->used < high->most && high->used > high->most * (1 + 1e-9) && high->most == low->most;
}

static double estimate(const struct resource_point *low, const struct resource_point *high,
                       const struct projection *projection)
{
    if (projection->kind == PROJECTION_MADE) {
        return fmin(fmax(projection->at, low->load), high->load);
    }
    if (crosses(low, high)) {
        return low->load + (high->load - low->load) * (high->most - low->used) / (high->used - low->used);
    }
    return high->load;
}

bool exhaustion_find(const struct resource_point *points, size_t count, const struct projection *projection,
                     struct exhaustion *ret_found)
{
    double cut = find_cut(points, count);
    const struct resource_point *high = first_exhausted(points, count, cut);

    if (high == NULL) {
        return false;
    }
    const struct resource_point *low = last_left(points, count, high->load);
    *ret_found = (struct exhaustion){.high = high->load, .at = high->load};
    if (low != NULL) {
        ret_found->low = low->load;
        ret_found->at = estimate(low, high, projection);
    }
    return true;
}
