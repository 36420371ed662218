/* comparison_cases: made-up runs beside each other, one case for every way in which a comparison has to find words. */
#ifndef TWOFOLD_TESTS_SUPPORT_COMPARISON_CASES_H
#define TWOFOLD_TESTS_SUPPORT_COMPARISON_CASES_H

#include "analysis/comparison/comparison.h"
#include "findings_builder.h"

#define CASE_RUNS_MOST 3

struct comparison_case {
    const char *name; /* of its folder under cases/comparison */
    size_t runs;
    void (*build)(struct findings_builder *builders);
};

extern const struct comparison_case comparison_cases[]; /* the last one's name is NULL */

struct compared_case {
    size_t count;
    struct findings_builder builders[CASE_RUNS_MOST];
    struct comparison comparison;
};

void compared_case_make(struct compared_case *compared, const struct comparison_case *comparison_case);

/* A run against itself: any report case (report_cases.h). */
void compared_case_twice(struct compared_case *compared, void (*build)(struct findings_builder *builder));

void compared_case_release(struct compared_case *compared);

#endif
