/* fields: plain structs to and from JSON objects by tables, so that what is written and what is read cannot drift
 * apart. Reading is strict: every field must be there, with its type, and nothing else may be. */
#ifndef TWOFOLD_RECORD_FIELDS_H
#define TWOFOLD_RECORD_FIELDS_H

#include "base/error.h"

#include <jansson.h>
#include <stddef.h>

enum field_kind {
    FIELD_U64,
    FIELD_UNSIGNED,
    FIELD_INT,
    FIELD_DOUBLE,
    FIELD_BOOL,
    FIELD_STRING, /* char *, on the heap; null in JSON is NULL */
};

struct field {
    const char *key; /* NULL ends a table */
    enum field_kind kind;
    size_t offset;
};

#define FIELD(struct_type, member, field_kind)                                                                         \
    {                                                                                                                  \
#member, field_kind, offsetof(struct struct_type, member)                                                      \
    }
#define FIELD_END                                                                                                      \
    {                                                                                                                  \
        NULL, FIELD_U64, 0                                                                                             \
    }

/* Set the members of `object` from the struct at `from`. */
void fields_write(const struct field *fields, const void *from, json_t *object);

/* Fill the struct at `into` and count the members read into *ret_count (added). Strings already filled stay the
 * caller's to release on failure. */
int fields_read(const struct field *fields, void *into, const json_t *object, size_t *ret_count, struct error *err);

/* Refuse an object with other than `count` members: with every known one read, one more is unknown. */
int fields_done(const json_t *object, size_t count, struct error *err);

/* An array of `count` structs of `size` bytes as an object of columns, {"key":[…],…}: short, and easy to plot. */
void fields_write_columns(const struct field *fields, const void *rows, size_t count, size_t size, json_t *object);
int fields_read_columns(const struct field *fields, void **ret_rows, size_t *ret_count, size_t size,
                        const json_t *object, struct error *err);

#endif
