/* boxed: the services of a run, each put into each box that the run is about. One box changes no name; in several boxes
 * each service takes part once a box, as "go@0.25cpu", "go@0.5cpu" and so on. */
#ifndef TWOFOLD_PLAN_MANIFEST_BOXED_H
#define TWOFOLD_PLAN_MANIFEST_BOXED_H

#include "base/error.h"
#include "plan/box.h"
#include "plan/manifest/manifest.h"

#include <stddef.h>

struct boxed {
    struct manifest *manifests; /* service by service, in each the smallest box first */
    size_t count;
};

/* The manifests borrow everything but their names from `manifests`, which must outlive them. A list without a box
 * limits nothing. ERROR_INPUT when a box is asked for a service that runs already. Release with boxed_release. */
int boxed_make(struct boxed *ret_boxed, const struct manifest *manifests, size_t count, const struct box_list *boxes,
               struct error *err);
void boxed_release(struct boxed *boxed);

#endif
