#include "base/list.h"

#include "base/mem.h"

#include <string.h>

void *list_grow(void *array, size_t count, size_t size)
{
    if ((count & (count - 1)) == 0) {
        array = mem_resize(array, count > 0 ? count * 2 : 1, size);
    }
    memset((char *)array + count * size, 0, size);
    return array;
}
