/* excerpt: foreign bytes made safe to show: printable ASCII unchanged, other characters as \u{301}, bytes that are not
 * UTF-8 as \xff, and long data cut. */
#ifndef TWOFOLD_CONTRACT_VERIFY_EXCERPT_H
#define TWOFOLD_CONTRACT_VERIFY_EXCERPT_H

#include "base/text.h"

#include <stddef.h>
#include <stdint.h>

/* Append about `most` characters of `data` at most. When data is cut, its total length in bytes is appended. */
void excerpt_add(struct text *out, const char *data, size_t length, size_t most);

/* The code point at `data`, with its length in bytes in *ret_length. Returns -1 and a length of 1 where the bytes are
 * not UTF-8. */
int32_t excerpt_code_point(const char *data, size_t length, size_t *ret_length);

#endif
