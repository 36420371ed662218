#include "base/units.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A rate with a fraction is so many times as many in so many times as long. */
#define RATE_FRACTION 1000

struct unit {
    const char *name;
    double factor;
};

static const struct unit durations[] = {
    {"ns", 1}, {"us", 1e3}, {"ms", 1e6}, {"s", 1e9}, {"m", 60e9}, {"h", 3600e9}, {NULL, 0},
};
static const struct unit shares[] = {{"%", 1}, {NULL, 0}};
static const struct unit sizes[] = {
    {"B", 1}, {"KiB", 1024}, {"MiB", 1048576}, {"GiB", 1073741824.0}, {"kB", 1e3}, {"MB", 1e6}, {"GB", 1e9}, {NULL, 0},
};

/* Reads a number and one of the units. strtod alone would also accept " 1", "-1", "0x1" and "nan". */
static int read_with_unit(const char *text, const struct unit *units, double *ret_value)
{
    size_t digits = strspn(text, "0123456789.");
    const char *unit = text + digits;
    char *end;

    if (digits == 0 || text[0] == '.') {
        return -1;
    }
    double number = strtod(text, &end);
    if (end != unit || !isfinite(number)) {
        return -1;
    }
    for (; units->name != NULL; units++) {
        if (strcmp(unit, units->name) == 0) {
            *ret_value = number * units->factor;
            return 0;
        }
    }
    return -1;
}

static int read_whole(const char *text, const struct unit *units, uint64_t *ret_value)
{
    double value;
    if (read_with_unit(text, units, &value) != 0 || value >= 0x1p63) {
        return -1;
    }
    *ret_value = (uint64_t)llround(value);
    return 0;
}

int units_read_duration(const char *text, uint64_t *ret_ns)
{
    return read_whole(text, durations, ret_ns);
}

int units_read_size(const char *text, uint64_t *ret_bytes)
{
    return read_whole(text, sizes, ret_bytes);
}

int units_read_share(const char *text, double *ret_share)
{
    double percent;
    if (read_with_unit(text, shares, &percent) != 0) {
        return -1;
    }
    *ret_share = percent / 100; /* times 0.01 would make 95% a little more than 0.95, and 95 of 100 too few */
    return 0;
}

/* "10s"; "s" is one second. */
static int read_time(const char *text, uint64_t *ret_ns)
{
    char one[UNITS_TEXT];

    if (strspn(text, "0123456789.") > 0) {
        return units_read_duration(text, ret_ns);
    }
    snprintf(one, sizeof one, "1%.16s", text);
    return units_read_duration(one, ret_ns);
}

int units_read_rate(const char *text, uint64_t *ret_count, uint64_t *ret_ns)
{
    static const struct unit none[] = {{"", 1}, {NULL, 0}};
    size_t digits = strcspn(text, "/");
    uint64_t ns = UINT64_C(1000000000);
    char number[UNITS_TEXT];
    double count;

    if (digits >= sizeof number) {
        return -1;
    }
    snprintf(number, sizeof number, "%.*s", (int)digits, text);
    if (read_with_unit(number, none, &count) != 0 || (text[digits] == '/' && read_time(text + digits + 1, &ns) != 0)) {
        return -1;
    }
    if (count != floor(count)) {
        count = round(count * RATE_FRACTION);
        ns = ns < UINT64_MAX / RATE_FRACTION ? ns * RATE_FRACTION : 0;
    }
    if (count < 1 || count >= 0x1p63 || ns == 0) {
        return -1;
    }
    *ret_count = (uint64_t)count;
    *ret_ns = ns;
    return 0;
}

/* Three significant digits, never in exponent form. */
static void write_scaled(char text[UNITS_TEXT], double value, const char *unit)
{
    int decimals = (value < 9.995) + (value < 99.95);
    snprintf(text, UNITS_TEXT, "%.*f %s", decimals, value, unit);
}

void units_write_duration(char text[UNITS_TEXT], uint64_t ns)
{
    double value = (double)ns;
    if (value < 999.5) {
        snprintf(text, UNITS_TEXT, "%.0f ns", value);
    } else if (value < 999.5e3) {
        write_scaled(text, value / 1e3, "us");
    } else if (value < 999.5e6) {
        write_scaled(text, value / 1e6, "ms");
    } else if (value < 600e9) {
        write_scaled(text, value / 1e9, "s");
    } else {
        write_scaled(text, value / 60e9, "min");
    }
}

void units_write_size(char text[UNITS_TEXT], uint64_t bytes)
{
    double value = (double)bytes;
    if (value < 1023.5) {
        snprintf(text, UNITS_TEXT, "%.0f B", value);
    } else if (value < 1023.5 * 1024) {
        write_scaled(text, value / 1024, "KiB");
    } else if (value < 1023.5 * 1048576) {
        write_scaled(text, value / 1048576, "MiB");
    } else {
        write_scaled(text, value / 1073741824, "GiB");
    }
}

void units_write_count(char text[UNITS_TEXT], uint64_t count)
{
    char digits[24];
    int length = snprintf(digits, sizeof digits, "%" PRIu64, count);
    char *out = text;

    for (int i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0) {
            *out++ = ',';
        }
        *out++ = digits[i];
    }
    *out = '\0';
}

void units_write_share(char text[UNITS_TEXT], double share)
{
    double percent = share * 100;
    int decimals = percent > 0 ? (percent < 0.995) + (percent < 9.95) : 0;
    snprintf(text, UNITS_TEXT, "%.*f %%", decimals, percent);
}
