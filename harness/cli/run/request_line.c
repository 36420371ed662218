#include "run/request_line.h"

#include "base/file.h"
#include "base/list.h"
#include "base/secret.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

bool request_line_given(const struct request_line *line)
{
    return line->method != NULL || line->headers.count > 0 || line->data.count > 0;
}

/* ---- headers ---- */

/* "Bearer abc": a service that quotes the header may quote what is behind the scheme alone. */
static void keep_secret(const struct header *header)
{
    const char *value = pattern_literal(&header->value);

    if (secret_is_name(header->name, strlen(header->name))) {
        secret_keep(value);
        secret_keep(value + strcspn(value, " ") + strspn(value + strcspn(value, " "), " "));
    }
}

static int add_headers(const struct request_line *line, struct request *request, struct error *err)
{
    for (size_t i = 0; i < line->headers.count; i++) {
        struct header header;
        if (header_parse(&header, line->headers.items[i], err) != 0) {
            return error_context(err, "-H");
        }
        *list_add(request->headers, request->header_count) = header;
        keep_secret(&header);
    }
    return 0;
}

/* ---- the body ---- */

static int add_data(const char *data, struct text *body, struct error *err)
{
    if (body->length > 0) {
        text_add(body, "&");
    }
    if (data[0] != '@') {
        text_add(body, data);
        return 0;
    }
    const char *file = strcmp(data, "@-") == 0 ? "/dev/stdin" : data + 1;
    return file_read(file, body, err) != 0 ? error_context(err, "-d") : 0;
}

static int add_body(const struct request_line *line, struct request *request, struct error *err)
{
    struct text body = {0};
    int result = 0;

    for (size_t i = 0; i < line->data.count && result == 0; i++) {
        result = add_data(line->data.items[i], &body, err);
    }
    if (result == 0 && line->data.count > 0) {
        pattern_take_literal(&request->body, &body);
        if (!request_has_header(request, "Content-Type")) {
            header_init(list_add(request->headers, request->header_count), "Content-Type",
                        "application/x-www-form-urlencoded");
        }
    }
    text_release(&body);
    return result;
}

/* ---- the request ---- */

int request_line_make(const struct request_line *line, const char *path, struct traffic *traffic, struct error *err)
{
    const char *method = line->method;
    struct traffic made;

    if (method == NULL) {
        method = line->data.count > 0 ? "POST" : "GET";
    }
    if (!request_is_method(method)) {
        return error_input(err, "-X: expected GET, HEAD, POST, PUT, PATCH, DELETE or OPTIONS, found \"%s\"", method);
    }
    if (strcmp(method, "HEAD") == 0 && line->data.count > 0) {
        return error_input(err, "-d: a HEAD request has no body");
    }
    traffic_init_one(&made, method, path);
    if (add_headers(line, &made.requests[0], err) != 0 || add_body(line, &made.requests[0], err) != 0) {
        traffic_release(&made);
        return -1;
    }
    *traffic = made;
    return 0;
}
