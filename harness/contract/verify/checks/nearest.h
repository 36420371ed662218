/* nearest: the items whose names are nearest to a text by edit distance, as the contract's search must find them. Pure.
 */
#ifndef TWOFOLD_CONTRACT_VERIFY_CHECKS_NEAREST_H
#define TWOFOLD_CONTRACT_VERIFY_CHECKS_NEAREST_H

#include "contract/verify/model/catalog.h"

#include <jansson.h>
#include <stddef.h>
#include <stdint.h>

/* How many of the code points of `a` must be inserted, deleted or replaced to make `b` of it (Levenshtein). */
size_t nearest_distance(const uint32_t *a, size_t a_count, const uint32_t *b, size_t b_count);

/* The answer of a search for the UTF-8 at `query` over the items that the catalog holds, a new reference. */
json_t *nearest_items(const struct catalog *catalog, const char *query, size_t length);

#endif
