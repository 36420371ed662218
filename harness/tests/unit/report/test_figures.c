#include "report/words/figures.h"

#include "test.h"

#include <math.h>
#include <string.h>

static void check(struct text *out, const char *wanted)
{
    assert_string_equal(out->data, wanted);
    text_release(out);
}

static void check_share(void (*write)(struct text *, double), double share, const char *wanted)
{
    struct text out = {0};
    write(&out, share);
    check(&out, wanted);
}

TEST(a_few_are_never_none)
{
    check_share(figures_share, 0, "0 %");
    check_share(figures_share, 1e-9, "<0.01 %");
    check_share(figures_share, 0.000049, "<0.01 %");
    check_share(figures_share, 0.0005, "0.05 %");
    check_share(figures_share, 0.97, "97 %");
    check_share(figures_share, 1.05, "105 %");
}

TEST(almost_all_are_not_all_beside_a_limit)
{
    check_share(figures_fine_share, 1, "100 %");
    check_share(figures_fine_share, 0.99999, ">99.99 %");
    check_share(figures_fine_share, 0.99887, "99.89 %");
    check_share(figures_fine_share, 0.00104, "0.104 %");
    check_share(figures_fine_share, 0.001, "0.1 %");
    check_share(figures_fine_share, 0, "0 %");
    check_share(figures_fine_share, 1e-9, "<0.01 %");
}

TEST(what_is_no_number_is_not_known)
{
    struct text out = {0};

    check_share(figures_share, NAN, "-");
    check_share(figures_share, -1, "-");
    check_share(figures_share, INFINITY, "-");
    check_share(figures_fine_share, NAN, "-");
    check_share(figures_rate, NAN, "-");
    check_share(figures_rate, -1, "-");
    check_share(figures_rate, INFINITY, "-");
    figures_time(&out, NO_TIME);
    figures_size(&out, 0);
    check(&out, "--");
}

TEST(rates_are_whole_but_for_the_small_ones)
{
    check_share(figures_rate, 15998.4, "15,998/s");
    check_share(figures_rate, 9.96, "10/s");
    check_share(figures_rate, 0.4, "0.4/s");
    check_share(figures_rate, 0, "0/s");
}

TEST(what_people_set_is_said_as_they_wrote_it)
{
    struct text out = {0};

    figures_set_time(&out, 50000000);
    check(&out, "50 ms");
    figures_set_time(&out, 1250000000);
    check(&out, "1.25 s");
    figures_set_time(&out, 100);
    check(&out, "100 ns");
    figures_set_size(&out, UINT64_C(1) << 30);
    check(&out, "1 GiB");
    figures_set_size(&out, 512 << 20);
    check(&out, "512 MiB");
    figures_set_share(&out, 0.001);
    check(&out, "0.1 %");
    figures_set_share(&out, 0.999);
    check(&out, "99.9 %");
    figures_percentile(&out, 0.999);
    check(&out, "p99.9");
    figures_percentile(&out, 0.99);
    check(&out, "p99");
}

TEST(a_row_of_things_reads_as_people_list_them)
{
    struct text out = {0};

    for (size_t count = 1; count <= 3; count++) {
        for (size_t i = 0; i < count; i++) {
            figures_comma(&out, i, count);
            text_format(&out, "%zu", i);
        }
        text_add(&out, ";");
    }
    check(&out, "0;0 and 1;0, 1 and 2;");
}

TEST(a_level_is_said_in_the_unit_that_doubles)
{
    struct value value = {.name = (char[]){"n"}, .type = VALUE_LEVEL};
    struct scenario scenario = {.doubling = DOUBLING_RATE, .traffic = {.values = &value, .value_count = 1}};
    struct text out = {0};

    figures_level(&out, &scenario, 32000);
    check(&out, "32,000/s");
    assert_string_equal(figures_level_unit(&scenario), "requests/s");
    scenario.doubling = DOUBLING_CONNECTIONS;
    figures_level(&out, &scenario, 1);
    check(&out, "1 connection");
    figures_level(&out, &scenario, 64);
    check(&out, "64 connections");
    scenario.doubling = DOUBLING_SESSIONS;
    figures_level(&out, &scenario, 1600);
    check(&out, "1,600 users/s");
    assert_string_equal(figures_level_unit(&scenario), "users/s");
    scenario.doubling = DOUBLING_VALUE;
    figures_level(&out, &scenario, 4096);
    check(&out, "n = 4,096");
    assert_string_equal(figures_level_unit(&scenario), "n");
    scenario.doubled_value = 7;
    assert_string_equal(figures_level_unit(&scenario), "value");
}

TEST(the_top_of_the_ladder_never_overflows)
{
    struct scenario scenario = {.from = 500, .steps = 9};

    assert_int_equal(figures_ladder_top(&scenario), 128000);
    scenario.steps = 1000;
    assert_true(figures_ladder_top(&scenario) >= UINT64_MAX / 2);
}

TEST(a_time_that_unanswered_requests_bound_is_at_least_so_long)
{
    const struct scenario scenario = {.deadline_ns = 1000000000};
    struct step_record record = {.load = {.censored = 3}};
    struct step_finding step = {.record = &record};
    struct text out = {0};

    figures_response(&out, &scenario, &step, 1500000000);
    check(&out, ">= 1.50 s");
    figures_response(&out, &scenario, &step, 20000000);
    check(&out, "20.0 ms");
    figures_response(&out, &scenario, &step, NO_TIME);
    check(&out, "-");
    record.load.censored = 0;
    figures_response(&out, &scenario, &step, 1500000000);
    check(&out, "1.50 s");
}

TEST(cpu_that_was_not_read_and_cpu_of_unknown_cores_have_no_share)
{
    struct step_finding step = {.usage = {.cores = 2, .host = {.service_cores = 1.5}}};
    struct text out = {0};
    double share = 7;

    assert_false(figures_cpu_share(&step, &share));
    assert_true(share == 7);
    figures_cpu(&out, &step);
    check(&out, "-");
    step.usage.host.known = true;
    figures_cpu(&out, &step);
    check(&out, "75 %");
    step.usage.host.absent = SAMPLE_CPU;
    figures_cpu(&out, &step);
    check(&out, "-");
    step.usage.host.absent = 0;
    step.usage.cores = 0; /* nobody knows of how many */
    figures_cpu(&out, &step);
    check(&out, "-");
}

TEST(a_capacity_says_when_it_is_only_a_bound)
{
    const struct scenario scenario = {.doubling = DOUBLING_RATE};
    struct backend_finding backend = {.holds = true, .holds_at = 16000, .breaks = true, .breaks_at = 32000};
    struct text out = {0};

    figures_capacity(&out, &scenario, &backend);
    check(&out, "16,000/s");
    backend.breaks = false;
    figures_capacity(&out, &scenario, &backend);
    check(&out, ">= 16,000/s");
    backend = (struct backend_finding){.breaks = true, .breaks_at = 500};
    figures_capacity(&out, &scenario, &backend);
    check(&out, "< 500/s");
    backend.breaks = false;
    figures_capacity(&out, &scenario, &backend);
    check(&out, "-");
    figures_capacity(&out, &scenario, NULL);
    check(&out, "-");
}
