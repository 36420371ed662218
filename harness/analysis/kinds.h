/* kinds: the requests of a step by kind, and by what the scenario wants of them: to be served, or to be refused, where it
 * expects a 4xx. The two are judged by themselves as well as together, so that neither hides behind the other: the rule
 * stands here, the verdict asks it.
 *
 * Rule, where the scenario wants some requests refused and the record tells the kinds of request apart:
 *  - the served ones by themselves keep the latency limit, where there are enough of them for its percentile;
 *  - the served ones by themselves, and the refused ones by themselves, keep the errors limit: their failed share is not
 *    above it by more than chance explains. Few requests have few failures, so a handful of refused ones needs three
 *    failures at least to say anything, and hundreds are judged almost as sharply as the whole. */
#ifndef TWOFOLD_ANALYSIS_KINDS_H
#define TWOFOLD_ANALYSIS_KINDS_H

#include "plan/limits.h"
#include "plan/traffic.h"
#include "record/load_record.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum want {
    WANT_ANY,     /* all requests, whatever is wanted of them */
    WANT_SERVED,  /* anything but a 4xx is expected */
    WANT_REFUSED, /* a 4xx is */
};

const char *want_name(enum want want); /* "all", "served", "refused" */

/* What became of a kind of request, or of several together. */
struct kind_finding {
    const char *name; /* of the one kind, borrowed from the record; NULL: several together */
    enum want want;
    struct tally tally;
    uint64_t p50_ns, p99_ns; /* NO_TIME: too few */
};

/* One finding for each kind in the record, in its order; NULL and 0 where it has none. The caller frees them. */
struct kind_finding *kinds_find(const struct traffic *traffic, const struct load_record *load, size_t *ret_count);

/* All kinds of the record together of which this is wanted. */
struct kind_group {
    struct tally tally;
    struct histogram response; /* 2 digits */
};

void kinds_gather(const struct traffic *traffic, const struct load_record *load, enum want want,
                  struct kind_group *ret_group);
void kind_group_release(struct kind_group *group);

/* The same as a finding without a name. */
struct kind_finding kinds_together(const struct traffic *traffic, const struct load_record *load, enum want want);

/* Whether the record has requests that are to be refused. `traffic` may be NULL, which wants none refused. */
bool kinds_are_apart(const struct traffic *traffic, const struct load_record *load);

/* Whether so many failures of so many requests are more than chance makes of a true share of `share`: at most about one in
 * a thousand times. The root of a count of rare events has a standard deviation of a half, whatever the count. */
bool kinds_beyond_chance(uint64_t failed, uint64_t offered, double share);

/* The rule above. */
bool kind_group_is_slow(const struct kind_group *group, const struct limits *limits);
bool kind_group_fails(const struct kind_group *group, const struct limits *limits);

#endif
