/* folded_columns: columns of whole numbers that change little from row to row, such as moments and counters, as their
 * differences in the largest unit that divides them all, which comes first: {"+cpu_ns": [1000, 14, 2, 0, null, 3]}
 * stands for {"cpu_ns": [14000, 16000, 16000, null, 19000]}. A third of the bytes when it is compressed. */
#ifndef TWOFOLD_RECORD_READING_FOLDED_COLUMNS_H
#define TWOFOLD_RECORD_READING_FOLDED_COLUMNS_H

#include "base/error.h"

#include <jansson.h>

/* Folds every column of the object that has nothing but whole numbers and nulls, and two rows or more. */
void folded_columns_fold(json_t *columns);

/* The object with its columns as they were before, a new reference. Takes over what `columns` holds: read it once.
 * ERROR_INPUT names the column whose numbers have no sum, or that is there in both forms. */
int folded_columns_unfold(const json_t *columns, json_t **ret_columns, struct error *err);

#endif
