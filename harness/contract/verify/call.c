#include "contract/verify/call.h"

#include "contract/verify/excerpt.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { HEAD_SHOWN = 1024, BODY_SHOWN = 600 };

void call_response_release(struct call_response *response)
{
    text_release(&response->head);
    text_release(&response->body);
    *response = (struct call_response){0};
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

static void copy_trimmed(const char *start, const char *end, char *ret_value, size_t size)
{
    while (start < end && is_space(*start)) {
        start++;
    }
    while (end > start && is_space(end[-1])) {
        end--;
    }
    snprintf(ret_value, size, "%.*s", (int)(end - start), start);
}

bool call_response_header(const struct call_response *response, const char *name, char *ret_value, size_t size)
{
    size_t length = strlen(name);

    for (const char *line = response->head.data; line != NULL && *line != '\0';) {
        const char *end = strchr(line, '\n');
        end = end != NULL ? end : line + strlen(line);
        if (strncasecmp(line, name, length) == 0 && line[length] == ':') {
            copy_trimmed(line + length + 1, end, ret_value, size);
            return true;
        }
        line = *end == '\n' ? end + 1 : end;
    }
    return false;
}

void call_describe(const struct call *call, struct text *out)
{
    excerpt_add(out, call->method, strlen(call->method), HEAD_SHOWN);
    text_add(out, " ");
    excerpt_add(out, call->path, strlen(call->path), BODY_SHOWN);
    if (call->content_type != NULL) {
        text_format(out, "\nContent-Type: %s", call->content_type);
    }
    if (call->authorization != NULL) {
        text_format(out, "\nAuthorization: %s", call->authorization);
    }
    if (call->chunked) {
        text_add(out, "\nTransfer-Encoding: chunked");
    }
    if (call->body != NULL && call->body_length == 0) {
        text_add(out, "\n(an empty body)");
    } else if (call->body != NULL) {
        text_add(out, "\n");
        excerpt_add(out, call->body, call->body_length, BODY_SHOWN);
    }
}

/* Line by line, so that it still looks like a head. */
static void describe_head(const struct call_response *response, struct text *out)
{
    size_t end = out->length + HEAD_SHOWN;

    for (const char *line = response->head.data; line != NULL && *line != '\0' && out->length < end;) {
        size_t length = strcspn(line, "\r\n");
        if (length > 0) {
            text_add(out, "\n");
            excerpt_add(out, line, length, BODY_SHOWN);
        }
        line += length;
        line += strspn(line, "\r\n");
    }
}

void call_response_describe(const struct call_response *response, struct text *out)
{
    describe_head(response, out);
    if (response->body.length > 0) {
        text_add(out, "\n");
        excerpt_add(out, response->body.data, response->body.length, BODY_SHOWN);
    }
}
