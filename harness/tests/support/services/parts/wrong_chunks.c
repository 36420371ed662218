#include "parts/wrong_chunks.h"

#include <stdlib.h>
#include <string.h>

size_t wrong_chunks_read(const char *data, size_t length, struct text *plain)
{
    size_t at = 0;

    for (;;) {
        const char *end = memmem(data + at, length - at, "\r\n", 2);
        if (end == NULL) {
            return 0;
        }
        size_t chunk = strtoul(data + at, NULL, 16);
        at = (size_t)(end - data) + 2;
        if (at + chunk + 2 > length) {
            return 0;
        }
        text_append(plain, data + at, chunk);
        at += chunk + 2;
        if (chunk == 0) {
            return at;
        }
    }
}
