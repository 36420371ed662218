/* base64: the base64 encoding of RFC 4648, with padding. */
#ifndef TWOFOLD_BASE_BASE64_H
#define TWOFOLD_BASE_BASE64_H

#include "base/text.h"

#include <stddef.h>

/* Appends the encoding of `length` bytes to `out`. */
void base64_encode(const void *data, size_t length, struct text *out);

/* Decodes a NUL-terminated base64 string and appends its bytes to `out`. Returns 0, or -1 if the string has a character
 * or a length that base64 does not allow, or if unused bits at its end are not zero. On failure `out` can hold a part
 * of the bytes. */
int base64_decode(const char *base64, struct text *out);

#endif
