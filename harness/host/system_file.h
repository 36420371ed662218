/* system_file: small files of /proc, /sys and /etc, read once. Where one is missing the answer is "not known", never an
 * error. `root` is put before the path, so that tests can bring a machine of their own; it is "" otherwise. */
#ifndef TWOFOLD_HOST_SYSTEM_FILE_H
#define TWOFOLD_HOST_SYSTEM_FILE_H

#include <stdbool.h>
#include <stdint.h>

/* The whole file on the heap, or NULL. The caller frees it. */
char *system_file_text(const char *root, const char *path);

/* Its first line without the newline and the blanks around it, or NULL when it is missing or that line is empty. */
char *system_file_line(const char *root, const char *path);

/* The whole number that its first line begins with. Returns whether there is one; `ret_number` is untouched otherwise.
 */
bool system_file_number(const char *root, const char *path, uint64_t *ret_number);

/* The text behind `key` and `separator` in the first line of `text` that begins so (blanks around the separator
 * allowed, quotes around the value taken off), on the heap; NULL when there is none or it is empty. */
char *system_file_value(const char *text, const char *key, char separator);

#endif
