/* excerpt: bytes from outside made fit for a person's eyes: printable ASCII as it is, other characters as \u{301},
 * bytes that are no UTF-8 as \xff, and what is too long cut. */
#ifndef TWOFOLD_CONTRACT_VERIFY_EXCERPT_H
#define TWOFOLD_CONTRACT_VERIFY_EXCERPT_H

#include "base/text.h"

#include <stddef.h>
#include <stdint.h>

/* Append at most about `most` characters of `data`; when cut, the end says how many bytes there are in all. */
void excerpt_add(struct text *out, const char *data, size_t length, size_t most);

/* The code point that begins at `data`, and in *ret_length the bytes that it takes; -1 and 1 where no UTF-8 begins. */
int32_t excerpt_code_point(const char *data, size_t length, size_t *ret_length);

#endif
