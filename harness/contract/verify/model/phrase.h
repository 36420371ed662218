/* phrase: random strings of Unicode, as UTF-8, biased to what services get wrong: astral planes, combining marks, NUL
 * and other controls, quotes and backslashes, writing from right to left, noncharacters, white space at the ends. Never
 * a surrogate. */
#ifndef TWOFOLD_CONTRACT_VERIFY_MODEL_PHRASE_H
#define TWOFOLD_CONTRACT_VERIFY_MODEL_PHRASE_H

#include "base/random.h"
#include "base/text.h"

#include <stddef.h>
#include <stdint.h>

/* Append a phrase of exactly `points` code points. */
void phrase_add(struct text *out, struct random *random, size_t points);

/* Append one code point as UTF-8. */
void phrase_add_point(struct text *out, uint32_t point);

/* Append the UTF-8 at `data` as a JSON string with its quotes; each character plain or escaped, as `random` will have
 * it. */
void phrase_quote(struct text *out, struct random *random, const char *data, size_t length);

#endif
