#include "host/sampler.h"

#include "sampler_fixture.h"
#include "test.h"

#include <signal.h>

enum { MIB = 1 << 20 };

TEST(memory_that_is_touched_shows_in_every_figure)
{
    struct sampler_fixture fixture = start_ready("hoard", "64");
    struct memory_reading memory;

    sampler_memory(fixture.sampler, &memory); /* before any sample, too */
    assert_true(memory.rss_bytes > 64U * MIB);
    assert_true(memory.anonymous_bytes >= 64U * MIB);
    assert_true(memory.pss_bytes >= 64U * MIB);
    assert_true(memory.pss_bytes <= memory.rss_bytes);
    assert_true(memory.peak_bytes >= memory.rss_bytes);
    struct sample sample = read_one(&fixture);
    assert_true(sample.rss_bytes > 64U * MIB);
    assert_true(sample.anonymous_bytes >= 64U * MIB);
    /* Two ways to the same figure. */
    assert_true(sample.rss_bytes < memory.rss_bytes + 4U * MIB);
    assert_true(memory.rss_bytes < sample.rss_bytes + 4U * MIB);
    end(&fixture);
}

TEST(the_peak_outlives_the_memory_until_it_is_reset)
{
    struct sampler_fixture fixture = start_ready("hoard", "64");
    struct memory_reading full, half, reset;

    sampler_memory(fixture.sampler, &full);
    kill(service_pid(fixture.service), SIGUSR1);
    wait_for_word(fixture.service, "given back");
    sampler_memory(fixture.sampler, &half);
    assert_true(half.rss_bytes < full.rss_bytes - 28U * MIB);
    assert_true(half.peak_bytes > full.rss_bytes - 4U * MIB);
    assert_int_equal(sampler_reset_peak(fixture.sampler), 0);
    sampler_memory(fixture.sampler, &reset);
    assert_true(reset.peak_bytes >= reset.rss_bytes);
    assert_true(reset.peak_bytes < full.rss_bytes - 28U * MIB);
    end(&fixture);
}

TEST(the_peak_of_a_service_that_died_is_what_was_sampled)
{
    struct sampler_fixture fixture = start_ready("hoard", "64");
    struct memory_reading memory;

    read_one(&fixture);
    kill(service_pid(fixture.service), SIGKILL);
    assert_true(wait_for_end(fixture.service, 20 * CLOCK_SECOND_NS));
    sampler_memory(fixture.sampler, &memory);
    assert_int_equal(memory.rss_bytes, 0);
    assert_true(memory.peak_bytes > 64U * MIB);
    end(&fixture);
}

int before_tests(int argc, char **argv)
{
    int status;

    if (child_role_played(argc, argv, &status)) {
        return status;
    }
    return RUN_TESTS;
}
