/* list: an array on the heap that grows at its end. The array is an ordinary pointer and its length an ordinary size_t;
 * both start as NULL and 0 and are read, sorted and released with free() as any other array. The capacity is always a
 * power of two and is not stored. An array that grows here must have been made here. */
#ifndef TWOFOLD_BASE_LIST_H
#define TWOFOLD_BASE_LIST_H

#include <stddef.h>

/* Adds one zeroed element to the end of `array` (a T *) and increments `count` (a size_t). Both are lvalues without
 * side effects: they are evaluated more than once. Returns the address of the new element (a T *). The array may move,
 * so that earlier addresses of elements are no longer valid. Out of memory ends the program. */
#define list_add(array, count)                                                                                         \
    ((array) = list_grow((array), (count), sizeof(__typeof__(*(array)))), &(array)[(count)++])

/* For list_add: the array with room for one more element of `size` bytes, which is zeroed. */
void *list_grow(void *array, size_t count, size_t size);

#endif
