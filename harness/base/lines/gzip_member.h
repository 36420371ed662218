/* gzip_member: bytes compressed as gzip, whole by themselves: gzip members that stand one after another in a file are
 * one text to every program that reads gzip. */
#ifndef TWOFOLD_BASE_LINES_GZIP_MEMBER_H
#define TWOFOLD_BASE_LINES_GZIP_MEMBER_H

#include "base/text.h"

#include <stddef.h>

/* Appends a member with these bytes to `out`, compressed as far as it can be. The same bytes make the same member. */
void gzip_member_add(struct text *out, const void *bytes, size_t length);

#endif
