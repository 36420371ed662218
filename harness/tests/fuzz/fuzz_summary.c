/* Any answer to a series, read as its summary. */
#include "contract/verify/model/summary.h"
#include "fuzz.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum { VALUES_MOST = 40 };

/* A byte says how many values there are, eight each; few bits of them, so that ties and edges come up. */
static void read_series(struct fuzz_bytes *bytes, struct summary *summary)
{
    double values[VALUES_MOST];
    size_t count = 1 + fuzz_byte(bytes) % VALUES_MOST;

    for (size_t i = 0; i < count; i++) {
        uint64_t number = fuzz_number(bytes);
        double value = (double)(number >> 1) / (double)(UINT64_MAX >> 1) * 1e9;
        values[i] = (number & 1) != 0 ? (double)(number >> 1 & 15) : value - 5e8;
    }
    summary_make(summary, values, count);
}

static void check_own(const struct summary *summary)
{
    json_t *own = summary_json(summary);
    struct text wrong = {0};
    enum rule rule;

    FUZZ_HOLDS(summary_matches(summary, own, &rule, &wrong));
    FUZZ_HOLDS(wrong.length == 0);
    text_release(&wrong);
    json_decref(own);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_bytes bytes = {data, size};
    struct summary summary;
    struct text wrong = {0};
    enum rule rule = RULE_COUNT;

    read_series(&bytes, &summary);
    check_own(&summary);
    json_t *came = json_loadb((const char *)bytes.at, bytes.left, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
    bool good = summary_matches(&summary, came, &rule, &wrong);
    FUZZ_HOLDS(good == (wrong.length == 0));
    FUZZ_HOLDS(rule == RULE_SUMMARY || rule == RULE_HISTOGRAM);
    text_release(&wrong);
    json_decref(came);
    return 0;
}
