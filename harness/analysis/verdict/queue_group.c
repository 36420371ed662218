#include "analysis/verdict/queue_group.h"

#include <math.h>

#define WHILES_TOGETHER 10

/* A step shows too few groups to know their size: they may be so many times as large as those that were seen. */
#define SEEN_TIMES 4

double queue_group_arriving(const struct load_record *load, uint64_t ns, double above)
{
    if (load->measured_ns == 0) {
        return 0;
    }
    return (double)load->response.total / (double)load->measured_ns * (double)ns / -log(above);
}

double queue_group_of(double arriving)
{
    return WHILES_TOGETHER * arriving;
}

double queue_group_seen(const struct share *late, double least)
{
    return late->count >= least && late->count > 0 ? SEEN_TIMES * late->variance / late->count : INFINITY;
}
