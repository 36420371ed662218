#include "load/transport/http2_fields.h"

#include "base/mem.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* A piece of the head. */
struct head_part {
    char *at;
    size_t length;
};

static struct head_part fixed(const char *string)
{
    return (struct head_part){(char *)string, strlen(string)};
}

/* What comes before `end`, which `rest` is past then. */
static struct head_part take_until(struct head_part *rest, const char *end)
{
    char *found = memmem(rest->at, rest->length, end, strlen(end));
    struct head_part taken = {rest->at, found != NULL ? (size_t)(found - rest->at) : rest->length};
    size_t past = found != NULL ? taken.length + strlen(end) : taken.length;

    rest->at += past;
    rest->length -= past;
    return taken;
}

static void add(struct http2_fields *fields, struct head_part name, struct head_part value)
{
    if (fields->count == fields->capacity) {
        fields->capacity = fields->capacity * 2 + 8;
        fields->fields = mem_resize(fields->fields, fields->capacity, sizeof *fields->fields);
    }
    fields->fields[fields->count++] = (nghttp2_nv){.name = (uint8_t *)name.at,
                                                   .namelen = name.length,
                                                   .value = (uint8_t *)value.at,
                                                   .valuelen = value.length};
}

static bool is_of_http1(struct head_part name)
{
    static const char *const names[] = {"connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade"};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (name.length == strlen(names[i]) && memcmp(name.at, names[i], name.length) == 0) {
            return true;
        }
    }
    return false;
}

static void add_line(struct http2_fields *fields, struct head_part line)
{
    struct head_part name = take_until(&line, ":");

    while (line.length > 0 && (line.at[0] == ' ' || line.at[0] == '\t')) {
        line.at++;
        line.length--;
    }
    for (size_t i = 0; i < name.length; i++) {
        name.at[i] = (char)tolower((unsigned char)name.at[i]);
    }
    if (!is_of_http1(name)) {
        add(fields, name, line);
    }
}

void http2_fields_make(struct http2_fields *fields, struct text *head, bool tls)
{
    struct head_part rest = {head->data, head->length};
    struct head_part method = take_until(&rest, " "), path = take_until(&rest, " ");

    take_until(&rest, "\r\n");
    struct head_part host = take_until(&rest, "\r\n");
    take_until(&host, ": ");
    fields->count = 0;
    add(fields, fixed(":method"), method);
    add(fields, fixed(":scheme"), fixed(tls ? "https" : "http"));
    add(fields, fixed(":authority"), host);
    add(fields, fixed(":path"), path);
    for (;;) {
        struct head_part line = take_until(&rest, "\r\n");
        if (line.length == 0) {
            return;
        }
        add_line(fields, line);
    }
}

void http2_fields_release(struct http2_fields *fields)
{
    free(fields->fields);
    *fields = (struct http2_fields){0};
}
