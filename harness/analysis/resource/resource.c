#include "analysis/resource/resource.h"

#include <assert.h>

const char *resource_name(enum resource resource)
{
    static const char *const names[RESOURCE_COUNT] = {
        [RESOURCE_CPU] = "cpu",
        [RESOURCE_THREAD] = "one-thread",
        [RESOURCE_QUOTA] = "quota",
        [RESOURCE_MEMORY] = "memory",
        [RESOURCE_FILE_DESCRIPTORS] = "file-descriptors",
        [RESOURCE_ACCEPT_QUEUE] = "accept-queue",
        [RESOURCE_CONNECTIONS] = "connections",
        [RESOURCE_POOL] = "pool",
        [RESOURCE_DEPENDENCY] = "dependency",
        [RESOURCE_NETWORK] = "network",
    };
    assert(resource < RESOURCE_COUNT);
    return names[resource];
}
