#include "host/system_file.h"

#include "test.h"

#include <stdlib.h>
#include <string.h>

#define ROOT TESTS_FOLDER "/cases/facts/laptop"

static void check_value(const char *text, const char *key, char separator, const char *expected)
{
    char *value = system_file_value(text, key, separator);
    if (expected == NULL) {
        assert_null(value);
    } else {
        assert_non_null(value);
        assert_string_equal(value, expected);
    }
    free(value);
}

TEST(a_value_is_found_by_its_key_and_freed_of_quotes)
{
    check_value("A=1\nB = \"two words\" \nBB=3", "B", '=', "two words");
    check_value("A=1\nB='x'\n", "B", '=', "x");
    check_value("model name\t: Some CPU : fast\n", "model name", ':', "Some CPU : fast");
    check_value("AB=1\nA=2", "A", '=', "2");
    check_value("A=\"half\n", "A", '=', "\"half");
    check_value("A=\"\n", "A", '=', "\"");
}

TEST(a_missing_or_empty_value_is_not_there)
{
    check_value("", "A", '=', NULL);
    check_value("A\nB=1", "A", '=', NULL);
    check_value("A", "A", '=', NULL);
    check_value("A=\nB=1", "A", '=', NULL);
    check_value("A=\"\"", "A", '=', NULL);
    check_value("A:\n= 2", "A", '=', NULL);
}

TEST(the_first_line_is_trimmed)
{
    char *line = system_file_line(ROOT, "/sys/devices/system/clocksource/clocksource0/available_clocksource");

    assert_string_equal(line, "tsc hpet acpi_pm");
    free(line);
    assert_null(system_file_line(ROOT, "/proc/no-such-file"));
    assert_null(system_file_line(ROOT, "/proc"));
    assert_null(
        system_file_line(TESTS_FOLDER "/cases/facts/hostile", "/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor"));
}

TEST(a_number_must_be_one)
{
    uint64_t number = 42;

    assert_true(system_file_number(ROOT, "/proc/sys/net/core/somaxconn", &number));
    assert_int_equal(number, 128);
    assert_false(system_file_number(TESTS_FOLDER "/cases/facts/hostile", "/proc/sys/net/core/somaxconn", &number));
    assert_false(system_file_number(ROOT, "/nowhere", &number));
    assert_int_equal(number, 128);
}
