/* json_change: changes a JSON value in one place, as a careless or hostile writer would. libFuzzer's own mutations
 * rarely leave a text valid in which every member is required; these do. */
#ifndef TWOFOLD_TESTS_FUZZ_JSON_CHANGE_H
#define TWOFOLD_TESTS_FUZZ_JSON_CHANGE_H

#include "base/random.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

/* The place of a value. */
struct json_place {
    json_t *parent; /* an array or an object */
    const char *key;
    size_t index;
    json_t *value;
};

/* Pick one of the values below `top` for which `wanted` holds (NULL: any), all equally likely. Returns false when there
 * is none. */
bool json_change_pick(json_t *top, bool (*wanted)(const json_t *), struct random *random, struct json_place *ret_place);

/* Replace the value at `place` by `value`, whose reference is taken over. */
void json_change_put(const struct json_place *place, json_t *value);

/* Change one value below `top`: replace it by one of the same or another type, remove it, duplicate it, or add one. A
 * string that contains a JSON object is changed inside. `strings` (NULL-terminated, at least one) are candidates for
 * values and keys. */
void json_change(json_t *top, const char *const *strings, struct random *random);

/* For a target's own mutator: replace the JSON object at `data` by a changed one of at most `most` bytes; when that is
 * not possible, libFuzzer's default mutator is used. Returns the new size. */
size_t json_change_bytes(uint8_t *data, size_t size, size_t most, const char *const *strings, unsigned seed);

#endif
