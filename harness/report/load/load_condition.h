/* load_condition: what --fail-if holds against one load record: a figure, < or >, and a bound, such as "p99>50ms". */
#ifndef TWOFOLD_REPORT_LOAD_LOAD_CONDITION_H
#define TWOFOLD_REPORT_LOAD_LOAD_CONDITION_H

#include "base/error.h"
#include "record/load_record.h"

#include <stdbool.h>

struct load_condition {
    int figure;   /* which one, in the table of load_condition.c */
    bool above;   /* '>' */
    double bound; /* nanoseconds, a share, or a count a second */
};

/* Figures: mean p50 p90 p99 p999 max (response time: "50ms"), errors (failed of offered: "0.1%"), throughput
 * (completed a second: "1000"), good (answered well a second). ERROR_INPUT says what was expected. */
int load_condition_read(struct load_condition *condition, const char *text, struct error *err);

/* Whether the condition holds, and the figure it was held against. */
bool load_condition_holds(const struct load_condition *condition, const struct load_record *record, double *ret_figure);

#endif
