/* provisions: what a service is given for a scenario besides what runs beside it: files of the contract (the model, the
 * accounts), the size of its table, and a key to sign tokens with. They reach it as variables of its environment. */
#ifndef TWOFOLD_BENCH_DEPENDENCY_PROVISIONS_H
#define TWOFOLD_BENCH_DEPENDENCY_PROVISIONS_H

#include "base/error.h"
#include "plan/scenario/needs.h"

#include <stdint.h>

/* `= {0}` gives nothing. The struct owns the strings. */
struct provisions {
    char *model_file;    /* absolute; NULL: none */
    char *model_cases;   /* rows and the scores that are right for them, for verify */
    uint64_t table_rows; /* 0: none */
    char *accounts_file; /* absolute; NULL: none */
    char *token_key;     /* new for each run; NULL: none */
};

/* What the scenario needs of it. Fails where a file of the contract is not below the working folder. */
int provisions_init(struct provisions *provisions, const struct needs *needs, struct error *err);
void provisions_release(struct provisions *provisions);

/* Append "NAME=value" of each to the variables, on the heap; returns how many there are then. At most
 * PROVISIONS_VARIABLES are added. */
#define PROVISIONS_VARIABLES 4
size_t provisions_add(const struct provisions *provisions, char **variables, size_t count);

#endif
