/* system_file: small files of /proc, /sys and /etc, read once. A file that does not exist is no error. `root` is put
 * before the path, so that tests can bring the files of another machine; otherwise it is "". */
#ifndef TWOFOLD_HOST_SYSTEM_FILE_H
#define TWOFOLD_HOST_SYSTEM_FILE_H

#include <stdbool.h>
#include <stdint.h>

/* The whole file on the heap; NULL when it cannot be read. The caller frees it. */
char *system_file_text(const char *root, const char *path);

/* Its first line on the heap, without the newline and the blanks around it; NULL when the file cannot be read or the
 * line is empty. */
char *system_file_line(const char *root, const char *path);

/* The whole number at the beginning of its first line. Returns whether there is one; otherwise `ret_number` is
 * untouched. */
bool system_file_number(const char *root, const char *path, uint64_t *ret_number);

/* The value in the first line of `text` that begins with `key` and `separator`, on the heap, without the blanks around
 * it and without quotes. There may be blanks before the separator. NULL when there is no such line or the value is
 * empty. */
char *system_file_value(const char *text, const char *key, char separator);

#endif
