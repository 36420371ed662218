#include "stats/holm.h"

#include "base/mem.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

/* Equal ones stand in the order of their indices. */
static bool stands_before(const double *p, size_t a, size_t b)
{
    return p[a] < p[b] || (p[a] == p[b] && a < b);
}

void holm_adjust(const double *p, size_t count, double *ret_adjusted)
{
    double *counted = mem_new(count, sizeof *counted);

    for (size_t i = 0; i < count; i++) {
        size_t times = count;
        for (size_t k = 0; k < count; k++) {
            times -= stands_before(p, k, i);
        }
        counted[i] = fmin(1, p[i] * (double)times);
    }
    for (size_t i = 0; i < count; i++) {
        ret_adjusted[i] = counted[i];
        for (size_t k = 0; k < count; k++) {
            if (stands_before(p, k, i)) {
                ret_adjusted[i] = fmax(ret_adjusted[i], counted[k]);
            }
        }
    }
    free(counted);
}
