#include "contract/verify/mismatch.h"

#include "base/mem.h"
#include "contract/verify/excerpt.h"

#include <stdlib.h>
#include <string.h>

enum { VALUE_SHOWN = 240 };

static void add_value(struct text *out, const json_t *value)
{
    if (value == NULL) {
        text_add(out, "absent");
        return;
    }
    char *dump = json_dumps(value, JSON_ENCODE_ANY | JSON_ENSURE_ASCII | JSON_COMPACT);
    excerpt_add(out, dump, strlen(dump), VALUE_SHOWN);
    free(dump);
}

static bool tell(const char *path, const json_t *expected, const json_t *came, struct text *out)
{
    text_format(out, "%s is ", *path != '\0' ? path : "the body");
    add_value(out, came);
    text_add(out, ", expected ");
    add_value(out, expected);
    return true;
}

static bool find(const char *path, const json_t *expected, const json_t *came, struct text *out);

static bool find_in_member(const char *path, const char *key, const json_t *expected, const json_t *came,
                           struct text *out)
{
    char *inner = mem_format("%s%s%s", path, *path != '\0' ? "." : "", key);
    bool found = find(inner, json_object_get(expected, key), json_object_get(came, key), out);
    free(inner);
    return found;
}

static bool find_in_object(const char *path, const json_t *expected, const json_t *came, struct text *out)
{
    const char *key;
    json_t *value;

    json_object_foreach((json_t *)expected, key, value)
    {
        if (find_in_member(path, key, expected, came, out)) {
            return true;
        }
    }
    json_object_foreach((json_t *)came, key, value)
    {
        if (json_object_get(expected, key) == NULL) {
            return find_in_member(path, key, expected, came, out);
        }
    }
    return false;
}

static bool find_in_array(const char *path, const json_t *expected, const json_t *came, struct text *out)
{
    size_t count = json_array_size(expected);
    size_t more = json_array_size(came) > count ? json_array_size(came) : count;

    for (size_t i = 0; i < more; i++) {
        char *inner = mem_format("%s[%zu]", path, i);
        bool found = find(inner, json_array_get(expected, i), json_array_get(came, i), out);
        free(inner);
        if (found) {
            return true;
        }
    }
    return false;
}

static bool find(const char *path, const json_t *expected, const json_t *came, struct text *out)
{
    if (json_is_object(expected) && json_is_object(came)) {
        return find_in_object(path, expected, came, out);
    }
    if (json_is_array(expected) && json_is_array(came)) {
        return find_in_array(path, expected, came, out);
    }
    return json_equal(expected, came) == 1 ? false : tell(path, expected, came, out);
}

bool mismatch_find(const json_t *expected, const json_t *came, struct text *out)
{
    /* Most are equal, and jansson is quick to see that. */
    return json_equal(expected, came) == 1 ? false : find("", expected, came, out);
}
