/* mismatch: the first difference between two JSON values. */
#ifndef TWOFOLD_CONTRACT_VERIFY_MISMATCH_H
#define TWOFOLD_CONTRACT_VERIFY_MISMATCH_H

#include "base/text.h"

#include <jansson.h>
#include <stdbool.h>

/* Returns false when both are equal: the same members in any order, the same elements in order, numbers of the same
 * type and value, strings with the same code points. Otherwise returns true and appends the path and both values, for
 * example "items[3].stock is 6, expected 5". */
bool mismatch_find(const json_t *expected, const json_t *came, struct text *out);

/* The same, where a real that is expected may come as any number within `tolerance` of it, times its magnitude where
 * that is above 1. Integers are compared exactly. */
bool mismatch_find_near(const json_t *expected, const json_t *came, double tolerance, struct text *out);

#endif
