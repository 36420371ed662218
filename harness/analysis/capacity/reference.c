#include "analysis/capacity/reference.h"

#include "base/mem.h"
#include "stats/sample.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

static double rps_of(const struct calibration *calibration)
{
    return calibration->done && calibration->throughput_rps > 0 ? (double)calibration->throughput_rps : NAN;
}

static bool is_good(const struct calibration *calibration)
{
    return !calibration->disturbed && !isnan(rps_of(calibration));
}

double reference_run_rps(const struct run_log *log)
{
    double *good = mem_new(log->calibration_count, sizeof *good);
    size_t count = 0;

    for (size_t i = 0; i < log->calibration_count; i++) {
        if (is_good(&log->calibrations[i].measured)) {
            good[count++] = rps_of(&log->calibrations[i].measured);
        }
    }
    sample_sort(good, count);
    double median = count > 0 ? sample_low_median(good, count) : rps_of(&log->run.calibration);
    free(good);
    return median;
}

void reference_spread_find(const struct run_log *log, struct reference_spread *ret_spread)
{
    struct reference_spread spread = {.least_rps = NAN, .most_rps = NAN, .share = NAN};
    double least = NAN, most = NAN; /* fmin and fmax pass over NAN */

    for (size_t i = 0; i < log->calibration_count; i++) {
        if (is_good(&log->calibrations[i].measured)) {
            least = fmin(least, rps_of(&log->calibrations[i].measured));
            most = fmax(most, rps_of(&log->calibrations[i].measured));
            spread.blocks++;
        }
    }
    if (spread.blocks > 1) {
        spread.least_rps = least;
        spread.most_rps = most;
        spread.share = (most - least) / reference_run_rps(log);
    }
    *ret_spread = spread;
}

double reference_rps(const struct run_log *log, unsigned trial)
{
    for (size_t i = log->calibration_count; i-- > 0;) {
        if (log->calibrations[i].trial == trial && is_good(&log->calibrations[i].measured)) {
            return rps_of(&log->calibrations[i].measured);
        }
    }
    return reference_run_rps(log);
}

double reference_best_rps(const struct run_log *log)
{
    double best = rps_of(&log->run.calibration);

    for (size_t i = 0; i < log->calibration_count; i++) {
        best = fmax(best, rps_of(&log->calibrations[i].measured));
    }
    return best;
}
