/* profile_record: what a service's processes did while a load was run once more under a sampling profiler, after all
 * that is judged (bench --profile-break). */
#ifndef TWOFOLD_RECORD_PROFILE_PROFILE_RECORD_H
#define TWOFOLD_RECORD_PROFILE_PROFILE_RECORD_H

#include "base/error.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

struct profile_record {
    char *backend;
    unsigned trial;
    uint64_t level;
    bool broke;       /* this load broke in the trial; false: it is the highest that held below that */
    uint64_t samples; /* of stacks, all threads of all processes together */
    char *stacks;     /* folded: a line a stack, "main;serve;parse 42", the most frequent first; at most 64 KiB, beyond
                       * which the rarest are left out. NULL: there are none */
    char *missing;    /* why there are none; NULL: there are */
};

void profile_record_release(struct profile_record *record);

/* The members of a record in a run log. */
json_t *profile_record_json(const struct profile_record *record);
int profile_record_read(struct profile_record *record, const json_t *json, struct error *err);

#endif
