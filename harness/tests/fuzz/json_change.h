/* json_change: a JSON value changed in one place, as a careless or a hostile writer would. libFuzzer's own changes
 * hardly ever leave a text readable in which everything must be there; these do. */
#ifndef TWOFOLD_TESTS_FUZZ_JSON_CHANGE_H
#define TWOFOLD_TESTS_FUZZ_JSON_CHANGE_H

#include "base/random.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

/* Where a value stands. */
struct json_place {
    json_t *parent; /* an array or an object */
    const char *key;
    size_t index;
    json_t *value;
};

/* One of the values below `top` that are `wanted` (NULL: any), each as likely. False: there is none. */
bool json_change_pick(json_t *top, bool (*wanted)(const json_t *), struct random *random, struct json_place *ret_place);

/* Put `value` (taken over) in the place of what stands there. */
void json_change_put(const struct json_place *place, json_t *value);

/* Change one value below `top`: another of its kind, another kind, none, one twice, one more. A string that holds a
 * JSON object is changed inside. `strings` (NULL-terminated, at least one) are worth trying as values and as keys. */
void json_change(json_t *top, const char *const *strings, struct random *random);

/* For a target's own way of changing its input: the JSON object at `data`, changed, is put in its place as a text of at
 * most `most` bytes, or libFuzzer changes the bytes its own way. Returns the new size. */
size_t json_change_bytes(uint8_t *data, size_t size, size_t most, const char *const *strings, unsigned seed);

#endif
