#include "plan/traffic/session_links.h"

#include "base/mem.h"
#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ---- which request a step sends --------------------------------------------------------------------------------- */

static int refuse_unknown(const struct traffic *traffic, const char *name, const struct json_at *at, struct error *err)
{
    const char **names = mem_new(traffic->request_count + 1, sizeof *names);

    for (size_t i = 0; i < traffic->request_count; i++) {
        names[i] = traffic->requests[i].name;
    }
    const char *nearest = text_nearest(name, names);
    if (nearest != NULL) {
        json_reject(at, err, "no request is called \"%.60s\"; the nearest is \"%s\"", name, nearest);
    } else {
        json_reject(at, err, "no request is called \"%.60s\"; declare it in \"requests\"", name);
    }
    free(names);
    return -1;
}

static int find_request(const struct traffic *traffic, struct session_step *step, const struct json_at *at,
                        struct error *err)
{
    const char *name;

    if (json_read_line(at, &name, err) != 0) {
        return -1;
    }
    for (size_t i = 0; i < traffic->request_count; i++) {
        if (strcmp(traffic->requests[i].name, name) == 0) {
            step->request = i;
            return 0;
        }
    }
    return refuse_unknown(traffic, name, at, err);
}

/* ---- what its response must have -------------------------------------------------------------------------------- */

/* The first piece of a path is a place only where it is that of a captured value. */
static bool begins_a_path(const struct traffic *traffic, size_t value)
{
    for (size_t i = 0; i < traffic->request_count; i++) {
        const struct piece *first = traffic->requests[i].path.pieces;
        if (first->literal == NULL && first->value == value) {
            return true;
        }
    }
    return false;
}

static bool stands_in_header(const struct traffic *traffic, size_t value)
{
    bool stands = false;

    for (size_t i = 0; i < traffic->request_count; i++) {
        const struct request *request = &traffic->requests[i];
        for (size_t j = 0; j < request->header_count; j++) {
            stands = stands || pattern_uses(&request->headers[j].value, value);
        }
    }
    return stands;
}

static int check_body(const struct request *request, const struct json_at *at, struct error *err)
{
    if (strcmp(request->method, "HEAD") == 0) {
        return json_reject(at, err, "the response to a HEAD request has no body to capture from");
    }
    if (request_asks_encoding(request)) {
        return json_reject(at, err,
                           "bodies are not decoded, and the request \"%s\" asks for an encoded one with its header "
                           "Accept-Encoding; remove that header",
                           request->name);
    }
    return 0;
}

static int link_captures(struct traffic *traffic, struct session_step *step, const struct json_at *at,
                         struct error *err)
{
    struct request *request = &traffic->requests[step->request];
    struct json_at captures, member;

    json_find(at, "capture", &captures);
    for (size_t i = 0; i < step->capture_count; i++) {
        struct capture *capture = &step->captures[i];
        json_find(&captures, traffic->values[capture->value].name, &member);
        capture->path = begins_a_path(traffic, capture->value);
        capture->in_header = stands_in_header(traffic, capture->value);
        if (capture->pointer != NULL && check_body(request, &member, err) != 0) {
            return -1;
        }
        request->keep_body = request->keep_body || capture->pointer != NULL;
        request->keep_head = request->keep_head || capture->header != NULL;
    }
    return 0;
}

/* ---- what a user must have -------------------------------------------------------------------------------------- */

static bool has_place(const struct request *request, size_t value)
{
    return request_sends(request, value) || pattern_uses(&request->expect_value, value);
}

static int check_places(const struct traffic *traffic, const struct session_step *step, const bool *held,
                        const struct json_at *at, struct error *err)
{
    const struct request *request = &traffic->requests[step->request];

    for (size_t i = 0; i < traffic->value_count; i++) {
        const struct value *value = &traffic->values[i];
        if (value->scope != VALUE_OF_SESSION || held[i] || !has_place(request, i)) {
            continue;
        }
        if (value->type == VALUE_CAPTURED) {
            return json_reject(at, err,
                               "the request \"%s\" has a place for {%s}, which no step before it is sure to capture",
                               request->name, value->name);
        }
        return json_reject(at, err, "the request \"%s\" has a place for {%s}, which is a value of another session",
                           request->name, value->name);
    }
    return 0;
}

/* A step that is not always taken does not capture for all. */
static void hold_captures(const struct session_step *step, bool *held)
{
    for (size_t i = 0; i < step->capture_count && step->chance >= 1; i++) {
        held[step->captures[i].value] = true;
    }
}

static int link_steps(struct traffic *traffic, struct user_session *session, const struct json_at *at, bool *held,
                      struct error *err)
{
    struct json_at steps, name;

    for (size_t i = 0; i < session->value_count; i++) {
        held[session->values[i]] = true;
    }
    json_find(at, "steps", &steps);
    for (size_t i = 0; i < session->step_count; i++) {
        struct session_step *step = &session->steps[i];
        struct json_at element = json_element(&steps, i);
        if (json_need(&element, "request", "\"login\"", &name, err) != 0 ||
            find_request(traffic, step, &name, err) != 0 || link_captures(traffic, step, &element, err) != 0 ||
            check_places(traffic, step, held, &name, err) != 0) {
            return -1;
        }
        hold_captures(step, held);
    }
    return 0;
}

/* ---- the whole -------------------------------------------------------------------------------------------------- */

static int check_requests(const struct traffic *traffic, const struct json_at *requests, struct error *err)
{
    for (size_t i = 0; i < traffic->request_count; i++) {
        struct json_at request = json_element(requests, i), weight;
        json_find(&request, "weight", &weight);
        if (weight.value != NULL) {
            return json_reject(&weight, err, "remove this key: the steps of \"sessions\" say how often it is sent");
        }
        if (!(user_session_requests_of(traffic->sessions, traffic->session_count, i) > 0)) {
            return json_reject(&request, err, "no step of a session sends this request; name it in one, or remove it");
        }
    }
    return 0;
}

static int check_sent(const struct traffic *traffic, size_t value, const struct json_at *members, struct error *err)
{
    struct json_at at;

    if (traffic_sends(traffic, value)) {
        return 0;
    }
    json_find(members, traffic->values[value].name, &at);
    return json_reject(&at, err, "no request sends this value; put {%s} into a path, a header or a body, or remove it",
                       traffic->values[value].name);
}

static int check_values(const struct traffic *traffic, const struct user_session *session, const struct json_at *at,
                        struct error *err)
{
    struct json_at members, steps;

    json_find(at, "values", &members);
    for (size_t i = 0; i < session->value_count; i++) {
        if (check_sent(traffic, session->values[i], &members, err) != 0) {
            return -1;
        }
    }
    json_find(at, "steps", &steps);
    for (size_t i = 0; i < session->step_count; i++) {
        struct json_at step = json_element(&steps, i);
        json_find(&step, "capture", &members);
        for (size_t j = 0; j < session->steps[i].capture_count; j++) {
            if (check_sent(traffic, session->steps[i].captures[j].value, &members, err) != 0) {
                return -1;
            }
        }
    }
    return 0;
}

int session_links_make(struct traffic *traffic, const struct json_at *at, const struct json_at *requests,
                       struct error *err)
{
    for (size_t i = 0; i < traffic->session_count; i++) {
        struct json_at element = json_element(at, i);
        bool *held = mem_new(traffic->value_count, sizeof *held);
        int linked = link_steps(traffic, &traffic->sessions[i], &element, held, err);
        free(held);
        if (linked != 0 || check_values(traffic, &traffic->sessions[i], &element, err) != 0) {
            return -1;
        }
    }
    return traffic->session_count > 0 ? check_requests(traffic, requests, err) : 0;
}
