#include "plan/traffic/request.h"

#include "base/list.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char *const request_keys[] = {"name", "weight", "method", "path",  "headers", "json",
                                           "body", "expect", "limits", "fault", NULL};
static const char *const expect_keys[] = {"status", "json", "length", NULL};
static const char *const methods[] = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", NULL};

static const int64_t weight_most = 1000000;
static const int64_t length_most = (INT64_C(1) << 53) - 1;

/* ---- path ---- */

static int refuse_start(const struct json_at *path, struct error *err)
{
    return json_expected(path, err, "a path that starts with \"/\"");
}

/* What was captured may be a whole path, which is sent as it is. */
static int begin_with_place(struct request *request, const struct json_at *path, const struct value_set *values,
                            struct error *err)
{
    struct piece *first = request->path.pieces;

    if (first->literal != NULL || values->values[first->value].type != VALUE_CAPTURED) {
        return refuse_start(path, err);
    }
    first->encoding = ENCODING_RAW;
    return 0;
}

static int read_path(struct request *request, const struct json_at *at, const struct value_set *values,
                     struct error *err)
{
    struct json_at path;
    const char *text;

    if (json_need(at, "path", "\"/items/1\"", &path, err) != 0 || json_read_line(&path, &text, err) != 0) {
        return -1;
    }
    for (const char *c = text; *c != '\0'; c++) {
        if (*c == ' ' || *c == '#' || (unsigned char)*c >= 0x80) {
            return json_expected(&path, err,
                                 "a path of ASCII characters without spaces and \"#\" (write %%20, %%23, …)");
        }
    }
    if (text[0] != '/' && text[0] != '{') {
        return refuse_start(&path, err);
    }
    if (pattern_read_text(&request->path, &path, values, ENCODING_PATH, err) != 0) {
        return -1;
    }
    return text[0] == '/' ? 0 : begin_with_place(request, &path, values, err);
}

/* ---- headers ---- */

bool request_has_header(const struct request *request, const char *name)
{
    for (size_t i = 0; i < request->header_count; i++) {
        if (strcasecmp(request->headers[i].name, name) == 0) {
            return true;
        }
    }
    return false;
}

static void add_header(struct request *request, const struct header *header)
{
    *list_add(request->headers, request->header_count) = *header;
}

static int read_headers(struct request *request, const struct json_at *at, const struct value_set *values,
                        struct error *err)
{
    struct json_at headers;
    struct header header;
    const char *name;
    json_t *value;

    json_find(at, "headers", &headers);
    if (headers.value != NULL && json_check_object(&headers, NULL, err) != 0) {
        return -1;
    }
    json_object_foreach(headers.value, name, value)
    {
        struct json_at member;
        json_find(&headers, name, &member);
        if (request_has_header(request, name)) {
            return json_reject(&member, err, "this header is here twice; upper and lower case are the same");
        }
        if (header_read(&header, &member, name, values, err) != 0) {
            return -1;
        }
        add_header(request, &header);
    }
    return 0;
}

/* ---- body ---- */

static int read_json_body(struct request *request, const struct json_at *json, const struct value_set *values,
                          struct error *err)
{
    if (pattern_read_json(&request->body, json, values, err) != 0) {
        return -1;
    }
    if (!request_has_header(request, "Content-Type")) {
        struct header type;
        header_init(&type, "Content-Type", "application/json");
        add_header(request, &type);
    }
    return 0;
}

static int read_body(struct request *request, const struct json_at *at, const struct value_set *values,
                     struct error *err)
{
    struct json_at json;
    struct json_at body;
    const char *text;

    json_find(at, "json", &json);
    json_find(at, "body", &body);
    if (json.value == NULL && body.value == NULL) {
        return 0;
    }
    if (json.value != NULL && body.value != NULL) {
        return json_reject(&body, err, "a request has one body: remove \"json\" or \"body\"");
    }
    if (strcmp(request->method, "GET") == 0 || strcmp(request->method, "HEAD") == 0) {
        return json_reject(json.value != NULL ? &json : &body, err,
                           "a %s request has no body; set \"method\" to \"POST\" or another", request->method);
    }
    if (json.value != NULL) {
        return read_json_body(request, &json, values, err);
    }
    return json_read_text(&body, &text, err) != 0 ? -1
                                                  : pattern_read_text(&request->body, &body, values, ENCODING_RAW, err);
}

/* ---- expect ---- */

/* A value that is not in the request was not seen by the service, so it cannot come back; one of the session may. */
static int check_echo(const struct request *request, const struct json_at *at, const struct value_set *values,
                      struct error *err)
{
    for (size_t i = 0; i < values->count; i++) {
        const struct value *value = &values->values[i];
        if (value->type != VALUE_LEVEL && value->scope == VALUE_OF_REQUEST && pattern_uses(&request->expect_value, i) &&
            !request_sends(request, i)) {
            return json_reject(at, err,
                               "the value \"%s\" is neither in the path nor in the headers or the body of this "
                               "request",
                               value->name);
        }
    }
    return 0;
}

static int read_expect_json(struct request *request, const struct json_at *at, const struct value_set *values,
                            struct error *err)
{
    struct json_at member;

    if (json_check_object(at, NULL, err) != 0) {
        return -1;
    }
    if (json_object_size(at->value) != 1) {
        return json_reject(at, err, "expected exactly one member of the response and its value, found %zu",
                           json_object_size(at->value));
    }
    const char *name = json_object_iter_key(json_object_iter(at->value));
    json_find(at, name, &member);
    if (json_is_object(member.value) || json_is_array(member.value)) {
        return json_expected(&member, err, "a string, a number, true, false or null");
    }
    if (pattern_read_json(&request->expect_value, &member, values, err) != 0) {
        return -1;
    }
    request->expect_json = mem_string(name);
    return check_echo(request, &member, values, err);
}

static int read_status(struct request *request, const struct json_at *at, struct error *err)
{
    int64_t status;

    if (json_read_integer(at, 100, 599, &status, err) != 0) {
        return -1;
    }
    request->expect_status = (int)status;
    return 0;
}

static int read_expect(struct request *request, const struct json_at *at, const struct value_set *values,
                       struct error *err)
{
    struct json_at expect;
    struct json_at status;
    struct json_at json;
    struct json_at length;

    json_find(at, "expect", &expect);
    if (expect.value == NULL) {
        return 0;
    }
    if (json_check_object(&expect, expect_keys, err) != 0) {
        return -1;
    }
    json_find(&expect, "status", &status);
    json_find(&expect, "json", &json);
    json_find(&expect, "length", &length);
    if (strcmp(request->method, "HEAD") == 0 && (json.value != NULL || length.value != NULL)) {
        return json_reject(&expect, err, "the response to a HEAD request has no body; only \"status\" can be expected");
    }
    if (status.value != NULL && read_status(request, &status, err) != 0) {
        return -1;
    }
    if (length.value != NULL && json_read_integer(&length, 0, length_most, &request->expect_length, err) != 0) {
        return -1;
    }
    if (json.value == NULL) {
        return 0;
    }
    return read_expect_json(request, &json, values, err);
}

/* ---- one request ---- */

static int read_name(struct request *request, const struct json_at *at, struct error *err)
{
    struct json_at name;
    const char *text;

    if (json_need(at, "name", "\"read\"", &name, err) != 0 || json_read_line(&name, &text, err) != 0) {
        return -1;
    }
    request->name = mem_string(text);
    return 0;
}

bool request_is_method(const char *method)
{
    size_t i = 0;

    while (methods[i] != NULL && strcmp(methods[i], method) != 0) {
        i++;
    }
    return methods[i] != NULL;
}

static int read_method(struct request *request, const struct json_at *at, struct error *err)
{
    struct json_at method;
    int choice = 0;

    json_find(at, "method", &method);
    if (method.value != NULL && json_read_choice(&method, methods, &choice, err) != 0) {
        return -1;
    }
    request->method = mem_string(methods[choice]);
    return 0;
}

static int read_weight(struct request *request, const struct json_at *at, struct error *err)
{
    struct json_at member;
    int64_t weight = 1;

    json_find(at, "weight", &member);
    if (member.value != NULL && json_read_integer(&member, 1, weight_most, &weight, err) != 0) {
        return -1;
    }
    request->weight = (uint32_t)weight;
    return 0;
}

/* The header that asks for an encoded body; NULL: none does. */
static const struct header *find_encoding(const struct request *request)
{
    for (size_t i = 0; i < request->header_count; i++) {
        const struct header *header = &request->headers[i];
        const char *value = pattern_literal(&header->value);
        if (strcasecmp(header->name, "Accept-Encoding") == 0 && (value == NULL || strcasecmp(value, "identity") != 0)) {
            return header;
        }
    }
    return NULL;
}

bool request_asks_encoding(const struct request *request)
{
    return find_encoding(request) != NULL;
}

/* A member is looked for in the body as it comes. */
static int check_encoding(const struct request *request, const struct json_at *at, struct error *err)
{
    const struct header *header = request->expect_json != NULL ? find_encoding(request) : NULL;
    struct json_at headers, member;

    if (header == NULL) {
        return 0;
    }
    json_find(at, "headers", &headers);
    json_find(&headers, header->name, &member);
    return json_reject(&member, err,
                       "bodies are not decoded, so \"expect\" cannot find a member in one that comes encoded; "
                       "remove this header, or expect the \"status\" or the \"length\" only");
}

static int read_fault(struct request *request, const struct json_at *at, struct error *err)
{
    struct json_at fault, expect;

    json_find(at, "fault", &fault);
    json_find(at, "expect", &expect);
    if (fault.value == NULL) {
        return 0;
    }
    if (!json_is_true(fault.value)) {
        return json_expected(&fault, err, "true");
    }
    if (expect.value != NULL) {
        return json_reject(&expect, err, "remove this key: whatever comes of a request that is a fault is right");
    }
    request->fault = true;
    return 0;
}

int request_read(struct request *request, const struct json_at *at, const struct value_set *values, struct error *err)
{
    struct request read = {.expect_length = -1};

    if (json_check_object(at, request_keys, err) != 0 || read_name(&read, at, err) != 0 ||
        read_weight(&read, at, err) != 0 || read_method(&read, at, err) != 0 ||
        read_path(&read, at, values, err) != 0 || read_headers(&read, at, values, err) != 0 ||
        read_body(&read, at, values, err) != 0 || read_expect(&read, at, values, err) != 0 ||
        check_encoding(&read, at, err) != 0 || read_fault(&read, at, err) != 0) {
        request_release(&read);
        return -1;
    }
    read.keep_body = read.expect_json != NULL;
    read.has_limits = json_object_get(at->value, "limits") != NULL;
    *request = read;
    return 0;
}

void request_release(struct request *request)
{
    for (size_t i = 0; i < request->header_count; i++) {
        header_release(&request->headers[i]);
    }
    free(request->headers);
    free(request->name);
    free(request->method);
    free(request->expect_json);
    pattern_release(&request->path);
    pattern_release(&request->body);
    pattern_release(&request->expect_value);
    *request = (struct request){0};
}

bool request_sends(const struct request *request, size_t value)
{
    bool sends = pattern_uses(&request->path, value) || pattern_uses(&request->body, value);

    for (size_t i = 0; i < request->header_count; i++) {
        sends = sends || pattern_uses(&request->headers[i].value, value);
    }
    return sends;
}

bool request_expects_error(const struct request *request)
{
    return request->expect_status >= 400 && request->expect_status < 500;
}
