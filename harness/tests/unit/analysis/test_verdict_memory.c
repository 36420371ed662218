/* The memory limit: which samples count, and how much of them. */
#include "analysis/verdict/verdict.h"

#include "judging.h"
#include "test.h"
#include "unread.h"

/* --- memory ------------------------------------------------------------------------------------------------------ */

static struct step_verdict judged_with_spike(size_t sample, double mib, const struct limits *limits)
{
    struct step_builder builder = healthy_step();
    struct step_record record;
    struct step_verdict verdict;

    step_builder_make(&builder, &record);
    record.samples[sample].rss_bytes = (uint64_t)(mib * MIB);
    verdict = judge_record(&record, limits, NULL, false);
    step_record_release(&record);
    return verdict;
}

TEST(memory_is_judged_by_each_sample_of_the_measured_part)
{
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

TEST(memory_before_and_after_the_measured_part_is_not_judged)
{
    assert_int_equal(judged_with_spike(BUILT_FIRST_SAMPLE - 1, 4000, &usual_limits).breach_count, 0);
    assert_int_equal(judged_with_spike(BUILT_LAST_SAMPLE + 1, 4000, &usual_limits).breach_count, 0);
}

/* From 100 MiB on, by `mib_per_s` in each quarter of the measured part. */
static struct step_verdict judged_growing(const double mib_per_s[4], const struct limits *limits)
{
    struct step_builder builder = healthy_step();
    struct step_record record;
    struct step_verdict verdict;
    double mib = 100;

    step_builder_make(&builder, &record);
    for (size_t i = BUILT_FIRST_SAMPLE; i < BUILT_SAMPLES; i++) {
        size_t quarter = (i - BUILT_FIRST_SAMPLE) * 4 / (BUILT_LAST_SAMPLE - BUILT_FIRST_SAMPLE + 1);
        record.samples[i].rss_bytes = (uint64_t)(mib * MIB);
        mib += mib_per_s[quarter < 4 ? quarter : 3] / 10;
    }
    verdict = judge_record(&record, limits, NULL, false);
    step_record_release(&record);
    return verdict;
}

TEST(memory_that_rises_all_through_the_step_and_would_pass_its_limit_is_a_break)
{
    struct step_verdict verdict = judged_growing((const double[4]){20, 20, 20, 20}, &usual_limits);

    assert_int_equal(verdict.breach_count, 1);
    assert_int_equal(verdict.breaches[0].limit, LIMIT_GROWTH);
    assert_float_equal(verdict.breaches[0].observed, 20 * MIB, MIB);
    assert_true(verdict.breaches[0].allowed < verdict.breaches[0].observed);
    /* 25 MiB above the first quarter's 112 */
    assert_in_range(verdict.breaches[0].at_ns, 1700 * MS, 2100 * MS);
}

TEST(memory_that_levels_off_or_has_long_to_go_is_no_break)
{
    struct limits much = usual_limits, none = usual_limits;
    const double steady[4] = {20, 20, 20, 20};

    assert_int_equal(judged_growing((const double[4]){40, 30, 16, 2}, &usual_limits).breach_count, 0);
    assert_int_equal(judged_growing((const double[4]){20, 20, 2, 2}, &usual_limits).breach_count, 0);
    assert_int_equal(judged_growing((const double[4]){5, 5, 5, 5}, &usual_limits).breach_count, 0);
    much.memory_bytes = (uint64_t)(4096 * MIB);
    assert_int_equal(judged_growing(steady, &much).breach_count, 0);
    none.memory_bytes = 0;
    assert_int_equal(judged_growing(steady, &none).breach_count, 0);
}

TEST(memory_breaks_when_first_above_and_tells_the_highest)
{
    struct step_builder builder = healthy_step();
    struct step_record record;
    struct step_verdict verdict;

    step_builder_make(&builder, &record);
    for (size_t i = BUILT_FIRST_SAMPLE; i < BUILT_SAMPLES; i++) {
        record.samples[i].rss_bytes = (uint64_t)((100 + 20 * (double)(i - BUILT_FIRST_SAMPLE)) * MIB);
    }
    verdict = judge_record(&record, &usual_limits, NULL, false);
    assert_int_equal(verdict.breach_count, 1);
    assert_int_equal(verdict.breaches[0].at_ns, 2100 * MS);
    assert_true(verdict.breaches[0].observed == 1100 * MIB);
    step_record_release(&record);
}

TEST(pages_that_processes_share_count_once)
{
    struct step_builder builder = healthy_step();

    builder.host.rss_mib = 1500;
    builder.host.pss_share = 0.3;
    check_passes(&builder, &usual_limits);
    builder.host.pss_share = 0.4;
    struct breach breach = check_breaks(&builder, &usual_limits, LIMIT_MEMORY, 0);
    assert_float_equal(breach.observed, 600 * MIB, 10);
}

TEST(where_shares_are_not_known_all_pages_count)
{
    struct step_builder builder = healthy_step();

    builder.host.rss_mib = 513;
    builder.host.pss_share = 0;
    check_breaks(&builder, &usual_limits, LIMIT_MEMORY, 0);
    builder.host.pss_share = 1.5; /* nonsense never makes it more than was resident */
    assert_true(check_breaks(&builder, &usual_limits, LIMIT_MEMORY, 0).observed == 513 * MIB);
}

TEST(without_samples_memory_is_not_judged)
{
    struct step_builder builder = healthy_step();

    builder.host.rss_mib = 4000;
    builder.host.sampled = false;
    check_passes(&builder, &usual_limits);
}

TEST(memory_of_processes_that_were_not_read_is_not_judged)
{
    struct step_builder builder = healthy_step();
    struct limits tight = usual_limits;
    struct step_record record;

    tight.memory_bytes = (uint64_t)(1 * MIB);
    step_builder_make(&builder, &record);
    assert_true(judge_record(&record, &tight, NULL, false).breach_count > 0);
    record.not_watched = true;
    assert_int_equal(judge_record(&record, &tight, NULL, false).breach_count, 0);
    step_record_release(&record);
}

TEST(memory_that_no_watch_reads_is_not_judged_and_neither_breaks_nor_holds)
{
    struct step_builder builder = healthy_step();
    struct limits tight = usual_limits;
    struct step_record record;

    tight.memory_bytes = (uint64_t)(1 * MIB);
    step_builder_make(&builder, &record);
    unread_always(&record, SAMPLE_MEMORY);
    struct step_verdict verdict = judge_record(&record, &tight, NULL, false);
    assert_int_equal(verdict.breach_count, 0);
    assert_int_equal(verdict.limits[LIMIT_MEMORY].state, LIMIT_NOT_JUDGED);
    step_record_release(&record);
}

TEST(memory_that_is_read_once_a_second_breaks_as_well)
{
    struct step_builder builder = healthy_step();
    struct limits tight = usual_limits;
    struct step_record record;

    tight.memory_bytes = (uint64_t)(1 * MIB);
    step_builder_make(&builder, &record);
    unread_between(&record, SAMPLE_MEMORY, 10);
    assert_true(judge_record(&record, &tight, NULL, false).breach_count > 0);
    step_record_release(&record);
}
