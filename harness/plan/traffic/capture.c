#include "plan/traffic/capture.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

static const char *const capture_keys[] = {"json", "number", "header", NULL};

static const char header_mark[] = "header:";

/* In a pointer "~" stands only before 0 or 1, for itself and for "/" (RFC 6901, section 3). */
static int read_pointer(struct capture *capture, const struct json_at *at, const char *text, struct error *err)
{
    if (text[0] != '/') {
        return json_expected(at, err, "a JSON Pointer such as \"/access_token\", or \"header:Location\"");
    }
    for (const char *tilde = strchr(text, '~'); tilde != NULL; tilde = strchr(tilde + 1, '~')) {
        if (tilde[1] != '0' && tilde[1] != '1') {
            return json_expected(at, err, "\"~0\" for \"~\" and \"~1\" for \"/\" in a JSON Pointer");
        }
    }
    capture->pointer = mem_string(text);
    return 0;
}

static int read_header(struct capture *capture, const struct json_at *at, const char *name, struct error *err)
{
    size_t good = strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-.^_`|~");

    if (good == 0 || name[good] != '\0') {
        return json_expected(at, err, "a header's name such as \"header:Location\"");
    }
    capture->header = mem_string(name);
    return 0;
}

static int read_short(struct capture *capture, const struct json_at *at, struct error *err)
{
    const char *text;

    if (json_read_line(at, &text, err) != 0) {
        return -1;
    }
    if (strncmp(text, header_mark, strlen(header_mark)) == 0) {
        return read_header(capture, at, text + strlen(header_mark), err);
    }
    return read_pointer(capture, at, text, err);
}

static int read_number(struct capture *capture, const struct json_at *number, struct error *err)
{
    if (number->value == NULL) {
        return 0;
    }
    if (capture->pointer == NULL) {
        return json_reject(number, err, "remove this key: a header is text");
    }
    if (!json_is_boolean(number->value)) {
        return json_expected(number, err, "true or false");
    }
    capture->number = json_is_true(number->value);
    return 0;
}

static int read_long(struct capture *capture, const struct json_at *at, struct error *err)
{
    struct json_at json, header, number;
    const char *text;

    if (json_check_object(at, capture_keys, err) != 0) {
        return -1;
    }
    json_find(at, "json", &json);
    json_find(at, "header", &header);
    json_find(at, "number", &number);
    if ((json.value != NULL) == (header.value != NULL)) {
        return json_reject(at, err, "expected exactly one of json, header, found %d", json.value != NULL ? 2 : 0);
    }
    const struct json_at *from = json.value != NULL ? &json : &header;
    if (json_read_line(from, &text, err) != 0) {
        return -1;
    }
    int result = json.value != NULL ? read_pointer(capture, from, text, err) : read_header(capture, from, text, err);
    return result != 0 ? -1 : read_number(capture, &number, err);
}

int capture_read(struct capture *capture, const struct json_at *at, struct error *err)
{
    struct capture read = {0};
    int result;

    if (json_is_string(at->value)) {
        result = read_short(&read, at, err);
    } else if (json_is_object(at->value)) {
        result = read_long(&read, at, err);
    } else {
        result = json_expected(at, err, "a JSON Pointer such as \"/access_token\", or \"header:Location\"");
    }
    if (result != 0) {
        capture_release(&read);
        return -1;
    }
    *capture = read;
    return 0;
}

void capture_release(struct capture *capture)
{
    free(capture->pointer);
    free(capture->header);
    *capture = (struct capture){0};
}

void capture_describe(const struct capture *capture, struct text *out)
{
    if (capture->pointer != NULL) {
        text_add(out, capture->pointer);
    } else {
        text_format(out, "header %s", capture->header);
    }
}
