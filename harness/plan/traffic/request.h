/* request: one kind of request of a scenario, and what its response must be. */
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

/* A value is drawn once for each request that is sent: all its places there, expect_value included, get the same. */
struct request {
    char *name;
    uint32_t weight;
    char *method;
    struct pattern path;
    struct pattern body;    /* count 0: no body */
    struct header *headers; /* as given, plus Content-Type: application/json for a `json` body without its own */
    size_t header_count;
    int expect_status;           /* 0: any 2xx */
    char *expect_json;           /* name of a top-level member that the response must have, or NULL */
    struct pattern expect_value; /* what that member must be: a JSON string, number, true, false or null */
    int64_t expect_length;       /* body length in bytes; -1: any */
};

/* Read one element of "requests". Nothing is kept on failure. */
int request_read(struct request *request, const struct json_at *at, const struct value_set *values, struct error *err);
void request_release(struct request *request);

/* The answer that it expects is a 4xx: the service is to refuse it. */
bool request_is_to_be_refused(const struct request *request);

#endif
