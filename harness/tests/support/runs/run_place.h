/* run_place: a folder with a file of the example run (run_example.h), to be cut, changed and read again. */
#ifndef TWOFOLD_TESTS_SUPPORT_RUN_PLACE_H
#define TWOFOLD_TESTS_SUPPORT_RUN_PLACE_H

#include "base/text.h"
#include "record/run_log.h"

#include <jansson.h>
#include <stddef.h>

struct run_place {
    char *folder, *example, *file; /* `file` is a path for what a test writes */
    struct text text;              /* of the example */
};

void run_place_init(struct run_place *place);
void run_place_release(struct run_place *place);

/* Writes the file or fails the test. */
void run_place_write(const char *path, const void *data, size_t length);

/* The start of line `number` (from 1) of the example, and the line as JSON, a new reference. */
const char *run_place_line(const struct run_place *place, unsigned number);
json_t *run_place_parse(const struct run_place *place, unsigned number);

/* Checks that `data` is not read: the message has all of `words`, up to three, and the log is unchanged. */
void run_place_check_refused(const struct run_place *place, const char *data, size_t length,
                             const char *const words[3]);

/* The same for the example with `json` as its line `number`: the message names the line and `key`. */
void run_place_check_line(const struct run_place *place, unsigned number, const json_t *json, const char *key);

#endif
