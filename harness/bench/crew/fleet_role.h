/* fleet_role: what a process of a fleet does in a run: it leads, or it follows the one that does. */
#ifndef TWOFOLD_BENCH_CREW_FLEET_ROLE_H
#define TWOFOLD_BENCH_CREW_FLEET_ROLE_H

#include "base/error.h"
#include "base/lines/line_file.h"
#include "bench/bench.h"
#include "bench/cores.h"
#include "bench/crew/muster.h"
#include "record/machine.h"
#include "record/run_log.h"

/* What this process brings. All is borrowed. */
struct fleet_role {
    const struct bench_options *options;
    struct cores *cores;
    const struct machine *machine;
};

/* Meets the others (bench/crew/muster.h); without ranks there are none, and a service elsewhere is ERROR_INPUT. */
int fleet_role_gather(const struct fleet_role *role, struct muster *muster, struct error *err);

/* Follows until the run is over, and fills what is known of its end. On rank 0 it writes the run log to the file. */
int fleet_role_follow(const struct fleet_role *role, struct muster *muster, const struct line_file_options *file,
                      struct bench_outcome *outcome, struct error *err);

/* On the leader: opens the run log, in the file where this is rank 0, and else through it. */
int fleet_role_open(struct muster *muster, const struct line_file_options *file, struct run_writer **ret_writer,
                    struct error *err);

/* The same of a run that is resumed; NULL where this is rank 0, which has the file. */
struct run_writer *fleet_role_writer(struct muster *muster);

/* On the leader: writes a record of each generator. */
int fleet_role_write(const struct muster *muster, struct run_writer *writer, struct error *err);

/* On the leader: tells the others that the run is over. `err` is NULL where it came to its end; elsewhere than on rank
 * 0 it is emptied, since rank 0 tells of it. */
void fleet_role_dismiss(const struct fleet_role *role, struct muster *muster, struct bench_outcome *outcome,
                        struct error *err);

#endif
