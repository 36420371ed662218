/* student_t: Student's t distribution: how unlikely a value of t is by chance alone. t_quantile.h has the quantile that
 * intervals of 95 % need. */
#ifndef TWOFOLD_STATS_STUDENT_T_H
#define TWOFOLD_STATS_STUDENT_T_H

/* The probability that |t| is at least as large as that of `t`: the p value of a two-sided test. `freedom`, the degrees
 * of freedom, is above 0. 0 for an infinite t. It is the incomplete beta function I_x(freedom / 2, 1 / 2) at
 * x = freedom / (freedom + t^2) (Abramowitz and Stegun, "Handbook of Mathematical Functions" (1964), 26.7.1 and 26.5.8,
 * the continued fraction evaluated by the method of Lentz), exact to about 12 digits. */
double student_t_both_tails(double t, double freedom);

#endif
