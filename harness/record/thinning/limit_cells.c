#include "record/thinning/limit_cells.h"

#include "base/mem.h"

#include <stddef.h>
#include <stdlib.h>

/* The first bucket whose requests count as longer than `ns`. */
static void begin_cell(struct limit_cells *cells, uint64_t ns)
{
    uint64_t low, width;
    uint32_t first = histogram_index(&cells->like, ns);

    histogram_bucket(&cells->like, first, &low, &width);
    first += low + width - 1 <= ns;
    if (first < cells->like.count_length) {
        cells->number[first] = 1;
    }
}

static void begin_cells(struct limit_cells *cells, uint64_t limit_ns)
{
    if (limit_ns <= cells->like.highest) {
        begin_cell(cells, limit_ns);
        begin_cell(cells, limit_ns / 2);
    }
}

void limit_cells_find(const uint64_t *own_ns, size_t count, struct limit_cells *ret_cells)
{
    static const uint64_t tenths[] = {10, 12, 15, 20, 25, 30,
                                      40, 50, 60, 70, 80, 90}; /* as harness/web/src/limits.js */
    struct limit_cells cells;

    histogram_init(&cells.like, 2);
    cells.number = mem_new(cells.like.count_length, sizeof *cells.number);
    for (uint64_t ten = 10; ten / 10 <= cells.like.highest; ten *= 10) {
        for (size_t i = 0; i < sizeof tenths / sizeof tenths[0]; i++) {
            begin_cells(&cells, ten * tenths[i] / 10);
        }
    }
    for (size_t i = 0; i < count; i++) {
        begin_cells(&cells, own_ns[i]);
    }
    for (uint32_t i = 1; i < cells.like.count_length; i++) {
        cells.number[i] += cells.number[i - 1];
    }
    *ret_cells = cells;
}

void limit_cells_release(struct limit_cells *cells)
{
    histogram_release(&cells->like);
    free(cells->number);
}
