/* perf: the stacks of a service's processes, sampled by the program `perf` (linux-perf) while they run, and folded by
 * it: a line a stack, callers first, "main;serve;parse 42". */
#ifndef TWOFOLD_HOST_PROFILE_PERF_H
#define TWOFOLD_HOST_PROFILE_PERF_H

#include "base/error.h"
#include "base/text.h"
#include "host/process/child.h"

#include <stdint.h>
#include <sys/types.h>

/* So often a second for each thread: no multiple of what programs do ten or a hundred times a second. */
#define PERF_HZ 199

struct perf {
    struct child child;
    char *file; /* of its readings; removed when it is read, or let go */
};

/* Begins with `pid`, all its descendants and those that they start. The readings go to `file`. Fails where there is no
 * perf, in a sentence that says how to get it, and where perf may not look, in perf's own words. */
int perf_start(struct perf *perf, pid_t pid, const char *file, struct error *err);

/* Ends it and appends the folded stacks. Whether it goes well or not, `perf` is released. */
int perf_finish(struct perf *perf, struct text *ret_folded, struct error *err);

/* Append the folded stacks of what `perf report -g folded,0,caller,count` prints: of its lines those that are a count
 * and a stack. */
void perf_fold(const char *report, struct text *out);

#endif
