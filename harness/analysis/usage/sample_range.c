#include "analysis/usage/sample_range.h"

size_t sample_range_find(const struct step_record *step, uint64_t from_ns, uint64_t to_ns, size_t *ret_first)
{
    uint64_t start_ns = step->load.started_ns + from_ns, end_ns = step->load.started_ns + to_ns;
    size_t first = 0, end;

    while (first < step->sample_count && step_record_sample_ns(step, first) < start_ns) {
        first++;
    }
    end = first;
    while (end < step->sample_count && step_record_sample_ns(step, end) <= end_ns) {
        end++;
    }
    *ret_first = first;
    return end - first;
}

size_t sample_range_measured(const struct step_record *step, size_t *ret_first)
{
    return sample_range_find(step, 0, step->load.measured_ns, ret_first);
}

bool sample_range_around(const struct step_record *step, uint64_t from_ns, uint64_t to_ns, uint64_t *ret_from_ns,
                         uint64_t *ret_to_ns)
{
    uint64_t started_ns = step->load.started_ns;
    size_t first, count = sample_range_measured(step, &first);

    if (count < 2) {
        return false;
    }
    size_t before = first, after = first + count - 1;
    while (before + 1 < after && step_record_sample_ns(step, before + 1) <= started_ns + from_ns) {
        before++;
    }
    while (after - 1 > before && step_record_sample_ns(step, after - 1) >= started_ns + to_ns) {
        after--;
    }
    *ret_from_ns = step_record_sample_ns(step, before) - started_ns;
    *ret_to_ns = step_record_sample_ns(step, after) - started_ns;
    return true;
}
