/* request: one request class of a scenario, and what its responses must be. */
#ifndef TWOFOLD_PLAN_TRAFFIC_REQUEST_H
#define TWOFOLD_PLAN_TRAFFIC_REQUEST_H

#include "base/error.h"
#include "base/json.h"
#include "plan/traffic/header.h"
#include "plan/traffic/pattern.h"
#include "plan/traffic/value.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A value is drawn once for each request sent: all places in that request, those of expect_value included, get the
 * same. */
struct request {
    char *name;
    uint32_t weight;
    char *method;
    struct pattern path;
    struct pattern body;    /* count 0: no body */
    struct header *headers; /* as given, plus Content-Type: application/json for a `json` body without its own */
    size_t header_count;
    bool stream;                 /* its response is a stream of events without an end (plan/scenario/subscribers.h) */
    bool fault;                  /* it is there for what it does to the others: any response to it is right */
    bool has_limits;             /* it has limits of its own, which plan/scenario/request_limits.h reads */
    int expect_status;           /* 0: any 2xx */
    char *expect_json;           /* name of the top-level member that the response must have, or NULL */
    struct pattern expect_value; /* what that member must be: a JSON string, number, true, false or null */
    int64_t expect_length;       /* body length in bytes; -1: any */
    bool keep_body, keep_head;   /* what of its responses is looked into, by `expect` or by a session that captures */
};

/* Read one element of "requests". Nothing is kept on failure. */
int request_read(struct request *request, const struct json_at *at, const struct value_set *values, struct error *err);
void request_release(struct request *request);

/* Whether a request can have this method. */
bool request_is_method(const char *method);

/* Whether it sends a header of that name, in upper or lower case. */
bool request_has_header(const struct request *request, const char *name);

/* Whether it asks for bodies in another coding than as they are. */
bool request_asks_encoding(const struct request *request);

/* Whether the value with this index stands in what it sends: in its path, its headers or its body. */
bool request_sends(const struct request *request, size_t value);

/* Whether the expected status is a 4xx, which makes the error an expected one. */
bool request_expects_error(const struct request *request);

#endif
