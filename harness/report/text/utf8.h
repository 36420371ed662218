/* utf8: strings as a terminal shows them: how many columns they take, and what of them is safe to show. */
#ifndef TWOFOLD_REPORT_TEXT_UTF8_H
#define TWOFOLD_REPORT_TEXT_UTF8_H

#include "base/text.h"

#include <stddef.h>
#include <stdint.h>

/* The code point at `string`, which must not be at its end. Returns where the next one begins. A byte that is not UTF-8
 * gives U+FFFD and is passed over alone. */
const char *utf8_next(const char *string, uint32_t *ret_point);

/* Columns on a terminal: 0 for combining marks, 2 for East Asian wide characters and emoji, else 1. */
size_t utf8_point_columns(uint32_t point);
size_t utf8_columns(const char *string);

/* Append `string` as one line that is safe to show: line breaks and tabs become spaces, other control characters,
 * characters that turn the writing direction and bytes that are not UTF-8 become U+FFFD. NULL appends nothing. */
void utf8_plain(struct text *out, const char *string);

/* Append `string` with only the bytes that are not UTF-8 replaced (by U+FFFD): what JSON can carry. */
void utf8_repair(struct text *out, const char *string);

#endif
