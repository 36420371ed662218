#include "plan/traffic/traffic.h"

#include "base/list.h"
#include "base/mem.h"
#include "plan/traffic/session_links.h"
#include "plan/traffic/session_reader.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { REQUESTS_MOST = 64 };

static int read_values(struct traffic *traffic, const struct json_at *values, struct csv_tables *tables,
                       struct error *err)
{
    const char *name;
    json_t *member;

    if (values->value == NULL) {
        return 0;
    }
    if (json_check_object(values, NULL, err) != 0) {
        return -1;
    }
    json_object_foreach(values->value, name, member)
    {
        struct json_at at;
        struct value value;
        json_find(values, name, &at);
        if (value_read(&value, &at, name, tables, err) != 0) {
            return -1;
        }
        *list_add(traffic->values, traffic->value_count) = value;
    }
    return 0;
}

static int check_name(const struct traffic *traffic, size_t index, const struct json_at *at, struct error *err)
{
    const char *name = traffic->requests[index].name;

    for (size_t i = 0; i < index; i++) {
        if (strcmp(traffic->requests[i].name, name) == 0) {
            struct json_at member;
            json_find(at, "name", &member);
            return json_reject(&member, err, "requests[%zu] has the same name; each needs its own", i);
        }
    }
    return 0;
}

static int read_requests(struct traffic *traffic, const struct json_at *requests, struct error *err)
{
    const struct value_set values = {traffic->values, traffic->value_count};

    if (json_check_array(requests, 1, REQUESTS_MOST, err) != 0) {
        return -1;
    }
    traffic->requests = mem_new(json_count(requests), sizeof *traffic->requests);
    for (size_t i = 0; i < json_count(requests); i++) {
        struct json_at at = json_element(requests, i);
        if (request_read(&traffic->requests[i], &at, &values, err) != 0) {
            return -1;
        }
        traffic->request_count++;
        if (check_name(traffic, i, &at, err) != 0) {
            return -1;
        }
    }
    return 0;
}

bool traffic_sends(const struct traffic *traffic, size_t value)
{
    for (size_t i = 0; i < traffic->request_count; i++) {
        if (request_sends(&traffic->requests[i], value)) {
            return true;
        }
    }
    return false;
}

/* The first request that has a place for the value in a header; NULL: none has. */
static const struct request *header_user(const struct traffic *traffic, size_t value)
{
    for (size_t i = 0; i < traffic->request_count; i++) {
        const struct request *request = &traffic->requests[i];
        for (size_t j = 0; j < request->header_count; j++) {
            if (pattern_uses(&request->headers[j].value, value)) {
                return request;
            }
        }
    }
    return NULL;
}

/* Whether those of sessions are sent is looked at with the sessions. */
static int check_values(const struct traffic *traffic, const struct json_at *values, const struct json_at *sessions,
                        struct error *err)
{
    for (size_t i = 0; i < traffic->value_count; i++) {
        bool kept = traffic->values[i].scope == VALUE_OF_SESSION;
        struct json_at at = *sessions;
        if (!kept) {
            json_find(values, traffic->values[i].name, &at);
        }
        if (!kept && !traffic_sends(traffic, i)) {
            return json_reject(&at, err,
                               "no request sends this value; put {%s} into a path, a header or a body, or remove it",
                               traffic->values[i].name);
        }
        if (traffic->values[i].unfit_line > 0 && header_user(traffic, i) != NULL) {
            return json_reject(&at, err,
                               "a header of \"%s\" has a place for it, and line %zu of its file holds a control "
                               "character, which no header can hold",
                               header_user(traffic, i)->name, traffic->values[i].unfit_line);
        }
    }
    return 0;
}

int traffic_read(struct traffic *traffic, const struct json_at *scenario, const char *folder, struct error *err)
{
    struct traffic read = {0};
    struct csv_tables tables = {.folder = folder};
    struct json_at requests;
    struct json_at values, sessions;

    json_find(scenario, "values", &values);
    json_find(scenario, "sessions", &sessions);
    int result = json_need(scenario, "requests", "[{\"name\": \"read\", \"path\": \"/items/1\"}]", &requests, err);
    if (result == 0) {
        result = read_values(&read, &values, &tables, err);
    }
    if (result == 0) {
        result = session_reader_declare(&read, &sessions, &tables, err);
    }
    read.tables = tables.tables;
    read.table_count = tables.count;
    if (result != 0 || read_requests(&read, &requests, err) != 0 ||
        session_links_make(&read, &sessions, &requests, err) != 0 ||
        check_values(&read, &values, &sessions, err) != 0) {
        traffic_release(&read);
        return -1;
    }
    *traffic = read;
    return 0;
}

static int need_variable(const struct traffic *traffic, size_t index, struct error *err)
{
    const struct value *value = &traffic->values[index];

    if (value->secret == NULL || value->secret[0] == '\0') {
        return error_input(err, "values.%s.env: the environment variable %s is %s; set it before the run", value->name,
                           value->variable, value->secret == NULL ? "not set" : "empty");
    }
    size_t length = strlen(value->secret);
    if (!json_can_hold(value->secret, length)) {
        return error_input(err, "values.%s.env: the environment variable %s is not UTF-8 text", value->name,
                           value->variable);
    }
    if (!value_fits_header(value->secret, length) && header_user(traffic, index) != NULL) {
        return error_input(
            err,
            "values.%s.env: a header of \"%s\" has a place for it, and the environment variable %s holds "
            "a control character or a line break, which no header can hold",
            value->name, header_user(traffic, index)->name, value->variable);
    }
    return 0;
}

int traffic_need_env(const struct traffic *traffic, struct error *err)
{
    for (size_t i = 0; i < traffic->value_count; i++) {
        if (traffic->values[i].type == VALUE_ENV && need_variable(traffic, i, err) != 0) {
            return -1;
        }
    }
    return 0;
}

void traffic_init_one(struct traffic *traffic, const char *method, const char *path)
{
    struct request *request = mem_new(1, sizeof *request);

    request->name = mem_string(method);
    for (char *c = request->name; *c != '\0'; c++) {
        *c = (char)tolower((unsigned char)*c);
    }
    request->weight = 1;
    request->method = mem_string(method);
    pattern_init_literal(&request->path, path);
    request->expect_length = -1;
    *traffic = (struct traffic){.requests = request, .request_count = 1};
}

void traffic_init_get(struct traffic *traffic, const char *path)
{
    traffic_init_one(traffic, "GET", path);
}

void traffic_add_header(struct traffic *traffic, const char *name, const char *value)
{
    for (size_t i = 0; i < traffic->request_count; i++) {
        struct request *request = &traffic->requests[i];
        if (!request_has_header(request, name)) {
            header_init(list_add(request->headers, request->header_count), name, value);
        }
    }
}

double traffic_share(const struct traffic *traffic, size_t request)
{
    double sum = 0;

    if (traffic->session_count > 0) {
        return user_session_requests_of(traffic->sessions, traffic->session_count, request) /
               user_session_requests(traffic->sessions, traffic->session_count);
    }
    for (size_t i = 0; i < traffic->request_count; i++) {
        sum += traffic->requests[i].weight;
    }
    return sum > 0 ? traffic->requests[request].weight / sum : 0;
}

void traffic_write_request(const struct traffic *traffic, const struct request *request, struct text *out)
{
    text_format(out, "%s ", request->method);
    for (size_t i = 0; i < request->path.count; i++) {
        const struct piece *piece = &request->path.pieces[i];
        if (piece->literal != NULL) {
            text_append(out, piece->literal, piece->length);
        } else if (piece->value < traffic->value_count) {
            text_format(out, "{%s}", traffic->values[piece->value].name);
        }
    }
}

void traffic_release(struct traffic *traffic)
{
    for (size_t i = 0; i < traffic->request_count; i++) {
        request_release(&traffic->requests[i]);
    }
    for (size_t i = 0; i < traffic->value_count; i++) {
        value_release(&traffic->values[i]);
    }
    for (size_t i = 0; i < traffic->session_count; i++) {
        user_session_release(&traffic->sessions[i]);
    }
    for (size_t i = 0; i < traffic->table_count; i++) {
        csv_table_release(&traffic->tables[i]);
    }
    free(traffic->requests);
    free(traffic->values);
    free(traffic->tables);
    free(traffic->sessions);
    *traffic = (struct traffic){0};
}
