/* mismatch: the first place where two JSON values part. */
#ifndef TWOFOLD_CONTRACT_VERIFY_MISMATCH_H
#define TWOFOLD_CONTRACT_VERIFY_MISMATCH_H

#include "base/text.h"

#include <jansson.h>
#include <stdbool.h>

/* False when both are equal: the same members in any order, the same elements in order, numbers of the same kind and
 * value, strings code point by code point. Otherwise appends where they part and what stands on either side:
 * "items[3].stock is 6, expected 5". */
bool mismatch_find(const json_t *expected, const json_t *came, struct text *out);

#endif
