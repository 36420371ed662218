/* description: what the first record of a run log says about the run: the scenario, the machine, the cores and the
 * backends. */
#ifndef TWOFOLD_BENCH_DESCRIPTION_H
#define TWOFOLD_BENCH_DESCRIPTION_H

#include "bench/bench.h"
#include "bench/run.h"
#include "record/run_log.h"

/* Reads what this machine is. Must be called before cores_init moves the calling thread, which can use fewer cores from
 * then on. The caller releases `ret_machine`. */
void description_read_machine(struct machine *ret_machine);

/* What tells a scenario from another one: of its text, and of all that its values give; in hex, on the heap. */
char *description_hash(const struct scenario *scenario);

/* Fills the rest of the record, also what the cores say of the machine, from the scenario, the plan and the cores of
 * `run`, the services and boxes of the options, and with the present time. */
void description_fill(struct run_record *record, const struct run *run, const struct bench_options *options);

#endif
