#include "analysis/capacity/limit_bracket.h"

#include "analysis/capacity/recurrence.h"
#include "base/mem.h"

#include <math.h>
#include <stdlib.h>

/* A search was made, or the steps lie close: half a doubling. */
#define ESTIMATED_WITHIN 1.4143

/* Requests that violate a limit where none was seen to: half of one event. */
#define UNSEEN 0.5

/* The figure of a level that a straight line is drawn through, and where it reaches the limit. NAN: there is none. */
struct level_point {
    double load; /* logarithm */
    double figure, allowed;
};

static double log_odds(double share)
{
    return log(share / (1 - share));
}

static struct level_point point_of(const struct level *level, enum limit limit)
{
    const struct limit_judgement *judgement = &level->judgement;
    struct level_point point = {.load = log((double)level->level), .figure = NAN, .allowed = NAN};
    const struct share *share = &judgement->share;

    if (share->of > 0) {
        double unseen = UNSEEN * share->cluster / share->of;
        double seen = fmin(fmax(share->count / share->of, unseen), 1 - UNSEEN / share->of);
        point.figure = log_odds(seen);
        point.allowed = log_odds(judgement->allowed_share);
    } else if (limit == LIMIT_MEMORY && judgement->state != LIMIT_NOT_JUDGED) {
        point.figure = judgement->observed;
        point.allowed = judgement->allowed;
    }
    return point;
}

/* Where the line through two points reaches what is allowed; between them at all events. */
static double crossing(const struct level_point *below, const struct level_point *above)
{
    double rise = above->figure - below->figure;
    double part = rise > 0 ? (above->allowed - below->figure) / rise : NAN;

    if (!isfinite(part)) {
        part = 0.5;
    }
    return below->load + fmin(fmax(part, 0), 1) * (above->load - below->load);
}

/* Chance may let the figures cross the limit several times: the mean of the first and the last crossing. */
static double estimate(const struct level *levels, size_t held, size_t broke, enum limit limit)
{
    double first = NAN, last = NAN;

    for (size_t i = held; i < broke; i++) {
        size_t next = i + 1;
        while (next < broke && levels[next].state == LIMIT_NOT_JUDGED) {
            next++;
        }
        bool below = i == held || !levels[i].over, above = next == broke || levels[next].over;
        if (levels[i].state != LIMIT_NOT_JUDGED && below && above) {
            struct level_point from = point_of(&levels[i], limit), to = point_of(&levels[next], limit);
            last = crossing(&from, &to);
            first = isnan(first) ? last : first;
        }
    }
    return exp((first + last) / 2);
}

void limit_bracket_find(const struct judged_step *steps, size_t count, size_t place, struct limit_bracket *ret_bracket)
{
    struct level *levels = mem_new(count, sizeof *levels);
    size_t level_count = levels_of_limit(steps, count, place, levels);
    struct limit_bracket bracket = {.limit = limit_of_place(place),
                                    .breaks_at = UINT64_MAX,
                                    .high = INFINITY,
                                    .estimate = NAN};
    struct level_cut cut;

    levels_cut(levels, level_count, &cut);
    recurrence_lower(levels, level_count, &cut);
    for (size_t i = 0; i < level_count; i++) {
        if (levels[i].runs > 0) {
            bracket.judged = true;
            bracket.request = levels[i].judgement.request;
        }
    }
    if (cut.held != LEVELS_NONE) {
        bracket.holds_at = levels[cut.held].level;
        bracket.low = (double)bracket.holds_at;
    }
    if (cut.broke != LEVELS_NONE) {
        bracket.breaks_at = levels[cut.broke].level;
        bracket.high = (double)bracket.breaks_at;
        bracket.confirmed = levels[cut.broke].confirmed;
    }
    if (cut.held != LEVELS_NONE && cut.broke != LEVELS_NONE && bracket.high <= ESTIMATED_WITHIN * bracket.low) {
        bracket.estimate = estimate(levels, cut.held, cut.broke, bracket.limit);
    }
    free(levels);
    *ret_bracket = bracket;
}
