/* wrong_head: the heads of the wrong service's responses. */
#ifndef TWOFOLD_TESTS_SUPPORT_PARTS_WRONG_HEAD_H
#define TWOFOLD_TESTS_SUPPORT_PARTS_WRONG_HEAD_H

#include "base/text.h"
#include "wrong_catalog.h"

/* Append the head of a response whose body is said to have this length. `url` is where the service is. */
void wrong_head_write(struct text *out, enum fault fault, const char *url, const struct wrong_response *response,
                      size_t length);

#endif
