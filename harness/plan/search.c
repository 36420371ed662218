#include "plan/search.h"

#include <math.h>

void search_init(struct search *search, uint64_t holds, uint64_t breaks, double width)
{
    *search = (struct search){.holds = holds, .breaks = breaks, .ceiling = breaks, .width = width};
}

uint64_t search_next(const struct search *search)
{
    double low = (double)search->holds, high = (double)search->ceiling;

    if (search->width <= 0 || search->holds == 0 || high <= low * (1 + search->width)) {
        return 0;
    }
    uint64_t middle = (uint64_t)llround(sqrt(low * high));
    return middle > search->holds && middle < search->ceiling ? middle : 0;
}

void search_held(struct search *search, uint64_t level)
{
    search->holds = level;
}

void search_broke(struct search *search, uint64_t level)
{
    search->breaks = level;
    search->ceiling = level;
}

void search_said_nothing(struct search *search, uint64_t level)
{
    search->ceiling = level;
}

unsigned search_most_steps(double ratio, double width)
{
    unsigned steps = 0;

    for (; width > 0 && ratio > 1 + width; ratio = sqrt(ratio)) {
        steps++;
    }
    return steps;
}
