#include "contract/verify/burst.h"
#include "contract/verify/check.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* 320 calls at once are more than a pool of 256 connections, as many clients have by default, can make. */
enum { CALLS_DEFAULT = 8, CALLS_MOST = 64, FAN_OUTS = 24, LOOKED_AT = 10000, AT_ONCE = 5, TURNS_MOST = 3 };

#define KEY_MOST ((UINT64_C(1) << 53) - 1)

static json_t *make_response(const struct upstream_rule *rule, uint64_t key, uint32_t calls, bool *ret_partial)
{
    json_t *results = json_array();
    json_int_t sum = 0;

    *ret_partial = false;
    for (uint32_t call = 0; call < calls; call++) {
        bool fails = upstream_rule_fails(rule, key, call);
        json_int_t value = fails ? 0 : (json_int_t)upstream_rule_value(key, call);
        *ret_partial = *ret_partial || fails;
        sum += value;
        json_array_append_new(results, json_pack("{s:I, s:o}", "call", (json_int_t)call, "value",
                                                 fails ? json_null() : json_integer(value)));
    }
    return json_pack("{s:I, s:b, s:I, s:o}", "key", (json_int_t)key, "partial", (int)*ret_partial, "sum", sum,
                     "results", results);
}

/* `calls` 0: the default, unsaid. */
static void fan_out(struct session *session, uint64_t key, uint32_t calls)
{
    char path[128];
    bool partial;
    json_t *body =
        make_response(session->options->upstream, key, calls > 0 ? calls : (uint32_t)CALLS_DEFAULT, &partial);
    struct call call = {.method = "GET", .path = path};
    struct expected_response expectation = {.rule = partial ? RULE_PARTIAL : RULE_FAN_OUT, .status = 200, .body = body};

    if (calls == 0) {
        snprintf(path, sizeof path, "/fanout?key=%" PRIu64, key);
    } else if (random_below(&session->random, 2) == 0) {
        snprintf(path, sizeof path, "/fanout?key=%" PRIu64 "&calls=%" PRIu32, key, calls);
    } else {
        snprintf(path, sizeof path, "/fanout?calls=%" PRIu32 "&x=%%00&key=%" PRIu64, calls, key);
    }
    session_ask(session, &call, &expectation);
    json_decref(body);
}

/* A key of which so many calls fail; any where none is near. */
static uint64_t find_key(struct session *session, uint32_t calls, bool some, bool all)
{
    uint64_t key = random_below(&session->random, KEY_MOST - LOOKED_AT);

    for (uint64_t i = 0; i < LOOKED_AT; i++) {
        uint32_t failing = 0;
        for (uint32_t call = 0; call < calls; call++) {
            failing += upstream_rule_fails(session->options->upstream, key + i, call);
        }
        if ((failing > 0) == some && (failing == calls) == all) {
            return key + i;
        }
    }
    return key;
}

static bool all_are_right(const struct expected_response *expectation, const struct call_response *responses)
{
    bool right = true;

    for (int i = 0; i < AT_ONCE; i++) {
        struct text wrong = {0};
        enum rule rule = expectation->rule;
        right = right && judge_response(expectation, &responses[i], &rule, &wrong);
        text_release(&wrong);
    }
    return right;
}

static void release_all(struct call_response *responses)
{
    for (int i = 0; i < AT_ONCE; i++) {
        call_response_release(&responses[i]);
    }
}

/* A service that has too few connections gives up the calls that wait for one: two seconds pass before it is free. On
 * a machine that is busy with other work one that has enough may be as late, but not each time. */
static void check_at_once(struct session *session)
{
    char path[96];
    bool partial;
    json_t *body = make_response(session->options->upstream, UPSTREAM_SLOW_KEY, CALLS_MOST, &partial);
    struct call call = {.method = "GET", .path = path};
    struct expected_response expectation = {.rule = RULE_AT_ONCE, .status = 200, .body = body};
    struct call_response responses[AT_ONCE];
    bool right = false;

    snprintf(path, sizeof path, "/fanout?key=%" PRIu64 "&calls=%d", UPSTREAM_SLOW_KEY, CALLS_MOST);
    memset(responses, 0, sizeof responses);
    for (int turn = 0; turn < TURNS_MOST && !right; turn++) {
        release_all(responses);
        burst_send(session->options, &call, AT_ONCE, responses);
        right = all_are_right(&expectation, responses);
    }
    for (int i = 0; i < AT_ONCE; i++) {
        ledger_ask(session->ledger, "fanOut");
        session_judge(session, &call, &expectation, &responses[i]);
    }
    release_all(responses);
    json_decref(body);
}

static void check_bad_queries(struct session *session)
{
    static const char *const values[] = {"-1",
                                         "abc",
                                         "",
                                         "1.5",
                                         "0x10",
                                         "1_0",
                                         "5%20",
                                         "1%00",
                                         "null",
                                         "%D9%A1",
                                         "9007199254740992",
                                         "99999999999999999999",
                                         "-9223372036854775809"};
    static const char *const paths[] = {"/fanout",
                                        "/fanout?",
                                        "/fanout?calls=8",
                                        "/fanout?Key=1",
                                        "/fanout?key=1&calls=0",
                                        "/fanout?key=1&calls=65",
                                        "/fanout?key=1&calls=4294967297",
                                        "/fanout?calls=x&key=1"};
    char path[96];

    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        snprintf(path, sizeof path, "/fanout?key=%s&calls=1", values[i]);
        operation_fail(session, "GET", path, 422, RULE_FAN_OUT_QUERY);
        snprintf(path, sizeof path, "/fanout?key=1&calls=%s", values[i]);
        operation_fail(session, "GET", path, 422, RULE_FAN_OUT_QUERY);
    }
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        operation_fail(session, "GET", paths[i], 422, RULE_FAN_OUT_QUERY);
    }
}

void check_fan_out(const struct check_context *context)
{
    struct session *session = context->session;

    if (session->options->upstream == NULL) {
        operation_fail(session, "GET", "/fanout?key=1&calls=2", 503, RULE_UNAVAILABLE);
        return;
    }
    fan_out(session, 0, 1);
    fan_out(session, KEY_MOST, CALLS_MOST);
    fan_out(session, UINT64_C(4294967297), 2);
    fan_out(session, find_key(session, CALLS_DEFAULT, false, false), 0);
    fan_out(session, find_key(session, CALLS_DEFAULT, true, false), 0);
    fan_out(session, find_key(session, 1, true, true), 1);
    fan_out(session, find_key(session, CALLS_MOST, true, false), CALLS_MOST);
    for (int i = 0; i < FAN_OUTS; i++) {
        uint64_t key = random_below(&session->random, 2) ? random_below(&session->random, KEY_MOST + 1)
                                                         : random_below(&session->random, 10000);
        fan_out(session, key, (uint32_t)random_below(&session->random, CALLS_MOST + 1));
    }
    if (!session_is_over(session)) {
        check_at_once(session);
    }
    check_bad_queries(session);
}
