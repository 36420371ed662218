#include "plan/scenario/time_range.h"

#include "base/clock.h"

#include <stddef.h>

const struct time_range time_range_any = {1, 3600 * CLOCK_SECOND_NS, "a time above 0 and up to 1h"};
const struct time_range time_range_measured = {CLOCK_SECOND_NS, 3600 * CLOCK_SECOND_NS, "a time from 1s to 1h"};

int time_range_read(const struct time_range *range, const struct json_at *at, const char *key, uint64_t *ns,
                    struct error *err)
{
    struct json_at member;
    uint64_t read;

    json_find(at, key, &member);
    if (member.value == NULL) {
        return 0;
    }
    if (json_read_duration(&member, &read, err) != 0) {
        return -1;
    }
    if (read < range->least_ns || read > range->most_ns) {
        return json_expected(&member, err, "%s", range->words);
    }
    *ns = read;
    return 0;
}
