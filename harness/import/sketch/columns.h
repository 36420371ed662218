/* columns: what filled the places of one kind of request, place by place, and the values of a scenario that fill them
 * again. */
#ifndef TWOFOLD_IMPORT_SKETCH_COLUMNS_H
#define TWOFOLD_IMPORT_SKETCH_COLUMNS_H

#include "import/mix/mix.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct place_column {
    const char *name;   /* borrowed from the kind */
    const char **cells; /* one for each row, as the request line had it; borrowed, with its end at `lengths` */
    size_t *lengths;
    bool in_query; /* where "+" is a space */
    bool varies;   /* false: all rows have the same here */
};

struct columns {
    struct place_column *columns; /* of the places that are no secrets */
    size_t count, row_count;
    size_t varying; /* how many of them vary */
};

void columns_init(struct columns *columns, const struct mix_kind *kind);
void columns_release(struct columns *columns);

/* Whether the column holds nothing but whole numbers, and at least every second one of those from the lowest to the
 * highest. Only then is an integer of that range likely to be one that the service knows. */
bool column_is_range(const struct place_column *column, size_t row_count, int64_t *ret_low, int64_t *ret_high);

/* Appends a cell as it was before it was encoded. */
void column_write_cell(const struct place_column *column, size_t row, struct text *out);

#endif
