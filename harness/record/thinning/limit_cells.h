/* limit_cells: which buckets of a histogram no round limit of the response time, nor half of one, tells apart. A
 * verdict counts the requests above a limit and above half of it (analysis/verdict/limit_test.h): buckets that
 * are in one cell may be merged and give the same counts. */
#ifndef TWOFOLD_RECORD_THINNING_LIMIT_CELLS_H
#define TWOFOLD_RECORD_THINNING_LIMIT_CELLS_H

#include "stats/histogram.h"

#include <stddef.h>
#include <stdint.h>

struct limit_cells {
    struct histogram like; /* an empty one of two digits, whose buckets these are */
    uint32_t *number;      /* of the cell, by bucket; never falls */
};

/* The cells between 1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8 and 9 times each power of ten nanoseconds, the halves of all
 * of these, and the `count` limits at `own_ns`. Release with limit_cells_release. */
void limit_cells_find(const uint64_t *own_ns, size_t count, struct limit_cells *ret_cells);
void limit_cells_release(struct limit_cells *cells);

#endif
