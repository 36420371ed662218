/* mem: memory on the heap. When there is none left, the program ends with a message, so that callers do not test for
 * it. All memory is released with free(). */
#ifndef TWOFOLD_BASE_MEM_H
#define TWOFOLD_BASE_MEM_H

#include <stddef.h>

/* A block of `count` elements of `size` bytes, zeroed. */
void *mem_new(size_t count, size_t size);

/* Resizes the block `old`, which can be NULL, to `count` elements of `size` bytes. What is added is not zeroed. */
void *mem_resize(void *old, size_t count, size_t size);

/* A copy of a string. NULL gives NULL. */
char *mem_string(const char *string);

/* A copy of `length` bytes with a NUL after them. */
char *mem_copy(const void *data, size_t length);

/* A formatted string. */
char *mem_format(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
