/* file: whole files in, paths joined and checked. */
#ifndef TWOFOLD_BASE_FILE_H
#define TWOFOLD_BASE_FILE_H

#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

/* Read the whole file into `ret_text` (appended). Fails with the path and the system's reason; ERROR_INPUT when the
 * file is missing or unreadable. */
int file_read(const char *path, struct text *ret_text, struct error *err);

/* "folder/name" on the heap; the caller frees it. */
char *file_join(const char *folder, const char *name);

/* Whether `path` is relative and has no ".." in it, so that it cannot leave the folder it is joined to (a symbolic link
 * inside may). */
bool file_is_inside(const char *path);

/* The names in `folder` (without . and ..), sorted, NULL-terminated; free with file_list_free. */
int file_list(const char *folder, char ***ret_names, struct error *err);
void file_list_free(char **names);

#endif
