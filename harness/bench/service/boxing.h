/* boxing: the control groups that the services of a run are started in (host/cgroup/box_group.h): each in one of its
 * own, with the limits of its box if it has one. */
#ifndef TWOFOLD_BENCH_SERVICE_BOXING_H
#define TWOFOLD_BENCH_SERVICE_BOXING_H

#include "base/core_set.h"
#include "base/error.h"
#include "host/cgroup/box_group.h"
#include "plan/box.h"

#include <stdatomic.h>

struct boxing_options {
    const struct core_set *cores; /* of the services */
    unsigned cores_most;          /* that one service can have, the generator's among them (bench/cores.h) */
    const atomic_bool *stop;      /* may be NULL */
};

/* Ends and removes what runs that were killed have left behind, and finds out, before anything is built, whether
 * services can run in the boxes on this machine: ERROR_INPUT when one has more cores than there are, or more cpus than
 * the services have cores, because it would not be the box then that limits them; ERROR_FAILED says in a sentence why
 * no such group can be made. */
int boxing_begin(const struct box_list *boxes, const struct boxing_options *options, struct error *err);

/* Makes the group of one service; the caller frees it. Without limits *ret_group may be NULL, which is no failure. */
int boxing_make(struct box_group **ret_group, const struct box *box, struct error *err);

/* Why a service that did not start may have needed a larger box, as the end of a sentence; NULL: it has no limits. On
 * the heap. `group` is the one that it was started in, or NULL. */
char *boxing_excuse(const struct box *box, const struct box_group *group);

#endif
