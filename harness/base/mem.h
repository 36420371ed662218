/* mem: heap memory that is always there. Out of memory ends the program with a message, here and nowhere else, so that
 * no caller has to test for it. Everything is released with free(). */
#ifndef TWOFOLD_BASE_MEM_H
#define TWOFOLD_BASE_MEM_H

#include <stddef.h>

/* `count` elements of `size` bytes, zeroed. */
void *mem_new(size_t count, size_t size);

/* The block at `old` (or NULL) made `count` elements of `size` bytes large; what is added is not zeroed. */
void *mem_resize(void *old, size_t count, size_t size);

/* Copies on the heap. mem_string(NULL) is NULL. */
char *mem_string(const char *string);
char *mem_copy(const void *data, size_t length); /* with a NUL behind it */

/* A formatted string on the heap. */
char *mem_format(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
