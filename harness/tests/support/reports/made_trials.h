/* made_trials: findings of services whose truth is known, made of random trials without any load: for the error rates
 * of what a report claims, over thousands of reports. */
#ifndef TWOFOLD_TESTS_SUPPORT_MADE_TRIALS_H
#define TWOFOLD_TESTS_SUPPORT_MADE_TRIALS_H

#include "analysis/finding.h"
#include "base/random.h"

#include <stddef.h>

#define MADE_SERVICES_MOST 5
#define MADE_TRIALS_MOST   16

/* How trials of one service differ. Spreads are standard deviations of logarithms; cpu and p99 are of each step. */
struct made_noise {
    double capacity, cpu, p99;
    double block;       /* how fast the machine is in a block, for all services alike */
    double bad;         /* the chance of a trial that something disturbed: half the capacity, a fifth more CPU, and
                         * three times the p99 */
    unsigned subdivide; /* levels of a doubling: 1 where there is no search, 8 where it goes to within 10 % */
};

/* The truth of a service, 1 for a usual one. */
struct made_truth {
    double capacity, cpu, p99;
};

/* Must not be moved. Its calibration is not done. */
struct made_run {
    struct findings findings;
    struct run_log log;
    struct backend_record records[MADE_SERVICES_MOST];
};

/* A run of `services` with `trials` trials each, whose pairs are found. Its findings have what pairs and ranking ask
 * for, and nothing else. */
void made_run_make(struct made_run *run, const struct made_truth *truths, size_t services, unsigned trials,
                   const struct made_noise *noise, struct random *dice);
void made_run_release(struct made_run *run);

/* Standard normal. */
double made_normal(struct random *dice);

#endif
