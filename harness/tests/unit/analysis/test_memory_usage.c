#include "analysis/usage/memory_usage.h"

#include "test.h"

TEST(pages_that_processes_share_count_once)
{
    const struct memory_reading shared = {.rss_bytes = 400, .pss_bytes = 100};
    const struct memory_reading no_pss = {.rss_bytes = 400};
    const struct memory_reading no_rss = {.pss_bytes = 100};

    assert_float_equal(memory_usage_bytes(&shared, 1000), 250, 1e-9);
    assert_float_equal(memory_usage_bytes(&no_pss, 1000), 1000, 1e-9);
    assert_float_equal(memory_usage_bytes(&no_rss, 1000), 1000, 1e-9);
    assert_int_equal(memory_usage_at_reading(&shared), 100);
    assert_int_equal(memory_usage_at_reading(&no_pss), 400);
}

/* They are not read at the same moment. */
TEST(no_more_is_held_than_is_resident)
{
    const struct memory_reading grown = {.rss_bytes = 400, .pss_bytes = 410};
    assert_float_equal(memory_usage_bytes(&grown, 1000), 1000, 1e-9);
}
