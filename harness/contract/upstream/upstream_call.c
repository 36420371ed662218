#include "contract/upstream/upstream_call.h"

#include "contract/upstream_rule.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* What a double keeps exactly. */
#define NUMBER_MOST ((UINT64_C(1) << 53) - 1)

static bool is(const char *target, size_t length, const char *path)
{
    return length == strlen(path) && memcmp(target, path, length) == 0;
}

/* Digits up to `end` or to a slash; false: none, or a number above what a double keeps exactly. */
static bool read_number(const char **at, const char *end, uint64_t *ret_number)
{
    uint64_t number = 0;
    const char *digit = *at;

    for (; digit < end && *digit >= '0' && *digit <= '9'; digit++) {
        number = number * 10 + (uint64_t)(*digit - '0');
        if (number > NUMBER_MOST) {
            return false;
        }
    }
    bool any = digit > *at;
    *at = digit;
    *ret_number = number;
    return any;
}

void upstream_call_read(struct upstream_call *call, const char *target, size_t length)
{
    static const char values[] = "/values/";
    const char *at = target + sizeof values - 1, *end = target + length;

    *call = (struct upstream_call){.kind = CALL_OTHER};
    if (is(target, length, "/counts")) {
        call->kind = CALL_COUNTS;
    } else if (is(target, length, "/healthz")) {
        call->kind = CALL_HEALTH;
    } else if (length >= sizeof values && memcmp(target, values, sizeof values - 1) == 0) {
        uint64_t key, number;
        if (read_number(&at, end, &key) && at < end && *at++ == '/' && read_number(&at, end, &number) && at == end &&
            number <= UINT32_MAX) {
            *call = (struct upstream_call){.kind = CALL_VALUE, .key = key, .number = (uint32_t)number};
        }
    }
}

size_t upstream_call_respond(const struct upstream_call *call, bool fails, const struct upstream_totals *counts,
                             bool last, char *out)
{
    char body[320];
    const char *status = "200 OK";

    if (call->kind == CALL_COUNTS) {
        snprintf(body, sizeof body,
                 "{\"calls\":%" PRIu64 ",\"failures\":%" PRIu64 ",\"connections\":%" PRIu64 ",\"answered\":%" PRIu64
                 ",\"time_ns\":%" PRIu64 ",\"in_flight\":%" PRIu64 ",\"visit_ns\":%" PRIu64 "}",
                 counts->calls, counts->failures, counts->connections, counts->answered, counts->time_ns,
                 counts->in_flight, counts->visit_ns);
    } else if (call->kind == CALL_HEALTH) {
        snprintf(body, sizeof body, "{\"status\":\"ok\"}");
    } else if (call->kind == CALL_OTHER) {
        status = "404 Not Found";
        snprintf(body, sizeof body, "{\"title\":\"Not Found\",\"status\":404}");
    } else if (fails) {
        status = "503 Service Unavailable";
        snprintf(body, sizeof body, "{\"title\":\"Service Unavailable\",\"status\":503}");
    } else {
        snprintf(body, sizeof body, "{\"value\":%" PRIu64 "}", upstream_rule_value(call->key, call->number));
    }
    return (size_t)snprintf(out, UPSTREAM_RESPONSE_MOST,
                            "HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n%s\r\n%s", status,
                            strlen(body), last ? "Connection: close\r\n" : "", body);
}
