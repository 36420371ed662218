/* traffic: what is sent, whatever the speed: a weighted mix of requests whose paths, headers and bodies hold places for
 * values, and the values that fill them. Plain data, read from a scenario file; load/ turns it into bytes. */
#ifndef TWOFOLD_PLAN_TRAFFIC_H
#define TWOFOLD_PLAN_TRAFFIC_H

#include "base/error.h"
#include "base/json.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum value_kind {
    VALUE_UNIFORM,  /* integer, every one of low … high as likely */
    VALUE_ZIPF,     /* integer low … high, the k-th of them with probability proportional to 1 / k^exponent */
    VALUE_SEQUENCE, /* integer low, low + 1, …, high, low, … */
    VALUE_WORDS,    /* `words` random words of letters, one space between them */
    VALUE_LINES,    /* one of the lines of a file, every one as likely */
    VALUE_LEVEL,    /* the level of the step: what doubles when double.what names this value */
};

struct value {
    char *name;
    enum value_kind kind;
    int64_t low, high;
    double exponent;
    unsigned words;
    char **lines; /* NULL-terminated */
    size_t line_count;
};

/* How whoever fills a place writes the value's text there. */
enum encoding {
    ENCODING_RAW,    /* as it is: numbers anywhere, text in a `body` string */
    ENCODING_JSON,   /* inside a JSON string: escaped; the quotes stand in the literals around it */
    ENCODING_PATH,   /* percent-encoded but for unreserved characters (RFC 3986) */
};

/* A pattern is a row of pieces: literal bytes, or the place of a value. */
struct piece {
    char *literal;    /* NUL-terminated; NULL when this is the place of a value */
    size_t length;    /* of the literal */
    size_t value;     /* index into traffic.values when literal is NULL */
    enum encoding encoding; /* of the value */
};

struct pattern {
    struct piece *pieces;
    size_t count;
};

struct header {
    char *name;
    char *value;
};

struct request {
    char *name;
    uint32_t weight;
    char *method;
    struct pattern path;
    struct pattern body; /* count 0: no body */
    struct header *headers; /* as given, plus Content-Type: application/json for a `json` body without its own */
    size_t header_count;
    int expect_status;           /* 0: any 2xx */
    char *expect_json;           /* name of a top-level member that the reply must have, or NULL */
    struct pattern expect_value; /* what that member must be, as JSON bytes; may hold values of this same request */
    int64_t expect_length;       /* body length in bytes; -1: any */
};

struct traffic {
    struct request *requests;
    size_t request_count;
    struct value *values;
    size_t value_count;
};

/* Read the members "requests" and (optional) "values" of the scenario object at `scenario`. Nothing is kept on failure.
 * A value that no request uses, or a place for a value that does not exist, is refused. `folder` is where files named by
 * values are looked for. */
int traffic_read(struct traffic *traffic, const struct json_at *scenario, const char *folder, struct error *err);

/* One GET of `path` and nothing else: what `twofold load URL` sends. `path` is taken literally. */
void traffic_init_get(struct traffic *traffic, const char *path);

void traffic_release(struct traffic *traffic);

#endif
