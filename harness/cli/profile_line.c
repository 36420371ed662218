#include "profile_line.h"

#include <inttypes.h>
#include <string.h>

static const uint64_t trials_most = 1000;

int profile_line_read(const struct profile_line *line, enum profile *ret_profile, unsigned *ret_trials,
                      struct error *err)
{
    enum profile profile = line->quick ? PROFILE_QUICK : PROFILE_STANDARD;

    if (line->name != NULL && profile_read(&profile, line->name, err) != 0) {
        return error_context(err, "--profile");
    }
    if (line->quick && profile != PROFILE_QUICK) {
        return error_input(err, "--quick and --profile %s contradict each other", line->name);
    }
    if (line->trials > trials_most) {
        return error_input(err, "--trials: expected 1 to %" PRIu64 ", found %" PRIu64, trials_most, line->trials);
    }
    *ret_profile = profile;
    *ret_trials = line->trials > 0 ? (unsigned)line->trials : profile_trials(profile);
    return 0;
}
