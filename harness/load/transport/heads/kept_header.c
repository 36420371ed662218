#include "load/transport/heads/kept_header.h"

#include <string.h>
#include <strings.h>

/* The lines of a header block are "name:value" with a line end behind each. */
const char *kept_header(const char *head, size_t head_length, const char *name, size_t *ret_length)
{
    const char *at = head, *end = head_length > 0 ? head + head_length : head;
    size_t name_length = strlen(name);

    while (at < end) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        stop = stop != NULL ? stop : end;
        size_t length = (size_t)(stop - at);
        if (length > name_length && at[name_length] == ':' && strncasecmp(at, name, name_length) == 0) {
            const char *value = at + name_length + 1;
            while (value < stop && (*value == ' ' || *value == '\t')) {
                value++;
            }
            while (stop > value && (stop[-1] == ' ' || stop[-1] == '\t' || stop[-1] == '\r')) {
                stop--;
            }
            *ret_length = (size_t)(stop - value);
            return value;
        }
        at = stop + 1;
    }
    return NULL;
}
