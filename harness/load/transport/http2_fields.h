/* http2_fields: the header fields of a request, in the form that nghttp2 wants. */
#ifndef TWOFOLD_LOAD_TRANSPORT_HTTP2_FIELDS_H
#define TWOFOLD_LOAD_TRANSPORT_HTTP2_FIELDS_H

#include "base/text.h"

#include <nghttp2/nghttp2.h>
#include <stdbool.h>
#include <stddef.h>

/* `= {0}` is empty. Used for one request after another, it grows to the size of the largest and is not allocated any
 * more. */
struct http2_fields {
    nghttp2_nv *fields;
    size_t count, capacity;
};

/* Makes them out of the lines of a request of HTTP/1.1, whose names become lower case in place: first ":method",
 * ":scheme", ":authority" and ":path", then the rest in its order, without what only HTTP/1.1 has (RFC 9113, section
 * 8.2.2). They point into `head`. */
void http2_fields_make(struct http2_fields *fields, struct text *head, bool tls);

void http2_fields_release(struct http2_fields *fields);

#endif
