#include "bench/search.h"

#include <math.h>

uint64_t search_middle(const struct level *levels, const struct level_cut *cut, double width)
{
    double widest = 1 + width;
    uint64_t middle = 0;

    for (size_t i = cut->held; i < cut->broke; i++) {
        double low = (double)levels[i].level, high = (double)levels[i + 1].level;
        uint64_t between = (uint64_t)llround(sqrt(low * high));
        if (high / low > widest && between > levels[i].level && between < levels[i + 1].level) {
            widest = high / low;
            middle = between;
        }
    }
    return middle;
}

uint64_t search_foothold(const struct level *levels, const struct level_cut *cut, unsigned tries_most)
{
    for (size_t i = cut->broke; i-- > 0;) {
        if (levels[i].state == LIMIT_UNDECIDED && !levels[i].over) {
            return levels[i].tries < tries_most ? levels[i].level : 0;
        }
    }
    return 0;
}

uint64_t search_again(const struct level *levels, const struct level_cut *cut, unsigned tries_most)
{
    const struct level *broke = &levels[cut->broke], *found = NULL;

    for (size_t i = cut->held + 1; i < cut->broke; i++) {
        if (levels[i].tries < tries_most && (found == NULL || levels[i].tries < found->tries)) {
            found = &levels[i];
        }
    }
    if (found == NULL && !broke->confirmed && broke->tries < tries_most) {
        found = broke;
    }
    return found != NULL ? found->level : 0;
}
