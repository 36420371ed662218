/* trend: the slope of figures that follow each other at equal distances in time, and a confidence interval for it.
 *
 * The slope is that of the least squares line. Figures that follow each other resemble each other, so that the usual
 * interval would be far too narrow. It is computed for the number of figures that are as good as independent,
 * n (1 - r) / (1 + r), where r is the autocorrelation of the residuals from one figure to the next (Santer, Wigley,
 * Boyle, Gaffen, Hnilo, Nychka, Parker and Taylor, "Statistical significance of trends and trend differences in
 * layer-average atmospheric temperature time series", Journal of Geophysical Research 105 (2000), 7337-7356, section
 * 4). r is corrected for its bias in short series (Marriott and Pope, "Bias in the estimation of autocorrelations",
 * Biometrika 41 (1954), 390-402).
 *
 * When fewer than eight figures are as good as independent, a line cannot be told from a random walk. The figures are
 * then taken as a random walk with drift: the slope is the mean of the differences from one figure to the next, and the
 * interval is that of this mean. */
#ifndef TWOFOLD_STATS_TREND_H
#define TWOFOLD_STATS_TREND_H

#include <stdbool.h>
#include <stddef.h>

struct trend {
    double slope;     /* from one figure to the next */
    bool known;       /* whether there are enough figures for an interval: at least eight */
    double low, high; /* the interval of 95 %; both are the slope if it is not known */
};

/* With fewer than two figures the slope is 0. */
void trend_find(const double *figures, size_t count, struct trend *ret_trend);

#endif
