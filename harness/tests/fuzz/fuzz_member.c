/* The quick look at one member agrees with a whole parser, wherever that takes the text. The input: the member's name,
 * what it is to be, the JSON, with a NUL behind the first two. */
#include "base/mem.h"
#include "fuzz.h"
#include "load/member.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

/* A block without a NUL behind it. */
static char *bare(const char *data, size_t length)
{
    char *copy = malloc(length > 0 ? length : 1);
    memcpy(copy, data, length);
    return copy;
}

/* Numbers are compared by what they are worth, whichever way they are written. */
static bool is_same(const json_t *member, const json_t *wanted)
{
    if (json_is_number(member) && json_is_number(wanted) && (json_is_real(member) || json_is_real(wanted))) {
        return json_number_value(member) == json_number_value(wanted);
    }
    return member != NULL && json_equal(member, wanted);
}

static void check(const char *name, const char *expected, const char *json, size_t length, bool found)
{
    json_t *object = json_loadb(json, length, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, NULL);
    json_t *wanted = json_loadb(expected, strlen(expected), JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);

    if (json_is_object(object) && wanted != NULL) {
        const json_t *member = json_object_get(object, name);
        FUZZ_HOLDS(found == is_same(member, wanted));
    }
    json_decref(object);
    json_decref(wanted);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_bytes bytes = {data, size};
    char *name = fuzz_string(&bytes);
    char *expected = fuzz_string(&bytes);
    char *bare_expected = bare(expected, strlen(expected));
    char *json = bare((const char *)bytes.at, bytes.left);

    bool found = member_equals(json, bytes.left, name, bare_expected, strlen(expected));
    check(name, expected, json, bytes.left, found);
    free(json);
    free(bare_expected);
    free(expected);
    free(name);
    return 0;
}
