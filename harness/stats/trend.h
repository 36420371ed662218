/* trend: the straight line through figures that follow each other in even steps, by least squares, and how sure its
 * slope is. Figures that follow each other are alike, so that counting them would make its interval far too narrow:
 * what counts is how many of them are as good as independent, n (1 - r) / (1 + r), where r is the autocorrelation of
 * what the line leaves over from one figure to the next. After Santer, Wigley, Boyle, Gaffen, Hnilo, Nychka, Parker and
 * Taylor, "Statistical significance of trends and trend differences in layer-average atmospheric temperature time
 * series", Journal of Geophysical Research 105 (2000), 7337-7356, section 4; r is taken with the correction for short
 * rows that the estimate needs (Marriott and Pope, "Bias in the estimation of autocorrelations", Biometrika 41 (1954),
 * 390-402). Where that leaves fewer than eight, the figures may as well wander as scatter about a line: they are then
 * taken as a random walk with drift, whose slope is the mean of the differences from one figure to the next, with the
 * interval of that mean. */
#ifndef TWOFOLD_STATS_TREND_H
#define TWOFOLD_STATS_TREND_H

#include <stdbool.h>
#include <stddef.h>

struct trend {
    double slope;     /* from one figure to the next */
    bool known;       /* there are figures enough for an interval */
    double low, high; /* its interval of 95 %; the slope itself where there is none */
};

/* Of no or one figure the slope is 0, and there is no interval. */
void trend_find(const double *figures, size_t count, struct trend *ret_trend);

#endif
