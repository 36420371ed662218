#include "plan/traffic/url_path.h"

#include <stdbool.h>
#include <string.h>

static bool must_be_encoded(unsigned char c)
{
    return c <= 0x20 || c >= 0x7f || strchr("\"<>\\^`{|}#", c) != NULL;
}

void url_path_encode(struct text *out, const char *part, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)part[i];
        if (must_be_encoded(c)) {
            text_format(out, "%%%02X", c);
        } else {
            text_append(out, part + i, 1);
        }
    }
}
