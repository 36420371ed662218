/* call: one HTTP request and its response as plain data, and both as text for a person. */
#ifndef TWOFOLD_CONTRACT_VERIFY_CALL_H
#define TWOFOLD_CONTRACT_VERIFY_CALL_H

#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

struct call {
    const char *method;
    const char *path;          /* with the query, percent-encoded */
    const char *content_type;  /* NULL: the header is not sent */
    const char *authorization; /* NULL: the header is not sent */
    const char *body;          /* NULL: none */
    size_t body_length;
    bool chunked; /* send the body with Transfer-Encoding: chunked */
};

struct call_response {
    char failure[256]; /* why there is no complete response, as text for a person; empty when there is one */
    bool late;         /* it failed because the time was up */
    bool refused;      /* it failed because nobody listens on the port */
    long status;
    long version;     /* 11 for HTTP/1.1 */
    struct text head; /* status line and headers as received */
    struct text body;
    bool opened; /* a new connection was opened for this call */
    bool closed; /* the service closed the connection after the response */
    bool excess; /* more bytes arrived than the head announced */
};

void call_response_release(struct call_response *response);

/* Copy the value of the first header of this name, trimmed and cut to `size` bytes. Returns false when there is none.
 */
bool call_response_header(const struct call_response *response, const char *name, char *ret_value, size_t size);

/* Append the request: request line, content type and body. */
void call_describe(const struct call *call, struct text *out);

/* Append the response: a line break before each line of the head and before the body. */
void call_response_describe(const struct call_response *response, struct text *out);

#endif
