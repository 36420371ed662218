/* salvage: reads around damaged lines of a run log. A damaged line costs the trial that it is of, and no other: of a
 * trial that lacks a record nobody knows what it would have shown. The reader tells of every line. */
#ifndef TWOFOLD_RECORD_SALVAGE_SALVAGE_H
#define TWOFOLD_RECORD_SALVAGE_SALVAGE_H

#include "record/run_log.h"

#include <stdbool.h>
#include <stddef.h>

struct salvaged_trial {
    char *backend;
    unsigned trial;
};

/* `= {0}` is the start. */
struct salvage {
    struct run_log before;           /* the log before the present line; only its counts are used */
    struct salvaged_trial under_way; /* backend: NULL where none is, or none is known */
    bool open;                       /* nothing came since the last damaged line that says whose it was */
    size_t *lines;                   /* the numbers of the damaged lines */
    size_t line_count;
    char *why; /* what is wrong with the first */
    struct salvaged_trial *lost;
    size_t lost_count;
};

/* Before a line is read, and after it was read. A record of a trial that is lost is removed again. */
void salvage_begin(struct salvage *salvage, const struct run_log *log);
void salvage_read(struct salvage *salvage, struct run_log *log);

/* After a line could not be read: removes what was read of it, and its trial. */
void salvage_damaged(struct salvage *salvage, struct run_log *log, size_t line, const char *why);

/* What was left out, in words, on the heap; NULL: nothing was. */
char *salvage_words(const struct salvage *salvage);

void salvage_release(struct salvage *salvage);

#endif
