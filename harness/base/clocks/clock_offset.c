#include "base/clocks/clock_offset.h"

/* Two crystals may drift apart by this share of the time that passes. */
#define DRIFT 100e-6

void clock_offset_take(struct clock_offset *offset, uint64_t asked_ns, uint64_t other_ns, uint64_t arrived_ns)
{
    uint64_t error_ns = (arrived_ns - asked_ns) / 2;
    double drift_ns = DRIFT * (double)(arrived_ns - offset->measured_ns);

    if (arrived_ns < asked_ns || (offset->known && (double)error_ns > (double)offset->error_ns + drift_ns)) {
        return;
    }
    *offset = (struct clock_offset){.known = true,
                                    .ahead_ns = (int64_t)(other_ns - (asked_ns + error_ns)),
                                    .error_ns = error_ns,
                                    .measured_ns = arrived_ns};
}

uint64_t clock_offset_here(const struct clock_offset *offset, uint64_t other_ns)
{
    if (offset->ahead_ns > 0 && other_ns < (uint64_t)offset->ahead_ns) {
        return 0;
    }
    return other_ns - (uint64_t)offset->ahead_ns;
}
