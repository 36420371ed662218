#include "bench/service/starting/variables.h"

#include "base/list.h"
#include "base/mem.h"

#include <stddef.h>

char **variables_join(char *const *given, char *const *more)
{
    char *const *const lists[] = {given, more};
    char **joined = NULL;
    size_t count = 0;

    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        for (char *const *at = lists[i]; at != NULL && *at != NULL; at++) {
            *list_add(joined, count) = mem_string(*at);
        }
    }
    *list_add(joined, count) = NULL;
    return joined;
}
