/* json: strict reading of JSON files that people write, over jansson.
 *
 * A `struct json_source` is one parsed text; a `struct json_at` is a place in it, which knows its key path, so that
 * every complaint reads "FILE:LINE: KEY.PATH: what was expected, what stands there". Everything that a reader does not
 * ask for is refused: unknown keys (with the nearest known key), duplicates, wrong types, values out of range. All
 * complaints are ERROR_INPUT. */
#ifndef TWOFOLD_BASE_JSON_H
#define TWOFOLD_BASE_JSON_H

#include "base/error.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct json_source {
    char *name; /* the file's path, for messages */
    char *text; /* as read, so that lines can be found again */
    json_t *root;
};

struct json_at {
    const struct json_source *source;
    json_t *value;   /* borrowed from the source; NULL where an optional member is absent */
    json_t *parent;  /* what holds the value; NULL at the top. With key or index, how its line is found again */
    const char *key; /* in an object, borrowed from it; NULL in an array */
    size_t index;    /* in an array */
    char path[256];  /* for people: cut when too long */
};

/* Parse a file, or a text under a name. Duplicate keys, trailing bytes and bad UTF-8 are refused with their line. */
int json_source_read(struct json_source *source, const char *file, struct error *err);
int json_source_parse(struct json_source *source, const char *name, const char *text, struct error *err);
void json_source_release(struct json_source *source);

/* The top of the source. */
struct json_at json_top(const struct json_source *source);

/* ERROR_INPUT "FILE:LINE: PATH: …" at this place. Returns -1. */
int json_refuse(const struct json_at *at, struct error *err, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The same as "FILE:LINE: PATH: expected …, found …", where the second half describes the value. Returns -1. */
int json_expected(const struct json_at *at, struct error *err, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The place must be an object with no key outside `known` (NULL-terminated; NULL for an object with any keys). */
int json_check_object(const struct json_at *at, const char *const *known, struct error *err);

/* The member `key` of an object. json_need refuses an absent one and shows `example` as what could stand there;
 * json_find leaves `value` NULL then and always returns 0. The members of an object with any keys: json_object_foreach
 * over at->value, with json_find for each key. */
int json_need(const struct json_at *at, const char *key, const char *example, struct json_at *ret_member,
              struct error *err);
int json_find(const struct json_at *at, const char *key, struct json_at *ret_member);

/* The place must be an array with `least` to `most` elements; then its elements. */
int json_check_array(const struct json_at *at, size_t least, size_t most, struct error *err);
size_t json_count(const struct json_at *at);
struct json_at json_element(const struct json_at *at, size_t index);

/* Values. Strings are borrowed from the source. */
int json_read_text(const struct json_at *at, const char **ret_text, struct error *err); /* a string that is not empty */
int json_read_line(const struct json_at *at, const char **ret_text,
                   struct error *err); /* and has no control characters */
int json_read_integer(const struct json_at *at, int64_t least, int64_t most, int64_t *ret_value, struct error *err);
int json_read_choice(const struct json_at *at, const char *const *choices, int *ret_index, struct error *err);

/* Values written as strings with their unit: "50ms", "0.1%", "512MiB". Zero is refused, and a share above 100%. */
int json_read_duration(const struct json_at *at, uint64_t *ret_ns, struct error *err);
int json_read_share(const struct json_at *at, double *ret_share, struct error *err);
int json_read_size(const struct json_at *at, uint64_t *ret_bytes, struct error *err);

#endif
