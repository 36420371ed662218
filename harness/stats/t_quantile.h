/* student: Student's t, for intervals of 95 % on few figures. */
#ifndef TWOFOLD_STATS_T_QUANTILE_H
#define TWOFOLD_STATS_T_QUANTILE_H

/* The quantile of 0.975: how many standard errors a two-sided interval of 95 % reaches to each side. Degrees of freedom
 * from 1 on, whole or not (between whole ones a little too wide rather than too narrow). */
double t_quantile(double freedom);

#endif
