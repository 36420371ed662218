#include "base/mem.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *or_die(void *block)
{
    if (block == NULL) {
        fputs("twofold: out of memory\n", stderr);
        abort();
    }
    return block;
}

void *mem_new(size_t count, size_t size)
{
    return or_die(calloc(count > 0 ? count : 1, size > 0 ? size : 1));
}

void *mem_resize(void *old, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size) {
        return or_die(NULL);
    }
    size_t bytes = count * size;
    return or_die(realloc(old, bytes > 0 ? bytes : 1));
}

char *mem_string(const char *string)
{
    return string != NULL ? mem_copy(string, strlen(string)) : NULL;
}

char *mem_copy(const void *data, size_t length)
{
    char *copy = mem_new(length + 1, 1);
    if (length > 0) {
        memcpy(copy, data, length);
    }
    return copy;
}

char *mem_format(const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    size_t size = length > 0 ? (size_t)length + 1 : 1;
    char *string = mem_new(size, 1);
    vsnprintf(string, size, format, again);
    va_end(again);
    return string;
}
