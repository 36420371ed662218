#include "analysis/usage/sample_range.h"

size_t sample_range_find(const struct step_record *step, uint64_t from_ns, uint64_t to_ns, size_t *ret_first)
{
    uint64_t start_ns = step->load.started_ns + from_ns, end_ns = step->load.started_ns + to_ns;
    size_t first = 0, end;

    while (first < step->sample_count && step->samples[first].at_ns < start_ns) {
        first++;
    }
    end = first;
    while (end < step->sample_count && step->samples[end].at_ns <= end_ns) {
        end++;
    }
    *ret_first = first;
    return end - first;
}

size_t sample_range_measured(const struct step_record *step, size_t *ret_first)
{
    return sample_range_find(step, 0, step->load.measured_ns, ret_first);
}
