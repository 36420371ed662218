/* projection: the load at which a resource will be used up, from what was used of it at lower loads.
 *
 * A straight line through the loads that did not break, from an eighth of the highest on, says how the use grows: what
 * a service uses for each request falls as the load rises, so that neither the mean nor the lowest loads say what the
 * next request will need. The line is the weighted least-squares line, since the error of a use is a share of it. It
 * gives the use at a higher load with a prediction interval (Draper and Smith, "Applied Regression Analysis", 3rd
 * edition 1998, section 1.4), and the loads at which both ends of that interval reach what there is are the interval of
 * the load asked for (inverse prediction, section 3.2 there).
 *
 * With few points the scatter around the line is hardly known. It is therefore mixed with what is usual (5 % of the
 * use), which counts as four points (Smyth, "Linear models and empirical Bayes methods", Statistical Applications in
 * Genetics and Molecular Biology 3, 2004). And no service follows a straight line: for each doubling beyond the highest
 * load the upper end of the interval is raised by a quarter and the lower end lowered by a tenth. That is what it takes
 * for the runs in harness/tests/runs, projected from a half, a quarter and an eighth of what they held, to contain what
 * was measured then in 95 % of the cases. */
#ifndef TWOFOLD_ANALYSIS_RESOURCE_PROJECTION_H
#define TWOFOLD_ANALYSIS_RESOURCE_PROJECTION_H

#include <stddef.h>

/* So much was used at this load; both are above 0. */
struct projection_point {
    double load, used;
};

/* No projection reaches further than so many times the highest load. */
#define PROJECTION_FURTHEST 16.0

enum projection_kind {
    PROJECTION_NONE, /* there are fewer than three different loads */
    PROJECTION_FLAT, /* within its error the line does not rise */
    PROJECTION_FAR,  /* it does not reach what there is within PROJECTION_FURTHEST times the highest load */
    PROJECTION_MADE,
};

struct projection {
    enum projection_kind kind;
    double at;        /* NAN unless it was made */
    double low, high; /* 95 %; INFINITY: beyond PROJECTION_FURTHEST. NAN where nothing or a flat line was found; where
                       * it is far, nothing is used up below `low` */
};

/* What is used at `load` by that line, which is level where it does not rise within its error; NAN where there is none,
 * or where the load is beyond PROJECTION_FURTHEST times the highest. */
double projection_use(const struct projection_point *points, size_t count, double load);

/* From the points in any order, several of which may have one load. `most` is above 0. `at` is never below the highest
 * load: no more than that was used there. */
void projection_find(const struct projection_point *points, size_t count, double most, struct projection *ret_found);

#endif
