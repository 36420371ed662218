/* fields: writes plain structs to JSON objects and reads them back, both by the same table, so that the two cannot
 * drift apart. Reading is strict: every field of the table must be in the object with the right type, and the object
 * may have no other members. Only a field that was added after the first files were written may be missing. All errors
 * are ERROR_INPUT and name the key. */
#ifndef TWOFOLD_RECORD_FIELDS_H
#define TWOFOLD_RECORD_FIELDS_H

#include "base/error.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How a member of a struct is stored, in C and in JSON. */
enum field_type {
    FIELD_U64,
    FIELD_UNSIGNED,
    FIELD_INT,
    FIELD_DOUBLE,
    FIELD_BOOL,
    FIELD_STRING,         /* char * on the heap, never NULL after reading; NULL is written as "" */
    FIELD_DOUBLE_OR_NULL, /* a double of at least 0; null in JSON is NAN */
    FIELD_STRING_OR_NULL, /* char * on the heap; null in JSON is NULL */
};

struct field {
    const char *key; /* NULL ends a table */
    enum field_type type;
    size_t offset; /* of the member */
    bool later;    /* older files lack the field; the member then keeps the value that it has */
    bool rare;     /* the field is not written where it says nothing: NULL, 0, false; it is `later` as well */
};

/* The rows of a table. `tag` names the struct; the type follows from the type of its member.
 *
 *   FIELD                the key is the member's name
 *   FIELD_KEY            the key is another one
 *   FIELD_OR_NULL        FIELD_DOUBLE_OR_NULL or FIELD_STRING_OR_NULL
 *   FIELD_LATER          as FIELD, for a field that older files lack
 *   FIELD_LATER_OR_NULL  both
 *   FIELD_RARE           as FIELD_LATER, and not written where it says nothing; a string is NULL then
 *   FIELD_END            ends the table
 */
#define FIELD(tag, member)               FIELD_ROW(#member, tag, member, FIELD_TYPE, false, false)
#define FIELD_KEY(key, tag, member)      FIELD_ROW(key, tag, member, FIELD_TYPE, false, false)
#define FIELD_OR_NULL(tag, member)       FIELD_ROW(#member, tag, member, FIELD_TYPE_OR_NULL, false, false)
#define FIELD_LATER(tag, member)         FIELD_ROW(#member, tag, member, FIELD_TYPE, true, false)
#define FIELD_LATER_OR_NULL(tag, member) FIELD_ROW(#member, tag, member, FIELD_TYPE_OR_NULL, true, false)
#define FIELD_RARE(tag, member)          FIELD_ROW(#member, tag, member, FIELD_TYPE, true, true)

/* clang-format off */
#define FIELD_ROW(key, tag, member, type, later, rare) \
    {key, type(((struct tag *)NULL)->member), offsetof(struct tag, member), later, rare}
#define FIELD_END {NULL, FIELD_U64, 0, false, false}

#define FIELD_TYPE(value) \
    _Generic((value), uint64_t: FIELD_U64, unsigned: FIELD_UNSIGNED, int: FIELD_INT, double: FIELD_DOUBLE, \
             bool: FIELD_BOOL, char *: FIELD_STRING)
#define FIELD_TYPE_OR_NULL(value) _Generic((value), double: FIELD_DOUBLE_OR_NULL, char *: FIELD_STRING_OR_NULL)
/* clang-format on */

/* Sets the members of `object` from the struct at `from`. Values that JSON cannot hold are replaced: bytes of a string
 * that are not UTF-8 by U+FFFD, an infinite number or NAN by 0, and an integer above INT64_MAX by INT64_MAX. */
void fields_write(const struct field *fields, const void *from, json_t *object);

/* The same with a new object. */
json_t *fields_json(const struct field *fields, const void *from);

/* Sets the members of the struct at `into` from `object`, all of whose members are in `fields` or in `more`, a list of
 * keys that ends with NULL. Those in `more` are left to the caller; it can be NULL. A string that the struct holds
 * already is freed first. On failure the struct is partly filled; the caller releases its strings. */
int fields_read_object(const json_t *object, const struct field *fields, const char *const *more, void *into,
                       struct error *err);

/* The same with the object that is the member `key` of `json`. */
int fields_read_member(const json_t *json, const char *key, const struct field *fields, void *into, struct error *err);

/* Fails if `object` has a member that is neither in `fields` nor in `more`, as fields_read_object does. */
int fields_done(const struct field *fields, const char *const *more, const json_t *object, struct error *err);

/* Sets the member `key` to a NULL-terminated list of strings; NULL: no list, and no member. */
void fields_write_strings(char *const *strings, const char *key, json_t *object);

/* Reads such a member to the heap, for file_list_free. Without the member *ret_strings is left as it is. */
int fields_read_strings(const json_t *object, const char *key, char ***ret_strings, struct error *err);

/* Writes an array of `count` structs of `size` bytes as an object of columns, {"key": [...], ...}, which is short and
 * easy to plot. The structs have no strings. */
void fields_write_columns(const struct field *fields, const void *rows, size_t count, size_t size, json_t *object);

/* Reads such an object into a new array, once; columns may be folded (record/reading/folded_columns.h). The caller
 * frees *ret_rows. */
int fields_read_columns(const struct field *fields, void **ret_rows, size_t *ret_count, size_t size,
                        const json_t *object, struct error *err);

#endif
