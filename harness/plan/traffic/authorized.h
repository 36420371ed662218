/* authorized: a traffic whose requests say who sends them. The credentials of one service are not for another, and are
 * in no scenario. */
#ifndef TWOFOLD_PLAN_TRAFFIC_AUTHORIZED_H
#define TWOFOLD_PLAN_TRAFFIC_AUTHORIZED_H

#include "plan/traffic/traffic.h"

struct authorized {
    struct traffic traffic; /* borrows all but the header that was added, and which requests there are */
    size_t *header_counts;  /* of the requests before it was added */
};

/* Makes a traffic like `traffic`, which must outlive it, with the header Authorization in every request that has none;
 * NULL: with no header more. */
void authorized_init(struct authorized *authorized, const struct traffic *traffic, const char *authorization);
void authorized_release(struct authorized *authorized);

#endif
