/* phrase: random Unicode strings as UTF-8, biased towards what services get wrong: astral planes, combining marks, NUL
 * and other controls, quotes and backslashes, right-to-left scripts, noncharacters, leading and trailing white space.
 * Never a surrogate. */
#ifndef TWOFOLD_CONTRACT_VERIFY_MODEL_PHRASE_H
#define TWOFOLD_CONTRACT_VERIFY_MODEL_PHRASE_H

#include "base/random.h"
#include "base/text.h"

#include <stddef.h>
#include <stdint.h>

/* Append a random phrase of exactly `points` code points. */
void phrase_add(struct text *out, struct random *random, size_t points);

/* Append one code point as UTF-8. */
void phrase_add_point(struct text *out, uint32_t point);

/* Append the UTF-8 at `data` as a quoted JSON string; `random` decides which characters are escaped. */
void phrase_quote(struct text *out, struct random *random, const char *data, size_t length);

#endif
