/* wrong_chunks: the bodies of requests that come in chunks. */
#ifndef TWOFOLD_TESTS_SUPPORT_PARTS_WRONG_CHUNKS_H
#define TWOFOLD_TESTS_SUPPORT_PARTS_WRONG_CHUNKS_H

#include "base/text.h"

#include <stddef.h>

/* Append the chunked body at `data` to `plain`. Returns the bytes that it took, 0 while it is not there as a whole. */
size_t wrong_chunks_read(const char *data, size_t length, struct text *plain);

#endif
