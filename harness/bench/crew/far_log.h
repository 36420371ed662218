/* far_log: the run log of a fleet that another rank than 0 leads: its lines go to rank 0, whose file it is. */
#ifndef TWOFOLD_BENCH_CREW_FAR_LOG_H
#define TWOFOLD_BENCH_CREW_FAR_LOG_H

#include "bench/crew/muster.h"
#include "record/run_log.h"

/* On the leader. Each record is sent, and is safe when rank 0 has said so, within 30 s. */
void far_log_open(struct run_writer **ret_writer, struct muster *muster);

#endif
