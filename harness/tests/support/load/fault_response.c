#include "fault_response.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

size_t fault_request_length(const struct text *in, size_t *ret_body)
{
    const char *end = in->length > 0 ? strstr(in->data, "\r\n\r\n") : NULL;

    if (end == NULL) {
        return 0;
    }
    const char *length = strstr(in->data, "Content-Length: ");
    *ret_body = length != NULL && length < end ? strtoul(length + 16, NULL, 10) : 0;
    size_t whole = (size_t)(end + 4 - in->data) + *ret_body;
    return in->length >= whole ? whole : 0;
}

/* The number at the end of the path, as text. */
static void read_id(const char *request, char *id, size_t size)
{
    const char *end = strstr(request, " HTTP/"), *digits = end;

    while (digits != NULL && digits > request && digits[-1] >= '0' && digits[-1] <= '9') {
        digits--;
    }
    snprintf(id, size, "%.*s", end > digits ? (int)(end - digits) : 4, end > digits ? digits : "null");
}

static void add(struct text *out, const char *status, const char *header, const char *body)
{
    text_format(out, "HTTP/1.1 %s\r\n%sContent-Length: %zu\r\n\r\n%s", status, header, strlen(body), body);
}

void fault_response_make(struct text *out, enum fault fault, const char *request, size_t body)
{
    char id[32], right[128];

    read_id(request, id, sizeof id);
    snprintf(right, sizeof right, "{\"id\":%s,\"length\":%zu}", id, body);
    text_clear(out);
    switch (fault) {
    case FAULT_STATUS:
        add(out, "500 No", "", right);
        break;
    case FAULT_BODY:
        add(out, "200 OK", "", "{\"id\":-1}");
        break;
    case FAULT_GARBAGE:
        text_add(out, "220 this is another protocol\r\n");
        break;
    case FAULT_HEADERS:
        text_add(out, "HTTP/1.1 200 OK\r\n");
        for (int i = 0; i < 3000; i++) {
            text_add(out, "X-Header: 0123456789012345678901234567890\r\n");
        }
        break;
    case FAULT_CLOSE_SAID:
        add(out, "200 OK", "Connection: close\r\n", right);
        break;
    default:
        add(out, "200 OK", "", right);
        text_add(out, fault == FAULT_SURPLUS ? "surplus" : "");
        break;
    }
}
