/* series: random series of numbers with the body that posts them: of few and of many values, far apart and close
 * together, with ties and on the edges of bins, in every form that JSON has for numbers. */
#ifndef TWOFOLD_CONTRACT_VERIFY_CHECKS_SERIES_H
#define TWOFOLD_CONTRACT_VERIFY_CHECKS_SERIES_H

#include "base/random.h"
#include "base/text.h"

#include <stddef.h>

/* The kinds, one for each way in which summaries go wrong. */
enum series_kind {
    SERIES_EQUAL,    /* one value again and again */
    SERIES_WIDE,     /* anywhere from -1e9 to 1e9 */
    SERIES_CLOSE,    /* large values within 1 of each other: a sum of squares loses their spread */
    SERIES_TIES,     /* whole numbers from 0 to 20: each on the edge of a bin */
    SERIES_SCALES,   /* of both signs and all magnitudes */
    SERIES_ENDS,     /* -1e9 and 1e9 */
    SERIES_RISING,   /* sorted already */
    SERIES_NEGATIVE, /* below zero, of one to nine digits: their order as texts is another one */
    SERIES_KINDS,
};

struct series {
    double *values;
    size_t count;
    struct text body; /* {"values":[…]} */
};

/* The caller releases it. */
void series_make(struct series *series, struct random *random, enum series_kind kind, size_t count);
void series_release(struct series *series);

#endif
