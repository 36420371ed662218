/* load_condition: the condition of `twofold load --fail-if`: a figure, "<" or ">", and a bound, such as "p99>50ms". */
#ifndef TWOFOLD_REPORT_LOAD_LOAD_CONDITION_H
#define TWOFOLD_REPORT_LOAD_LOAD_CONDITION_H

#include "base/error.h"
#include "record/load_record.h"

#include <stdbool.h>

struct load_condition {
    int figure;   /* index into the table of load_condition.c */
    bool above;   /* '>' */
    double bound; /* nanoseconds, a share, or a count a second */
};

/* Read a condition. The figures are mean, p50, p75, p90, p95, p99, p999, p9999 and max of the response time (bound
 * "50ms"), errors (failed of offered requests, "0.1%"), throughput (completed a second, "1000") and good (good
 * responses a second). ERROR_INPUT says what was expected. */
int load_condition_read(struct load_condition *condition, const char *text, struct error *err);

enum condition_state {
    CONDITION_FAILS,
    CONDITION_HOLDS,
    CONDITION_UNKNOWN, /* the record has no such figure: no request has a time, or too few have for the percentile */
};

/* Whether the condition holds for the record. Sets `ret_figure` to the value that was compared with the bound, unless
 * that is unknown. */
enum condition_state load_condition_judge(const struct load_condition *condition, const struct load_record *record,
                                          double *ret_figure);

#endif
