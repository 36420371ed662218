#include "contract/verify/mismatch.h"

#include "base/mem.h"
#include "contract/verify/excerpt.h"

#include <math.h>
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

struct search {
    double tolerance; /* of reals; 0: none */
    struct text *out;
};

static bool find(const struct search *search, const char *path, const json_t *expected, const json_t *came);

static bool find_in_member(const struct search *search, const char *path, const char *key, const json_t *expected,
                           const json_t *came)
{
    char *inner = mem_format("%s%s%s", path, *path != '\0' ? "." : "", key);
    bool found = find(search, inner, json_object_get(expected, key), json_object_get(came, key));
    free(inner);
    return found;
}

static bool find_in_object(const struct search *search, const char *path, const json_t *expected, const json_t *came)
{
    const char *key;
    json_t *value;

    json_object_foreach((json_t *)expected, key, value)
    {
        if (find_in_member(search, path, key, expected, came)) {
            return true;
        }
    }
    json_object_foreach((json_t *)came, key, value)
    {
        if (json_object_get(expected, key) == NULL) {
            return find_in_member(search, path, key, expected, came);
        }
    }
    return false;
}

static bool find_in_array(const struct search *search, const char *path, const json_t *expected, const json_t *came)
{
    size_t count = json_array_size(expected);
    size_t more = json_array_size(came) > count ? json_array_size(came) : count;

    for (size_t i = 0; i < more; i++) {
        char *inner = mem_format("%s[%zu]", path, i);
        bool found = find(search, inner, json_array_get(expected, i), json_array_get(came, i));
        free(inner);
        if (found) {
            return true;
        }
    }
    return false;
}

static bool is_near(const struct search *search, const json_t *expected, const json_t *came)
{
    double wanted = json_number_value(expected);

    return search->tolerance > 0 && json_is_real(expected) && json_is_number(came) &&
           fabs(json_number_value(came) - wanted) <= search->tolerance * fmax(1, fabs(wanted));
}

static bool find(const struct search *search, const char *path, const json_t *expected, const json_t *came)
{
    if (json_is_object(expected) && json_is_object(came)) {
        return find_in_object(search, path, expected, came);
    }
    if (json_is_array(expected) && json_is_array(came)) {
        return find_in_array(search, path, expected, came);
    }
    if (json_equal(expected, came) == 1 || is_near(search, expected, came)) {
        return false;
    }
    return tell(path, expected, came, search->out);
}

bool mismatch_find(const json_t *expected, const json_t *came, struct text *out)
{
    return mismatch_find_near(expected, came, 0, out);
}

bool mismatch_find_near(const json_t *expected, const json_t *came, double tolerance, struct text *out)
{
    struct search search = {.tolerance = tolerance, .out = out};

    /* Most are equal, and jansson is quick to see that. */
    return json_equal(expected, came) == 1 ? false : find(&search, "", expected, came);
}
