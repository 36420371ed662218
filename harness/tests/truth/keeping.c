/* Faults that take memory. */
#include "toy.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum { UNHURRIED_MS = 20 };

static _Atomic(char *) kept; /* the first of a list that nobody frees */

static void keep(size_t bytes)
{
    char *memory = malloc(bytes);

    if (memory != NULL) {
        memset(memory, 1, bytes);
        *(char **)memory = atomic_exchange(&kept, memory);
    }
}

static int keep_kib(long kib)
{
    keep((size_t)kib * 1024);
    return ANSWER_RIGHT;
}

static void keep_mib(long mib)
{
    keep((size_t)mib * 1024 * 1024);
}

/* So long that connections must be many where the load is high. */
static int take_time(long mib)
{
    (void)mib;
    toy_sleep(UNHURRIED_MS * MS);
    return ANSWER_RIGHT;
}

const struct fault toy_keeping[] = {
    {.name = "leak", .work = keep_kib},
    {.name = "big-connections", .connection = keep_mib, .work = take_time},
    {.name = "big", .wake = keep_mib},
    {.name = NULL},
};
