/* nearest: the items whose names are nearest to a text by edit distance, as the search of the contract must find them.
 * Pure. */
#ifndef TWOFOLD_CONTRACT_VERIFY_CHECKS_NEAREST_H
#define TWOFOLD_CONTRACT_VERIFY_CHECKS_NEAREST_H

#include "contract/verify/model/catalog.h"

#include <jansson.h>
#include <stddef.h>
#include <stdint.h>

/* The Levenshtein distance: the least number of code points to insert, delete or replace to turn `a` into `b`. */
size_t nearest_distance(const uint32_t *a, size_t a_count, const uint32_t *b, size_t b_count);

/* The correct response to a search for the UTF-8 at `query` over the items of the catalog, a new reference. */
json_t *nearest_items(const struct catalog *catalog, const char *query, size_t length);

#endif
