#include "plan/scenario/soak.h"

#include "base/clock.h"
#include "plan/scenario/time_range.h"
#include "plan/scenario/warmup.h"

#include <stddef.h>

static const char *const soak_keys[] = {"share", "warmup", "measure", NULL};

int soak_read(struct soak *soak, const struct json_at *at, struct error *err)
{
    struct soak read = {.share = 0.5, .warmup_ns = 5 * CLOCK_SECOND_NS, .measure_ns = 60 * CLOCK_SECOND_NS};
    struct json_at share;

    if (warmup_check_keys(at, soak_keys, err) != 0) {
        return -1;
    }
    json_find(at, "share", &share);
    if ((share.value != NULL && json_read_share(&share, &read.share, err) != 0) ||
        warmup_read(at, &read.warmup_ns, err) != 0 ||
        time_range_read(&time_range_measured, at, "measure", &read.measure_ns, err) != 0) {
        return -1;
    }
    *soak = read;
    return 0;
}
