/* utf8: UTF-8 strings as a terminal shows them: how many columns they take, and which of their bytes are safe to
 * show; and the marks that say how the bytes of a file are encoded. */
#ifndef TWOFOLD_BASE_UTF8_H
#define TWOFOLD_BASE_UTF8_H

#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Read the code point at `string`, which must not be at its terminating NUL. Returns where the next code point
 * begins. A byte that is not UTF-8 gives U+FFFD, and only that byte is skipped. */
const char *utf8_next(const char *string, uint32_t *ret_point);

/* Columns on a terminal: 0 for combining marks, 2 for wide East Asian characters and emoji, 1 for all others. */
size_t utf8_point_columns(uint32_t point);
size_t utf8_columns(const char *string);

/* Whether a terminal would obey the code point, or be misled by it, instead of showing it: control characters (C0, DEL
 * and C1) and characters that change the writing direction. The one rule for what is never passed on as it came. */
bool utf8_is_control(uint32_t point);

/* How many of the string's bytes, whole characters, take at most `columns`. */
size_t utf8_fitting(const char *string, size_t columns);

/* Append `string` as one line that is safe to show. Line breaks and tabs become spaces. Other control characters,
 * characters that change the writing direction, and bytes that are not UTF-8 become U+FFFD. NULL appends nothing. */
void utf8_plain(struct text *out, const char *string);

/* Append `string` as a text of several lines that is safe to show: as utf8_plain, but newlines and tabs stay and each
 * character that is not safe becomes "?". NULL appends nothing. */
void utf8_lines(struct text *out, const char *string);

/* Append `string` as JSON can carry it: bytes that are not UTF-8 become U+FFFD, all else stays. NULL appends
 * nothing. */
void utf8_repair(struct text *out, const char *string);

/* The length of the byte order mark of UTF-8 at the start of `bytes`: 3, or 0 where there is none. */
size_t utf8_mark(const char *bytes, size_t length);

/* Whether `bytes` begin with the byte order mark of UTF-16. */
bool utf8_is_other(const char *bytes, size_t length);

#endif
