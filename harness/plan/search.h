/* search: which load to try next between the highest one that held and the lowest that did not, halving their ratio
 * until it is within a width. Levels are whole numbers, whatever they count. */
#ifndef TWOFOLD_PLAN_SEARCH_H
#define TWOFOLD_PLAN_SEARCH_H

#include <stdbool.h>
#include <stdint.h>

struct search {
    uint64_t holds;   /* 0: nothing held, so there is nothing to search */
    uint64_t breaks;  /* 0: nothing broke, the same */
    uint64_t ceiling; /* at most `breaks`: the lowest level above `holds` that needs no further try */
    double width;     /* 0: no search */
};

void search_init(struct search *search, uint64_t holds, uint64_t breaks, double width);

/* The next level to try, in the middle on a log scale; 0: the search is over. */
uint64_t search_next(const struct search *search);

/* What came of the level that search_next gave. One that said nothing narrows down where to look, not what is known. */
void search_held(struct search *search, uint64_t level);
void search_broke(struct search *search, uint64_t level);
void search_said_nothing(struct search *search, uint64_t level);

/* The most steps that it takes to come from `ratio` (above 1) to the width. */
unsigned search_most_steps(double ratio, double width);

#endif
