/* file: opens and reads files; lists folders; joins and checks paths. */
#ifndef TWOFOLD_BASE_FILE_H
#define TWOFOLD_BASE_FILE_H

#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* Opens a file for reading. A file that is missing, and a device such as /dev/zero, which may never end, are
 * ERROR_INPUT; the message has the path and the reason. A pipe is read like a file. The caller closes it. */
int file_open(const char *path, FILE **ret_file, struct error *err);

/* Appends the contents of the file to `ret_text`, without the byte order mark of UTF-8 where it begins with one. A file
 * that cannot be opened (file_open) or read, that is UTF-16, or that is longer than 4 GiB is ERROR_INPUT. */
int file_read(const char *path, struct text *ret_text, struct error *err);

/* "folder/name". The caller frees it. */
char *file_join(const char *folder, const char *name);

/* Whether `path` is relative and has no "..", so that it stays below the folder that it is joined to. Symbolic links
 * inside that folder can still lead out of it. */
bool file_is_inside(const char *path);

/* Lists the names in `folder`, without "." and "..", in ascending order and with NULL at the end. The caller releases
 * the list with file_list_free. */
int file_list(const char *folder, char ***ret_names, struct error *err);
void file_list_free(char **names);

#endif
