/* participants: the backends of a run, once for each box that they run in, and each with its record for the run log. A
 * backend that cannot be built, started or verified is left out of the run; its record then gives the reason in
 * `skipped`. */
#ifndef TWOFOLD_BENCH_PARTICIPANTS_H
#define TWOFOLD_BENCH_PARTICIPANTS_H

#include "base/error.h"
#include "bench/bench.h"
#include "bench/resume.h"
#include "bench/run.h"
#include "plan/manifest/boxed.h"
#include "record/run_log.h"

#include <stdbool.h>
#include <stddef.h>

/* The arrays have an element for each backend, in the same order. */
struct participants {
    struct boxed boxed;
    const struct manifest *manifests; /* those of `boxed` */
    struct backend_record *records;
    bool *recorded; /* the run log has its record, or gets it from participants_record_skipped */
    bool *measured; /* it has had a step */
    size_t count;
};

/* The services of the options, in their boxes. Ends what runs that were killed have left behind. Fails when services
 * cannot run in such a box here (bench/service/boxing.h), or one of them runs already. */
int participants_init(struct participants *participants, const struct bench_options *options, const struct cores *cores,
                      struct error *err);
void participants_release(struct participants *participants);

/* Makes every backend ready for its trials (bench/service/prepare.h). Fails only when stopped, and
 * when something that a backend needs cannot be made to work. */
int participants_prepare(struct participants *participants, const struct run *run, struct error *err);

/* For a resumed run: leaves out again what was left out before, and takes over what is known of the others. Fails when
 * a backend that took part before cannot take part now, or is another service now (resume_check_backend). */
int participants_check_resumed(struct participants *participants, const struct resume *resume, struct error *err);

/* Writes the records of the backends that are left out, except those that a resumed file has already. */
int participants_record_skipped(struct participants *participants, const struct resume *resume,
                                struct run_writer *writer, struct error *err);

/* How many have had a step. */
size_t participants_measured(const struct participants *participants);

#endif
