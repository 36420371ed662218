/* The memory limit: which samples count, and how much of them. */
#include "analysis/verdict.h"

#include "judging.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* --- memory ------------------------------------------------------------------------------------------------------ */

static struct step_verdict judged_with_spike(size_t sample, double mib, const struct limits *limits)
{
    struct step_builder builder = healthy_step();
    struct step_record record;
    struct step_verdict verdict;

    step_builder_make(&builder, &record);
    record.samples[sample].rss_bytes = (uint64_t)(mib * MIB);
    verdict_judge(&record, limits, false, &verdict);
    step_record_release(&record);
    return verdict;
}

static void memory_is_judged_by_each_sample_of_the_measured_part(void **state)
{
    (void)state;
    for (size_t i = BUILT_FIRST_SAMPLE; i <= BUILT_LAST_SAMPLE; i++) {
        struct step_verdict verdict = judged_with_spike(i, 513, &usual_limits);
        assert_int_equal(verdict.breach_count, 1);
        assert_int_equal(verdict.breaches[0].limit, LIMIT_MEMORY);
        assert_int_equal(verdict.breaches[0].at_ns, (i - BUILT_FIRST_SAMPLE) * 100 * MS);
        assert_true(verdict.breaches[0].observed == 513 * MIB);
        assert_true(verdict.breaches[0].allowed == 512 * MIB);
        assert_int_equal(judged_with_spike(i, 512, &usual_limits).breach_count, 0);
    }
}

static void memory_before_and_after_the_measured_part_is_not_judged(void **state)
{
    (void)state;
    assert_int_equal(judged_with_spike(BUILT_FIRST_SAMPLE - 1, 4000, &usual_limits).breach_count, 0);
    assert_int_equal(judged_with_spike(BUILT_LAST_SAMPLE + 1, 4000, &usual_limits).breach_count, 0);
}

static void memory_breaks_when_first_above_and_tells_the_highest(void **state)
{
    (void)state;
    struct step_builder builder = healthy_step();
    struct step_record record;
    struct step_verdict verdict;

    step_builder_make(&builder, &record);
    for (size_t i = BUILT_FIRST_SAMPLE; i < BUILT_SAMPLES; i++) {
        record.samples[i].rss_bytes = (uint64_t)((100 + 20 * (double)(i - BUILT_FIRST_SAMPLE)) * MIB);
    }
    verdict_judge(&record, &usual_limits, false, &verdict);
    assert_int_equal(verdict.breach_count, 1);
    assert_int_equal(verdict.breaches[0].at_ns, 2100 * MS);
    assert_true(verdict.breaches[0].observed == 1100 * MIB);
    step_record_release(&record);
}

static void pages_that_processes_share_count_once(void **state)
{
    (void)state;
    struct step_builder builder = healthy_step();

    builder.host.rss_mib = 1500;
    builder.host.pss_share = 0.3;
    check_passes(&builder, &usual_limits);
    builder.host.pss_share = 0.4;
    struct breach breach = check_breaks(&builder, &usual_limits, LIMIT_MEMORY, 0);
    assert_float_equal(breach.observed, 600 * MIB, 10);
}

static void where_shares_are_not_known_all_pages_count(void **state)
{
    (void)state;
    struct step_builder builder = healthy_step();

    builder.host.rss_mib = 513;
    builder.host.pss_share = 0;
    check_breaks(&builder, &usual_limits, LIMIT_MEMORY, 0);
    builder.host.pss_share = 1.5; /* nonsense never makes it more than was resident */
    assert_true(check_breaks(&builder, &usual_limits, LIMIT_MEMORY, 0).observed == 513 * MIB);
}

static void without_samples_memory_is_not_judged(void **state)
{
    (void)state;
    struct step_builder builder = healthy_step();

    builder.host.rss_mib = 4000;
    builder.host.sampled = false;
    check_passes(&builder, &usual_limits);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_is_judged_by_each_sample_of_the_measured_part),
        cmocka_unit_test(memory_before_and_after_the_measured_part_is_not_judged),
        cmocka_unit_test(memory_breaks_when_first_above_and_tells_the_highest),
        cmocka_unit_test(pages_that_processes_share_count_once),
        cmocka_unit_test(where_shares_are_not_known_all_pages_count),
        cmocka_unit_test(without_samples_memory_is_not_judged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
