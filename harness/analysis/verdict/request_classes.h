/* kinds: the requests of a step by kind, and by what the scenario wants of them: to be served, or to be refused, where it
 * expects a 4xx. The two are judged by themselves as well as together, so that neither hides behind the other: the rule
 * stands here, the verdict asks it.
 *
 * Rule, where the scenario wants some requests refused and the record tells the kinds of request apart:
 *  - the served ones by themselves keep the latency limit, where there are enough of them for its percentile;
 *  - the served ones by themselves, and the refused ones by themselves, keep the errors limit: their failed share is not
 *    above it by more than chance explains. Few requests have few failures, so a handful of refused ones needs three
 *    failures at least to say anything, and hundreds are judged almost as sharply as the whole. */
#ifndef TWOFOLD_ANALYSIS_VERDICT_REQUEST_CLASSES_H
#define TWOFOLD_ANALYSIS_VERDICT_REQUEST_CLASSES_H

#include "plan/scenario/limits.h"
#include "plan/traffic/traffic.h"
#include "record/load_record.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum expectation {
    EXPECT_ANY,     /* all requests, whatever is wanted of them */
    EXPECT_SUCCESS, /* anything but a 4xx is expected */
    EXPECT_ERROR,   /* a 4xx is */
};

const char *expectation_name(enum expectation expectation); /* "all", "served", "refused" */

/* What became of a kind of request, or of several together. */
struct request_class {
    const char *name; /* of the one kind, borrowed from the record; NULL: several together */
    enum expectation expectation;
    struct tally tally;
    uint64_t p50_ns, p99_ns; /* NO_TIME: too few */
};

/* One finding for each kind in the record, in its order; NULL and 0 where it has none. The caller frees them. */
struct request_class *request_classes_find(const struct traffic *traffic, const struct load_record *load,
                                           size_t *ret_count);

/* All kinds of the record together of which this is wanted. */
struct request_class_group {
    struct tally tally;
    struct histogram response; /* 2 digits */
};

void request_classes_gather(const struct traffic *traffic, const struct load_record *load, enum expectation expectation,
                            struct request_class_group *ret_group);
void request_class_group_release(struct request_class_group *group);

/* The same as a finding without a name. */
struct request_class request_classes_total(const struct traffic *traffic, const struct load_record *load,
                                           enum expectation expectation);

/* Whether the record has requests that are to be refused. `traffic` may be NULL, which wants none refused. */
bool request_classes_apart(const struct traffic *traffic, const struct load_record *load);

/* Whether so many failures of so many requests are more than chance makes of a true share of `share`: at most about one in
 * a thousand times. The root of a count of rare events has a standard deviation of a half, whatever the count. */
bool request_classes_beyond_chance(uint64_t failed, uint64_t offered, double share);

/* The rule above. */
bool request_class_group_is_slow(const struct request_class_group *group, const struct limits *limits);
bool request_class_group_fails(const struct request_class_group *group, const struct limits *limits);

#endif
