/* follower: what a rank of a fleet does that does not lead it: it sends its share of the load when it is told to, and
 * gives its records back. It decides nothing and writes nothing.
 *
 * It ends with the run. Where nothing is heard of the leader it ends by itself: ten seconds after it last was while a
 * step runs, ten minutes between steps, since a service may take long to be built. */
#ifndef TWOFOLD_BENCH_CREW_FOLLOWER_H
#define TWOFOLD_BENCH_CREW_FOLLOWER_H

#include "base/error.h"
#include "base/lines/line_file.h"
#include "bench/cores.h"
#include "bench/crew/fleet_order.h"
#include "bench/crew/muster.h"
#include "plan/manifest/manifest.h"
#include "plan/scenario/scenario.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

struct follower_options {
    struct muster *muster;
    const struct scenario *scenario;
    const struct manifest *services; /* as the leader has them */
    size_t service_count;
    struct cores *cores;
    const struct line_file_options *file; /* of the run log; NULL: this is not rank 0 */
    bool resume;                          /* the file is there */
    const atomic_bool *stop;
};

/* What is left of the run. */
struct follower_outcome {
    struct fleet_order_end end; /* as the leader says */
    char *path;                 /* of the run log, on the heap; NULL: there is none, or this is not rank 0 */
};

/* Until the run is over; *ret_outcome is filled in any case. ERROR_FAILED where the leader is lost, ERROR_STOPPED when
 * stopped. */
int follower_run(const struct follower_options *options, struct follower_outcome *ret_outcome, struct error *err);

#endif
