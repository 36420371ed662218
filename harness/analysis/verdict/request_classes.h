/* request_classes: the requests of a step by class, and in two groups: those that are expected to succeed, and those of
 * which the scenario expects an error (a 4xx). Each group is judged by itself as well as together with the other, so
 * that neither can hide behind the other.
 *
 * Where the scenario expects errors and the record has its classes:
 *  - the requests expected to succeed keep the latency limit by themselves, where they are enough for its percentile;
 *  - each group keeps the errors limit by itself: its failed share is not above the limit by more than chance explains.
 *    A handful of requests needs three failures to break it; hundreds are judged almost as sharply as the whole step.
 */
#ifndef TWOFOLD_ANALYSIS_VERDICT_REQUEST_CLASSES_H
#define TWOFOLD_ANALYSIS_VERDICT_REQUEST_CLASSES_H

#include "analysis/verdict/breach.h"
#include "analysis/verdict/expectation.h"
#include "plan/scenario/limits.h"
#include "plan/traffic/traffic.h"
#include "record/load_record.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What became of the requests of one class, or of several classes together. */
struct request_class {
    const char *name; /* borrowed from the record; NULL: several classes together */
    enum expectation expectation;
    struct tally tally;
    uint64_t p50_ns, p99_ns; /* response time; NO_TIME: too few requests */
};

/* One request_class for each class in the record, in its order; NULL and 0 where it has none. The caller frees them. In
 * all of these functions `traffic` may be NULL: then no errors are expected. */
struct request_class *request_classes_find(const struct traffic *traffic, const struct load_record *load,
                                           size_t *ret_count);

/* The record of the request of the traffic with this index; NULL: the load has none of that name in that place. */
const struct request_record *request_classes_record(const struct traffic *traffic, const struct load_record *load,
                                                    size_t index);

/* All classes of which this is expected, together. */
struct request_class request_classes_total(const struct traffic *traffic, const struct load_record *load,
                                           enum expectation expectation);

/* The same with the response times themselves, which the caller releases. */
struct request_class_group {
    enum expectation expectation;
    struct tally tally;
    struct histogram response; /* 2 digits */
};

void request_class_group_find(const struct traffic *traffic, const struct load_record *load,
                              enum expectation expectation, struct request_class_group *ret_group);
void request_class_group_release(struct request_class_group *group);

/* Whether the group by itself breaks the limit, by the rule above. Only LIMIT_LATENCY and LIMIT_ERRORS are judged. */
bool request_class_group_breaks(const struct request_class_group *group, const struct limits *limits, enum limit limit);

/* Whether `failed` failures among `offered` requests are more than chance makes of a true failure rate of `share`,
 * which happens by accident about once in a thousand times. The square root of a count of rare events has a standard
 * deviation of one half, whatever the count. */
bool request_classes_beyond_chance(uint64_t failed, uint64_t offered, double share);

#endif
