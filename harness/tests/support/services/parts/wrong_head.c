#include "parts/wrong_head.h"

static const char *content_type(enum fault fault, const struct wrong_response *response)
{
    if (response->html != NULL) {
        return fault == FAULT_SHOWN_AS_TEXT ? "text/plain; charset=utf-8" : "text/html; charset=utf-8";
    }
    if (response->status >= 400) {
        return fault == FAULT_PROBLEM_AS_JSON ? "application/json" : "application/problem+json";
    }
    if (fault == FAULT_CONTENT_TYPE) {
        return "text/json";
    }
    return fault == FAULT_CHARSET ? "application/json; charset=latin1" : "application/json";
}

void wrong_head_write(struct text *out, enum fault fault, const char *url, const struct wrong_response *response,
                      size_t length)
{
    text_format(out, "HTTP/1.%d %d Whatever\r\n", fault != FAULT_HTTP_1_0, response->status);
    if (response->location != 0 && fault != FAULT_NO_LOCATION) {
        text_format(out, "Location: %s%s%zu\r\n", fault == FAULT_ABSOLUTE_LOCATION ? url : "",
                    response->place != NULL ? response->place : "/items/", response->location);
    }
    text_add(out, response->status == 401 && fault != FAULT_NO_CHALLENGE ? "WWW-Authenticate: Bearer\r\n" : "");
    if (response->status != 204) {
        text_format(out, "Content-Type: %s\r\nContent-Length: %zu\r\n", content_type(fault, response), length);
    }
    text_add(out, fault == FAULT_HTTP_1_0 ? "Connection: keep-alive\r\n\r\n" : "\r\n");
}
