/* value: what fills the places of a request: numbers, words or lines that are drawn for each request. Plain data, read
 * and checked; load/ does the drawing. */
#ifndef TWOFOLD_PLAN_TRAFFIC_VALUE_H
#define TWOFOLD_PLAN_TRAFFIC_VALUE_H

#include "base/error.h"
#include "base/json.h"
#include "plan/traffic/csv_table.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum value_type {
    VALUE_UNIFORM,  /* integer, every one of low … high as likely */
    VALUE_ZIPF,     /* integer low … high, the k-th of them with probability proportional to 1 / k^exponent */
    VALUE_SEQUENCE, /* integer low, low + 1, …, high, low, … */
    VALUE_WORDS,    /* `words` random words of letters, one space between them */
    VALUE_LINES,    /* one of the lines of a file, every one as likely */
    VALUE_NUMBERS, /* a JSON array of `length` integers, each of low … high as likely; length 0: `each` times the level
                    */
    VALUE_LEVEL,   /* integer: the level of the step, planned_step.level; only the value that doubles */
    VALUE_CSV,     /* the cell of one column, out of the row that is drawn for the request */
    VALUE_ENV,     /* what an environment variable holds: a secret, and always the same */
    VALUE_CAPTURED, /* what a session took from the response to an earlier request */
};

enum value_scope {
    VALUE_OF_REQUEST, /* drawn for each request */
    VALUE_OF_SESSION, /* drawn when a user arrives, or captured, and kept for the whole session */
};

struct value {
    char *name;
    enum value_type type;
    enum value_scope scope;
    int64_t low, high;
    bool to_level; /* VALUE_UNIFORM, VALUE_ZIPF, VALUE_SEQUENCE: the level is in the place of `high` */
    double exponent;
    unsigned words;
    unsigned length;
    unsigned each; /* VALUE_NUMBERS of length 0: so many for each one of the level, 1 or more */
    char **lines;  /* NULL-terminated UTF-8; NULL when the files were not to be opened */
    size_t line_count;
    size_t table, column; /* VALUE_CSV: the index into traffic.tables, and the column of that file */
    bool number;          /* VALUE_CSV, VALUE_CAPTURED: it is always a JSON number, and goes into JSON as one */
    char *variable;       /* VALUE_ENV: its name, */
    char *secret;         /* and what it holds; NULL: it is not set, or the environment was not to be read */
    size_t unfit_line;    /* VALUE_LINES, VALUE_CSV: the first line of the file that no header can hold; 0: none */
};

/* The values that the places of one scenario may name. */
struct value_set {
    const struct value *values;
    size_t count;
};

/* Read the member at `at` of "values", whose key is `name`. Files are opened, and the environment is read, as `tables`
 * says; a CSV file is added to it unless it is there. Nothing else is kept on failure. */
int value_read(struct value *value, const struct json_at *at, const char *name, struct csv_tables *tables,
               struct error *err);
void value_release(struct value *value);

/* Whether a value can have this name: a-z, 0-9 and _, and none that means something else. ERROR_INPUT at `at`. */
int value_check_name(const struct json_at *at, const char *name, struct error *err);

/* Whether it gives a number or a list of numbers, which need no quotes and no escaping in JSON. */
bool value_is_number(const struct value *value);

/* Whether every byte can stand in the value of a header: no control character but the tab (RFC 9110, section 5.5). */
bool value_fits_header(const char *data, size_t length);

/* Whether what it gives depends on the level of the step. */
bool value_follows_level(const struct value *value);

/* The index of the value called `name`. ERROR_INPUT for an unknown one, at `at`, with the nearest known name. */
int value_set_find(const struct value_set *set, const char *name, const struct json_at *at, size_t *ret_index,
                   struct error *err);

#endif
