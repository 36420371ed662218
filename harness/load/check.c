#include "load/check.h"

#include "base/mem.h"
#include "load/member.h"
#include "load/transport/response_parser.h"

#include <inttypes.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool right_status(int status, const struct request *request)
{
    if (request->expect_status != 0) {
        return status == request->expect_status;
    }
    return status >= 200 && status < 300;
}

static bool right_member(const struct response *response, const char *name, const struct text *expected)
{
    return response->body != NULL &&
           member_equals(response->body, response->body_length, name, expected->data, expected->length);
}

static bool right_length(const struct response *response, const struct request *request)
{
    return request->expect_length < 0 || response->body_bytes == (uint64_t)request->expect_length;
}

enum failure check_response(const struct response *response, const struct request *request, const struct text *expected)
{
    if (request->fault) {
        return FAILURE_NONE;
    }
    if (!right_status(response->status, request)) {
        return FAILURE_STATUS;
    }
    if (!right_length(response, request)) {
        return FAILURE_BODY;
    }
    if (request->expect_json != NULL && !right_member(response, request->expect_json, expected)) {
        return FAILURE_BODY;
    }
    return FAILURE_NONE;
}

/* The value of the member as JSON; NULL where there is none. */
static char *member_of(const struct response *response, const char *name)
{
    size_t flags = JSON_DECODE_ANY | JSON_ALLOW_NUL;
    json_t *json = response->body != NULL ? json_loadb(response->body, response->body_length, flags, NULL) : NULL;
    char *value = json_dumps(json_object_get(json, name), JSON_COMPACT | JSON_ENCODE_ANY);
    char *kept = value != NULL ? wrong_response_excerpt(value, strlen(value)) : NULL;

    free(value);
    json_decref(json);
    return kept;
}

/* Whether a body is none that a member can be found in, in words. The caller frees it. */
static char *why_unreadable(const struct response *response)
{
    if (response->body_bytes > RESPONSE_BODY_MOST) {
        return mem_format("a body of more than %u MiB is not searched", RESPONSE_BODY_MOST >> 20);
    }
    if (response->body_length >= 2 && memcmp(response->body, "\x1f\x8b", 2) == 0) {
        return mem_string("the body is gzip, which is not decoded");
    }
    return NULL;
}

struct wrong_response *check_explain_fault(const struct response_fault *fault, const struct request *request)
{
    struct wrong_response *wrong = mem_new(1, sizeof *wrong);
    char where[64] = "";

    if (fault->byte >= 0) {
        bool shown = fault->byte > 0x20 && fault->byte < 0x7f;
        snprintf(where, sizeof where,
                 shown ? "byte %" PRIu64 " (0x%02x, %c): " : "byte %" PRIu64 " (0x%02x): ", fault->at,
                 (unsigned)fault->byte, fault->byte);
    }
    *wrong = (struct wrong_response){
        .request = mem_string(request->name),
        .expected_status = (unsigned)request->expect_status,
        .expected_bytes = NAN,
        .unreadable = mem_format("%s%s", where, fault->why),
        .body = mem_string(""),
    };
    return wrong;
}

/* What came, before it is said what of it is wrong. */
static struct wrong_response *explain(const struct response *response, const struct request *request)
{
    struct wrong_response *wrong = mem_new(1, sizeof *wrong);

    *wrong = (struct wrong_response){
        .request = mem_string(request->name),
        .status = (unsigned)response->status,
        .expected_status = (unsigned)request->expect_status,
        .expected_bytes = NAN,
        .body_bytes = response->body_bytes,
        .body = wrong_response_excerpt(response->body, response->body_length),
    };
    return wrong;
}

struct wrong_response *check_explain_missing(const struct response *response, const struct request *request,
                                             const struct captured_fault *fault, const char *name)
{
    struct wrong_response *wrong = explain(response, request);
    struct text where = {0};

    capture_describe(fault->capture, &where);
    wrong->capture = mem_format("{%s} from %s", name, where.data);
    wrong->unreadable = mem_string(fault->why);
    text_release(&where);
    return wrong;
}

struct wrong_response *check_explain(const struct response *response, const struct request *request,
                                     const struct text *expected)
{
    struct wrong_response *wrong = explain(response, request);

    if (!right_status(response->status, request)) {
        return wrong;
    }
    if (!right_length(response, request)) {
        wrong->expected_bytes = (double)request->expect_length;
    } else if (request->expect_json != NULL) {
        wrong->unreadable = why_unreadable(response);
        wrong->member = mem_string(request->expect_json);
        wrong->expected_value = wrong_response_excerpt(expected->data, expected->length);
        wrong->came_value = member_of(response, request->expect_json);
    }
    return wrong;
}
