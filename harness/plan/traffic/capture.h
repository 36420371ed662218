/* capture: what a user keeps of a response for later requests: a member of its JSON body, or a header. Plain data, read
 * and checked; load/ does the taking. */
#ifndef TWOFOLD_PLAN_TRAFFIC_CAPTURE_H
#define TWOFOLD_PLAN_TRAFFIC_CAPTURE_H

#include "base/error.h"
#include "base/json.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

/* The longest text that is kept. What is longer counts as missing. */
#define CAPTURE_BYTES_MOST 8192

struct capture {
    size_t value;   /* index into traffic.values of the value that it becomes */
    char *pointer;  /* a JSON Pointer (RFC 6901) into the body; NULL: it is a header */
    char *header;   /* its name; NULL: it is a member */
    bool number;    /* the member must be a number, and is one in the JSON of later requests */
    bool in_header; /* it stands in one, and must fit */
    bool path;      /* a path begins with it, so it must be one; of a URL the path is taken */
};

/* Read "/access_token", "header:Location", {"json": "/id", "number": true} or {"header": "Location"} at `at`. `value`
 * stays 0 and `in_header` and `path` false: the reader of sessions sets them. Nothing is kept on failure. */
int capture_read(struct capture *capture, const struct json_at *at, struct error *err);
void capture_release(struct capture *capture);

/* Append where it is taken from: "/access_token" or "header Location". */
void capture_describe(const struct capture *capture, struct text *out);

#endif
