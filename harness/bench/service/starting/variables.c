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

uint64_t variables_memory(const struct manifest *manifest, const struct scenario *scenario)
{
    uint64_t allowed = scenario != NULL ? scenario->limits.memory_bytes : 0;
    uint64_t boxed = manifest->box.memory_bytes;

    return boxed > 0 && (allowed == 0 || boxed < allowed) ? boxed : allowed;
}
