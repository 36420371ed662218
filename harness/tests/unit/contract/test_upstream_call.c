#include "contract/upstream/upstream_call.h"

#include "contract/upstream_rule.h"
#include "test.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static struct upstream_call read_target(const char *target)
{
    struct upstream_call call;
    upstream_call_read(&call, target, strlen(target));
    return call;
}

TEST(a_value_is_asked_for_by_key_and_number)
{
    struct upstream_call call = read_target("/values/9007199254740991/63");

    assert_int_equal(call.kind, CALL_VALUE);
    assert_true(call.key == UINT64_C(9007199254740991));
    assert_int_equal(call.number, 63);
}

TEST(anything_else_is_not_there)
{
    static const char *const targets[] = {"/",
                                          "/values",
                                          "/values/",
                                          "/values/1",
                                          "/values/1/",
                                          "/values//1",
                                          "/values/1/2/3",
                                          "/values/-1/2",
                                          "/values/1/x",
                                          "/values/1/2?",
                                          "/values/9007199254740992/1",
                                          "/values/1/4294967296",
                                          "/count",
                                          "/countss"};

    for (size_t i = 0; i < sizeof targets / sizeof targets[0]; i++) {
        assert_int_equal(read_target(targets[i]).kind, CALL_OTHER);
    }
    assert_int_equal(read_target("/counts").kind, CALL_COUNTS);
    assert_int_equal(read_target("/healthz").kind, CALL_HEALTH);
}

TEST(a_call_that_fails_tells_no_value)
{
    struct upstream_call call = {.kind = CALL_VALUE, .key = 5, .number = 1};
    struct upstream_totals counts = {0};
    char out[UPSTREAM_RESPONSE_MOST + 1], body[64];

    out[upstream_call_respond(&call, false, &counts, false, out)] = '\0';
    snprintf(body, sizeof body, "\r\n\r\n{\"value\":%" PRIu64 "}", upstream_rule_value(5, 1));
    assert_non_null(strstr(out, "HTTP/1.1 200 OK\r\n"));
    assert_non_null(strstr(out, body));
    assert_null(strstr(out, "Connection: close"));
    out[upstream_call_respond(&call, true, &counts, true, out)] = '\0';
    assert_non_null(strstr(out, "HTTP/1.1 503 "));
    assert_null(strstr(out, "value"));
    assert_non_null(strstr(out, "Connection: close\r\n"));
}

TEST(the_largest_counts_fit)
{
    struct upstream_call call = {.kind = CALL_COUNTS};
    struct upstream_totals counts = {UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX,
                                     UINT64_MAX, UINT64_MAX, UINT64_MAX};
    char out[UPSTREAM_RESPONSE_MOST];

    assert_true(upstream_call_respond(&call, false, &counts, true, out) < sizeof out);
    assert_non_null(strstr(out, "\"visit_ns\":18446744073709551615}"));
}
