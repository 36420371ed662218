/* json: strict reading of JSON files that people write, on top of jansson.
 *
 * A `struct json_source` is a parsed text. A `struct json_at` is a place in it and knows its key path, so that every
 * error message reads "FILE:LINE: KEY.PATH: expected …, found …". A reader accepts only what it asks for: unknown keys
 * (the message names the nearest known key), duplicate keys, wrong types and values out of range are errors. All errors
 * are ERROR_INPUT. */
#ifndef TWOFOLD_BASE_JSON_H
#define TWOFOLD_BASE_JSON_H

#include "base/error.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct json_source {
    char *name; /* the path of the file, for messages */
    char *text; /* as read, to find the line of a value */
    json_t *root;
};

/* Borrows from its source. */
struct json_at {
    const struct json_source *source;
    json_t *value;   /* NULL when an optional member is absent */
    json_t *parent;  /* the object or array that holds the value; NULL at the top */
    const char *key; /* in an object; NULL in an array */
    size_t index;    /* in an array */
    char path[256];  /* for messages; cut when it is too long */
};

/* Parse a file, or a text with a name for messages. Duplicate keys, bytes after the end and invalid UTF-8 are errors.
 * The caller releases the source. */
int json_source_read(struct json_source *source, const char *file, struct error *err);
int json_source_parse(struct json_source *source, const char *name, const char *text, struct error *err);
void json_source_release(struct json_source *source);

/* The place of the whole text. */
struct json_at json_top(const struct json_source *source);

/* Sets ERROR_INPUT to "FILE:LINE: PATH: " and the message. Returns -1. */
int json_reject(const struct json_at *at, struct error *err, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* As json_reject, with the message "expected …, found …". The caller gives the first half; the second half describes
 * the value. */
int json_expected(const struct json_at *at, struct error *err, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Fails unless the value is an object all of whose keys are in `known`, a list that ends with NULL. `known` is NULL for
 * an object that can have any keys. */
int json_check_object(const struct json_at *at, const char *const *known, struct error *err);

/* The member `key` of an object. When it is absent, json_need fails and shows `example` as a possible value, and
 * json_find sets `value` to NULL. json_find always returns 0. To visit all members of an object, use
 * json_object_foreach with at->value, and json_find for each key. */
int json_need(const struct json_at *at, const char *key, const char *example, struct json_at *ret_member,
              struct error *err);
int json_find(const struct json_at *at, const char *key, struct json_at *ret_member);

/* Fails unless the value is an array of `least` to `most` elements. */
int json_check_array(const struct json_at *at, size_t least, size_t most, struct error *err);
size_t json_count(const struct json_at *at);
struct json_at json_element(const struct json_at *at, size_t index);

/* Read a value. Strings are borrowed from the source. json_read_text wants a string that is not empty, and
 * json_read_line one that has no control characters either. json_read_choice gives the index of the value in `choices`,
 * a list of strings that ends with NULL. */
int json_read_text(const struct json_at *at, const char **ret_text, struct error *err);
int json_read_line(const struct json_at *at, const char **ret_text, struct error *err);
int json_read_integer(const struct json_at *at, int64_t least, int64_t most, int64_t *ret_value, struct error *err);
int json_read_choice(const struct json_at *at, const char *const *choices, int *ret_index, struct error *err);

/* Read a string with a number and a unit: "50ms", "0.1%", "512MiB". Zero is an error, and so is a share above 100%. */
int json_read_duration(const struct json_at *at, uint64_t *ret_ns, struct error *err);
int json_read_share(const struct json_at *at, double *ret_share, struct error *err);
int json_read_size(const struct json_at *at, uint64_t *ret_bytes, struct error *err);

/* Whether a JSON string can hold the bytes: UTF-8 without a NUL. */
bool json_can_hold(const char *bytes, size_t length);

/* Whether the bytes are one whole JSON text. A line of JSON that was cut short is none. */
bool json_is_whole(const char *text, size_t length);

#endif
