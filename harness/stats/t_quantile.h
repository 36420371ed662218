/* t_quantile: Student's t distribution, for confidence intervals of 95 % from few figures. */
#ifndef TWOFOLD_STATS_T_QUANTILE_H
#define TWOFOLD_STATS_T_QUANTILE_H

/* The 0.975 quantile: how many standard errors a two-sided interval of 95 % extends to each side. `freedom`, the
 * degrees of freedom, is at least 1 and need not be a whole number. The value comes from a table; between its rows the
 * interval is slightly too wide rather than too narrow. */
double t_quantile(double freedom);

#endif
