/* series: random series of numbers and the request bodies that post them: few and many values, far apart and close
 * together, with ties and on the edges of bins, in every notation that JSON has for numbers. */
#ifndef TWOFOLD_CONTRACT_VERIFY_CHECKS_SERIES_H
#define TWOFOLD_CONTRACT_VERIFY_CHECKS_SERIES_H

#include "base/random.h"
#include "base/text.h"

#include <stddef.h>

/* One shape for each known way in which summaries go wrong. */
enum series_shape {
    SERIES_EQUAL,    /* the same value repeated */
    SERIES_WIDE,     /* uniform from -1e9 to 1e9 */
    SERIES_CLOSE,    /* large values within 1 of each other: a sum of squares loses their variance */
    SERIES_TIES,     /* integers from 0 to 20, each on the edge of a bin */
    SERIES_SCALES,   /* both signs, all magnitudes */
    SERIES_ENDS,     /* -1e9 and 1e9 */
    SERIES_RISING,   /* sorted already */
    SERIES_NEGATIVE, /* negative, one to nine digits: they sort differently as text */
    SERIES_SHAPES,
};

struct series {
    double *values;
    size_t count;
    struct text body; /* {"values":[…]} */
};

/* Fill `series`; the caller releases it. */
void series_make(struct series *series, struct random *random, enum series_shape kind, size_t count);
void series_release(struct series *series);

#endif
