/* base64: RFC 4648 with padding. */
#ifndef TWOFOLD_BASE_BASE64_H
#define TWOFOLD_BASE_BASE64_H

#include "base/text.h"

#include <stddef.h>

void base64_encode(const void *data, size_t length, struct text *out);

/* Append the bytes of a NUL-terminated base64 text. -1 on any character or length that does not belong, and on bits
 * left over that are not zero; `out` may then hold a part. */
int base64_decode(const char *base64, struct text *out);

#endif
