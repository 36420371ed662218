#include "stats/mann_kendall.h"

#include <math.h>

double mann_kendall_score(const double *figures, size_t count)
{
    double n = (double)count;
    double excess = 0;

    if (count < 2) {
        return 0;
    }
    for (size_t i = 0; i < count; i++) {
        for (size_t j = i + 1; j < count; j++) {
            excess += (figures[j] > figures[i]) - (figures[j] < figures[i]);
        }
    }
    return excess / sqrt(n * (n - 1) * (2 * n + 5) / 18);
}
