/* compared_pair: two built runs beside each other, for the tests of comparisons. */
#ifndef TWOFOLD_TESTS_SUPPORT_COMPARED_PAIR_H
#define TWOFOLD_TESTS_SUPPORT_COMPARED_PAIR_H

#include "analysis/comparison/comparison.h"

struct compared_pair {
    struct run_log logs[2];
    struct findings findings[2];
    struct comparison comparison;
};

/* Two runs of log_builder's scenario with nothing in them. */
void compared_pair_begin(struct compared_pair *pair);

/* The service "go" with one trial for each word, a letter a step (log_builder.h). */
void compared_pair_add_go(struct run_log *log, const char *climbs);

/* The logs are whole. */
void compared_pair_compare(struct compared_pair *pair);
void compared_pair_end(struct compared_pair *pair);

#endif
