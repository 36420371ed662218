/* pattern: bytes with places for values in them, such as "/items/{id}". `{name}` is a place; `{{` and `}}` stand for
 * the braces themselves. */
#ifndef TWOFOLD_PLAN_TRAFFIC_PATTERN_H
#define TWOFOLD_PLAN_TRAFFIC_PATTERN_H

#include "base/error.h"
#include "base/json.h"
#include "base/text.h"
#include "plan/traffic/value.h"

#include <stdbool.h>
#include <stddef.h>

/* How words and lines are encoded when they fill a place. Numbers always go in as they are. */
enum encoding {
    ENCODING_RAW,         /* nothing */
    ENCODING_HEADER,      /* nothing: what no header can hold is refused before (value_fits_header) */
    ENCODING_JSON_STRING, /* escape " and \ and bytes below 0x20; the quotes stand in the literals */
    ENCODING_PATH,        /* percent-encode every byte but A-Z a-z 0-9 - . _ ~ */
};

/* A pattern is a sequence of pieces: literal bytes or the place of a value. */
struct piece {
    char *literal;          /* NUL-terminated; NULL when this is the place of a value */
    size_t length;          /* of the literal */
    size_t value;           /* index into traffic.values when literal is NULL */
    enum encoding encoding; /* of what fills the place */
};

struct pattern {
    struct piece *pieces;
    size_t count;
};

/* Read the string at `at` with its places, all of which have this encoding. Nothing is kept on failure. */
int pattern_read_text(struct pattern *pattern, const struct json_at *at, const struct value_set *values,
                      enum encoding encoding, struct error *err);

/* Read the JSON value at `at` as compact JSON. A string that is exactly one place becomes a number where its value is
 * one; every other place is text inside its string. Member names may hold places too. Nothing is kept on failure. */
int pattern_read_json(struct pattern *pattern, const struct json_at *at, const struct value_set *values,
                      struct error *err);

/* A pattern of one literal piece, in which braces have no meaning; of none for an empty text. */
void pattern_init_literal(struct pattern *pattern, const char *literal);

/* The same with the bytes of a text, NULs included, which is empty afterwards. */
void pattern_take_literal(struct pattern *pattern, struct text *literal);

/* Add to the end of a pattern. Literals that meet become one piece. */
void pattern_append_literal(struct pattern *pattern, const char *literal);
void pattern_append(struct pattern *pattern, const struct pattern *more);

/* The text of a pattern without places; NULL where it has any. */
const char *pattern_literal(const struct pattern *pattern);

void pattern_release(struct pattern *pattern);

/* Whether the pattern has a place for the value with this index. */
bool pattern_uses(const struct pattern *pattern, size_t value);

#endif
