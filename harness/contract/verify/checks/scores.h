/* scores: rows for the model of the contract and the scores that are right for them, as the library that trained it
 * computed them (backends/contract/model). */
#ifndef TWOFOLD_CONTRACT_VERIFY_CHECKS_SCORES_H
#define TWOFOLD_CONTRACT_VERIFY_CHECKS_SCORES_H

#include "base/error.h"

#include <stddef.h>

enum { SCORES_FEATURES = 16 };

/* The struct owns the arrays. */
struct scores {
    size_t count;
    double (*rows)[SCORES_FEATURES]; /* whole numbers */
    double *scores;
};

/* Reads a file of cases: {"rows": [[16 whole numbers], …], "scores": [number, …]}. ERROR_INPUT for any other. */
int scores_read(struct scores *scores, const char *path, struct error *err);
void scores_release(struct scores *scores);

#endif
