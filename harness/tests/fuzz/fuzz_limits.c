/* Limits and numbers with units. The input: eight bytes that are a number to write, then texts, a NUL behind each, that
 * are limits to set one after another. */
#include "base/mem.h"
#include "base/units.h"
#include "fuzz.h"
#include "plan/scenario/limits.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void check_words(const char words[UNITS_TEXT])
{
    FUZZ_HOLDS(memchr(words, '\0', UNITS_TEXT) != NULL);
    FUZZ_HOLDS(words[0] >= '0' && words[0] <= '9');
}

static void write_number(uint64_t number)
{
    char words[UNITS_TEXT];

    memset(words, 'x', sizeof words);
    units_write_duration(words, number);
    check_words(words);
    memset(words, 'x', sizeof words);
    units_write_size(words, number);
    check_words(words);
    memset(words, 'x', sizeof words);
    units_write_count(words, number);
    check_words(words);
    memset(words, 'x', sizeof words);
    units_write_share(words, (double)number / 1e9);
    check_words(words);
}

static void read_units(const char *text)
{
    const uint64_t untouched = 4711;
    uint64_t ns = untouched, bytes = untouched;
    double share = -1;

    FUZZ_HOLDS(units_read_duration(text, &ns) == 0 || ns == untouched);
    FUZZ_HOLDS(units_read_size(text, &bytes) == 0 || bytes == untouched);
    if (units_read_share(text, &share) == 0) {
        FUZZ_HOLDS(isfinite(share) && share >= 0);
    } else {
        FUZZ_HOLDS(share == -1);
    }
}

static void check_limits(const struct limits *limits)
{
    FUZZ_HOLDS(limits->latency_ns == 0 || (limits->percentile > 0 && limits->percentile < 1));
    FUZZ_HOLDS(limits->latency_ns <= INT64_MAX && limits->memory_bytes <= INT64_MAX);
    FUZZ_HOLDS(limits->error_share >= 0 && limits->error_share <= 1);
    FUZZ_HOLDS(limits->throughput_share >= 0 && limits->throughput_share <= 1);
}

static void set_limit(struct limits *limits, const char *assignment)
{
    const struct limits before = *limits;
    struct error err = {0};

    if (fuzz_taken(limits_set(limits, assignment, &err), &err)) {
        check_limits(limits);
    } else {
        FUZZ_HOLDS(limits->percentile == before.percentile && limits->latency_ns == before.latency_ns);
        FUZZ_HOLDS(limits->error_share == before.error_share && limits->memory_bytes == before.memory_bytes);
        FUZZ_HOLDS(limits->throughput_share == before.throughput_share);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_bytes bytes = {data, size};
    struct limits limits = {0};

    write_number(fuzz_number(&bytes));
    while (bytes.left > 0) {
        char *text = fuzz_string(&bytes);
        const char *equals = strchr(text, '=');
        set_limit(&limits, text);
        read_units(equals != NULL ? equals + 1 : text);
        free(text);
    }
    return 0;
}
