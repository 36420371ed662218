/* new_file: a file that did not exist before, under its own name or, where that is taken, the next one: NAME-2.jsonl,
 * NAME-3.jsonl and so on; of NAME.jsonl.gz NAME-2.jsonl.gz. */
#ifndef TWOFOLD_BASE_LINES_NEW_FILE_H
#define TWOFOLD_BASE_LINES_NEW_FILE_H

#include "base/error.h"

#include <stdbool.h>

/* Fails where the file could not be made now: its folder cannot be written, or its name is taken and no number may
 * follow it. Makes nothing. */
int new_file_check(const char *path, bool numbered_too, struct error *err);

/* Makes the file, and its folder where that is missing. Returns a descriptor for reading and for appending, which is
 * locked (flock), and its path in *ret_path, on the heap; -1 with errno on failure. */
int new_file_create(const char *path, bool numbered_too, char **ret_path);

/* ERROR_INPUT that says that the name is taken, and by what. */
int new_file_taken(const char *path, struct error *err);

/* The path without its folders, borrowed. */
const char *new_file_name(const char *path);

#endif
