#include "analysis/usage/memory_usage.h"

#include <math.h>

double memory_usage_bytes(const struct memory_reading *memory, uint64_t rss_bytes)
{
    double real_share = 1;

    if (memory->pss_bytes > 0 && memory->rss_bytes > 0) {
        real_share = fmin(1, (double)memory->pss_bytes / (double)memory->rss_bytes);
    }
    return (double)rss_bytes * real_share;
}

uint64_t memory_usage_at_reading(const struct memory_reading *memory)
{
    return memory->pss_bytes > 0 ? memory->pss_bytes : memory->rss_bytes;
}
