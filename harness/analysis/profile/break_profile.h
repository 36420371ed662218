/* break_profile: what a service's processes did at the load that broke, and what grew since the highest load that held,
 * out of the stacks that `bench --profile-break` sampled. Shares are of the samples of one load: of the time that its
 * threads ran, whatever they waited for besides. */
#ifndef TWOFOLD_ANALYSIS_PROFILE_BREAK_PROFILE_H
#define TWOFOLD_ANALYSIS_PROFILE_BREAK_PROFILE_H

#include "record/run_log.h"

#include <stddef.h>
#include <stdint.h>

/* A function, by the time in it alone, without what it calls. */
struct profile_function {
    char *name;    /* owned */
    double share;  /* at the load that broke */
    double before; /* at the one that held; NAN: that was not profiled */
};

struct break_profile {
    const struct profile_record *broke, *held; /* borrowed; NULL: there is none */
    struct profile_function *functions;        /* the largest share first; owned */
    size_t count;
    double unresolved; /* the share of the samples at the load that broke in code without symbols */
};

/* Of the service's last profiles. Release with break_profile_release. */
void break_profile_find(const struct run_log *log, const char *backend, struct break_profile *ret_profile);
void break_profile_release(struct break_profile *profile);

/* The index of the function whose share grew by most, by at least `least`; profile->count: none did. */
size_t break_profile_grown(const struct break_profile *profile, double least);

#endif
