#include "base/units.h"

#include "test.h"

#include <string.h>

static uint64_t duration(const char *text)
{
    uint64_t ns = 0;
    assert_int_equal(units_read_duration(text, &ns), 0);
    return ns;
}

static uint64_t size(const char *text)
{
    uint64_t bytes = 0;
    assert_int_equal(units_read_size(text, &bytes), 0);
    return bytes;
}

TEST(durations_are_read_with_every_unit)
{
    assert_int_equal(duration("7ns"), 7);
    assert_int_equal(duration("2us"), 2000);
    assert_int_equal(duration("1.5ms"), 1500000);
    assert_int_equal(duration("0.1s"), 100000000);
    assert_int_equal(duration("2m"), 120 * UINT64_C(1000000000));
    assert_int_equal(duration("1h"), 3600 * UINT64_C(1000000000));
    assert_int_equal(duration("0s"), 0);
}

TEST(rates_are_read_as_a_count_in_a_time)
{
    static const struct {
        const char *text;
        uint64_t count, ns;
    } rates[] = {{"200", 200, 1000000000},  {"0.5", 500, UINT64_C(1000000000000)},     {"1/10s", 1, 10000000000},
                 {"30/m", 30, 60000000000}, {"2.5/2s", 2500, UINT64_C(2000000000000)}, {"1/ms", 1, 1000000}};
    static const char *const wrong[] = {"",   "0",   "0.0001", "-1",    "1/",  "1/0s",
                                        "/s", "ten", "1/10",   "1/s/s", "1e3", " 1"};
    uint64_t count = 0, ns = 0;

    for (size_t i = 0; i < sizeof rates / sizeof rates[0]; i++) {
        assert_int_equal(units_read_rate(rates[i].text, &count, &ns), 0);
        assert_int_equal(count, rates[i].count);
        assert_int_equal(ns, rates[i].ns);
    }
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        assert_int_equal(units_read_rate(wrong[i], &count, &ns), -1);
    }
}

TEST(sizes_are_read_with_every_unit)
{
    assert_int_equal(size("5B"), 5);
    assert_int_equal(size("2KiB"), 2048);
    assert_int_equal(size("512MiB"), 536870912);
    assert_int_equal(size("1.5GiB"), 1610612736);
    assert_int_equal(size("1kB"), 1000);
    assert_int_equal(size("3MB"), 3000000);
    assert_int_equal(size("1GB"), 1000000000);
}

TEST(shares_are_read_as_parts_of_one)
{
    double share = 0;

    assert_int_equal(units_read_share("0.1%", &share), 0);
    assert_true(share == 0.001);
    assert_int_equal(units_read_share("95%", &share), 0);
    assert_true(share == 0.95);
}

TEST(anything_else_is_refused_and_changes_nothing)
{
    const char *const bad[] = {"",     "5",    "ms",       "5 ms", "-5ms",
                               "+5ms", " 5ms", "5ms ",     "5MS",  "0x5ms",
                               "1e3s", ".5s",  "1.2.3s",   "nans", "infs",
                               "5%",   "5KiB", "5parsecs", "1,5s", "99999999999999999999h",
                               NULL};
    uint64_t ns = 42;

    for (size_t i = 0; bad[i] != NULL; i++) {
        assert_int_equal(units_read_duration(bad[i], &ns), -1);
    }
    assert_int_equal(ns, 42);
    assert_int_equal(units_read_size("5ms", &ns), -1);
    assert_int_equal(units_read_size("5KB", &ns), -1);
    assert_int_equal(ns, 42);
    double share = 42;
    char endless[402] = {0};
    memset(endless, '9', sizeof endless - 2);
    endless[sizeof endless - 2] = '%';
    assert_int_equal(units_read_share("0.5", &share), -1);
    assert_int_equal(units_read_share(endless, &share), -1);
    assert_true(share == 42);
}

TEST(durations_are_written_with_three_digits)
{
    char text[UNITS_TEXT];

    units_write_duration(text, 870);
    assert_string_equal(text, "870 ns");
    units_write_duration(text, 1250000);
    assert_string_equal(text, "1.25 ms");
    units_write_duration(text, UINT64_C(12345000000));
    assert_string_equal(text, "12.3 s");
    units_write_duration(text, 999600);
    assert_string_equal(text, "1.00 ms");
    units_write_duration(text, UINT64_MAX);
    assert_true(text[0] != '\0');
}

TEST(sizes_counts_and_shares_are_written_for_people)
{
    char text[UNITS_TEXT];

    units_write_size(text, 512);
    assert_string_equal(text, "512 B");
    units_write_size(text, 85353000);
    assert_string_equal(text, "81.4 MiB");
    units_write_count(text, 16000);
    assert_string_equal(text, "16,000");
    units_write_count(text, 999);
    assert_string_equal(text, "999");
    units_write_count(text, UINT64_MAX);
    assert_string_equal(text, "18,446,744,073,709,551,615");
    units_write_share(text, 0.0012);
    assert_string_equal(text, "0.12 %");
    units_write_share(text, 0.97);
    assert_string_equal(text, "97 %");
}
