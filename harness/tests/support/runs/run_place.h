/* run_place: a folder with the example run (run_example.h) written in it, to be cut, changed and read again. */
#ifndef TWOFOLD_TESTS_SUPPORT_RUN_PLACE_H
#define TWOFOLD_TESTS_SUPPORT_RUN_PLACE_H

#include "base/text.h"
#include "record/run_log.h"

#include <jansson.h>
#include <stddef.h>

struct run_place {
    char *folder, *example, *file; /* `file` is there for what a test writes */
    struct text text;              /* of the example */
};

void run_place_init(struct run_place *place);
void run_place_release(struct run_place *place);

/* Fails the test where it cannot. */
void run_place_write(const char *path, const void *data, size_t length);

/* The start of line `number` (from 1) of the example, and that line as JSON, a new reference. */
const char *run_place_line(const struct run_place *place, unsigned number);
json_t *run_place_parse(const struct run_place *place, unsigned number);

/* Reading `data` must fail with all of `words` (up to three) in the message, and leave the log alone. */
void run_place_check_refused(const struct run_place *place, const char *data, size_t length,
                             const char *const words[3]);

/* The same for the example's lines with line `number` given by `json`: refused by that line and `key`. */
void run_place_check_line(const struct run_place *place, unsigned number, const json_t *json, const char *key);

#endif
