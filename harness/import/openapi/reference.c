#include "import/openapi/reference.h"

#include "base/text.h"
#include "import/url.h"

#include <stdlib.h>
#include <string.h>

enum { HOPS_MOST = 32 };

/* The name that a part of a JSON pointer (RFC 6901) in a URL's fragment stands for, on the heap. */
static char *name_of(const char *part, size_t length)
{
    struct text decoded = {0}, name = {0};

    url_decode(&decoded, part, length, false);
    for (const char *c = decoded.length > 0 ? decoded.data : ""; *c != '\0'; c++) {
        if (c[0] == '~' && (c[1] == '0' || c[1] == '1')) {
            text_add(&name, c[1] == '0' ? "~" : "/");
            c++;
        } else {
            text_append(&name, c, 1);
        }
    }
    text_release(&decoded);
    return text_take(&name);
}

static const json_t *member(const json_t *value, const char *name)
{
    if (json_is_array(value)) {
        return json_array_get(value, (size_t)strtoul(name, NULL, 10));
    }
    return json_object_get(value, name);
}

/* `pointer` is "#/components/schemas/Pet". */
static const json_t *look_up(const json_t *document, const char *pointer)
{
    const json_t *at = document;

    if (pointer == NULL || *pointer++ != '#') {
        return NULL;
    }
    while (at != NULL && *pointer == '/') {
        size_t length = strcspn(pointer + 1, "/");
        char *name = name_of(pointer + 1, length);
        at = member(at, name);
        free(name);
        pointer += 1 + length;
    }
    return at;
}

const json_t *reference_follow(const json_t *document, const json_t *value)
{
    for (unsigned hops = 0; hops < HOPS_MOST; hops++) {
        const json_t *reference = json_object_get(value, "$ref");
        if (!json_is_string(reference)) {
            return value;
        }
        value = look_up(document, json_string_value(reference));
    }
    return NULL;
}
