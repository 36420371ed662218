/* search: the load to try next between the highest one that held and the lowest one that broke. It halves their ratio
 * until that is within a width. Levels are whole numbers, whatever they count. */
#ifndef TWOFOLD_PLAN_SEARCH_H
#define TWOFOLD_PLAN_SEARCH_H

#include <stdbool.h>
#include <stdint.h>

struct search {
    uint64_t holds;   /* 0: nothing held, so there is nothing to search */
    uint64_t breaks;  /* 0: nothing broke, the same */
    uint64_t ceiling; /* the lowest level above `holds` that was tried; at most `breaks` */
    double width;     /* 0.1: until `breaks` is at most 10 % above `holds`; 0: no search */
};

void search_init(struct search *search, uint64_t holds, uint64_t breaks, double width);

/* The next level to try, the geometric mean of the two; 0: the search is over. */
uint64_t search_next(const struct search *search);

/* Tell what came of the level that search_next gave. One that said nothing (it was invalid) narrows the search, but it
 * is not taken for a break. */
void search_held(struct search *search, uint64_t level);
void search_broke(struct search *search, uint64_t level);
void search_said_nothing(struct search *search, uint64_t level);

/* The largest number of steps that it takes to narrow `ratio` (above 1) to the width. */
unsigned search_most_steps(double ratio, double width);

#endif
