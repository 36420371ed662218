/* call: one request and what came back, as plain data, and both as a person reads them. */
#ifndef TWOFOLD_CONTRACT_VERIFY_CALL_H
#define TWOFOLD_CONTRACT_VERIFY_CALL_H

#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

struct call {
    const char *method;
    const char *path;         /* with the query, in the characters that a URL may hold */
    const char *content_type; /* NULL: no such header */
    const char *body;         /* NULL: none */
    size_t body_length;
    bool chunked; /* send the body with Transfer-Encoding: chunked */
};

struct answer {
    char failure[256]; /* why no whole response came, for a person; empty when one did */
    bool late;         /* the failure is that the time was up */
    bool refused;      /* the failure is that nobody listens */
    long status;
    long version;     /* 11 for HTTP/1.1 */
    struct text head; /* status line and headers as they came */
    struct text body;
    bool opened; /* a new connection was opened for it */
    bool closed; /* the service closed the connection behind it */
    bool excess; /* more bytes came than the head announced */
};

void answer_release(struct answer *response);

/* The value of the first header of this name, without the white space around it, cut to `size`; false when absent. */
bool answer_header(const struct answer *response, const char *name, char *ret_value, size_t size);

/* Append the request: its line, its content type, its body. */
void call_describe(const struct call *call, struct text *out);

/* Append what came: each line of the head, then the body, each behind a line break. */
void answer_describe(const struct answer *response, struct text *out);

#endif
