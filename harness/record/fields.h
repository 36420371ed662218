/* fields: plain structs to and from JSON objects by tables, so that what is written and what is read cannot drift
 * apart. Reading is strict: every field must be there, with its type, and nothing else may be; only one that came later
 * than its schema's first files may be missing. All complaints are ERROR_INPUT and name the key. */
#ifndef TWOFOLD_RECORD_FIELDS_H
#define TWOFOLD_RECORD_FIELDS_H

#include "base/error.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

enum field_kind {
    FIELD_U64,
    FIELD_UNSIGNED,
    FIELD_INT,
    FIELD_DOUBLE,
    FIELD_KNOWN, /* a double above or at 0; null in JSON is NAN */
    FIELD_BOOL,
    FIELD_STRING,   /* char *, on the heap, never NULL once read; NULL is written as "" */
    FIELD_OPTIONAL, /* the same, but null in JSON is NULL */
};

struct field {
    const char *key; /* NULL ends a table */
    enum field_kind kind;
    size_t offset;
    bool later; /* older files lack it: where it is missing, the struct keeps what it has */
};

#define FIELD(struct_type, member, field_kind)                                                                         \
    {                                                                                                                  \
#member, field_kind, offsetof(struct struct_type, member), false                                               \
    }
#define FIELD_LATER(struct_type, member, field_kind)                                                                   \
    {                                                                                                                  \
#member, field_kind, offsetof(struct struct_type, member), true                                                \
    }
#define FIELD_END                                                                                                      \
    {                                                                                                                  \
        NULL, FIELD_U64, 0, false                                                                                      \
    }

/* Set the members of `object` from the struct at `from`. Nothing is lost for a bad value: bytes of a string that are
 * not UTF-8 become U+FFFD, a number that is not finite becomes 0. */
void fields_write(const struct field *fields, const void *from, json_t *object);

/* Fill the struct at `into`. Strings already filled stay the caller's to release on failure. */
int fields_read(const struct field *fields, void *into, const json_t *object, struct error *err);

/* Refuse a member of `object` that is neither in `fields` nor in `more` (keys, NULL-terminated; NULL: no more). */
int fields_done(const struct field *fields, const char *const *more, const json_t *object, struct error *err);

/* Both: all members of `object` by its fields, those named in `more` left to the caller. */
int fields_read_object(const json_t *object, const struct field *fields, const char *const *more, void *into,
                       struct error *err);

/* An array of `count` structs of `size` bytes, without strings in them, as an object of columns, {"key":[…],…}: short,
 * and easy to plot. */
void fields_write_columns(const struct field *fields, const void *rows, size_t count, size_t size, json_t *object);
int fields_read_columns(const struct field *fields, void **ret_rows, size_t *ret_count, size_t size,
                        const json_t *object, struct error *err);

#endif
