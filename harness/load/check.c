#include "load/check.h"

#include "load/member.h"

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

enum failure check_response(const struct response *response, const struct request *request, const struct text *expected)
{
    if (!right_status(response->status, request)) {
        return FAILURE_STATUS;
    }
    if (request->expect_length >= 0 && response->body_bytes != (uint64_t)request->expect_length) {
        return FAILURE_BODY;
    }
    if (request->expect_json != NULL && !right_member(response, request->expect_json, expected)) {
        return FAILURE_BODY;
    }
    return FAILURE_NONE;
}
