#include "contract/verify/judge.h"

#include "base/mem.h"
#include "contract/verify/excerpt.h"
#include "contract/verify/mismatch.h"
#include "contract/verify/page.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { BODY_SHOWN = 400, HEADER_SIZE = 256 };

#define PROBLEM_TYPE "application/problem+json"
#define JSON_TYPE    "application/json"
#define HTML_TYPE    "text/html"

json_t *judge_body(const struct call_response *response, struct text *wrong)
{
    json_error_t error;
    const char *data = response->body.data != NULL ? response->body.data : "";
    json_t *body =
        json_loadb(data, response->body.length, JSON_DECODE_ANY | JSON_ALLOW_NUL | JSON_REJECT_DUPLICATES, &error);

    if (body == NULL && wrong != NULL) {
        text_add(wrong, "the body is not JSON: ");
        excerpt_add(wrong, error.text, strlen(error.text), HEADER_SIZE);
    }
    return body;
}

static bool has_status(const struct expected_response *expectation, long status)
{
    return status == expectation->status || (expectation->other_status != 0 && status == expectation->other_status) ||
           (expectation->third_status != 0 && status == expectation->third_status);
}

/* "application/json; charset=UTF-8" is JSON in UTF-8; other parameters are nobody's business. */
static bool is_type(const char *value, const char *type)
{
    size_t length = strlen(type);

    if (strncasecmp(value, type, length) != 0) {
        return false;
    }
    const char *rest = value + length + strspn(value + length, " \t");
    const char *charset = strcasestr(rest, "charset=");
    if (charset != NULL) {
        charset += strlen("charset=");
        charset += *charset == '"';
    }
    return (*rest == '\0' || *rest == ';') && (charset == NULL || strncasecmp(charset, "utf-8", 5) == 0);
}

static bool has_type(const struct call_response *response, const char *type, struct text *wrong)
{
    char value[HEADER_SIZE];

    if (!call_response_header(response, "Content-Type", value, sizeof value)) {
        text_format(wrong, "there is no Content-Type, expected %s", type);
        return false;
    }
    if (!is_type(value, type)) {
        text_add(wrong, "Content-Type is ");
        excerpt_add(wrong, value, strlen(value), HEADER_SIZE);
        text_format(wrong, ", expected %s", type);
        return false;
    }
    return true;
}

static bool is_sentence(const json_t *value)
{
    return json_is_string(value) && json_string_length(value) > 0;
}

static bool is_problem(const json_t *body, long status, struct text *wrong)
{
    const json_t *type = json_object_get(body, "type");
    const json_t *number = json_object_get(body, "status");
    size_t before = wrong->length;

    if (!json_is_object(body)) {
        text_add(wrong, "the body is not a JSON object");
    } else if (!json_is_string(type) || strcmp(json_string_value(type), "about:blank") != 0) {
        text_add(wrong, "`type` is not \"about:blank\"");
    } else if (!is_sentence(json_object_get(body, "title"))) {
        text_add(wrong, "`title` is not a string with something in it");
    } else if (!json_is_integer(number) || json_integer_value(number) != status) {
        text_format(wrong, "`status` is not the number %ld", status);
    } else if (!is_sentence(json_object_get(body, "detail"))) {
        text_add(wrong, "`detail` is not a string with something in it");
    }
    return wrong->length == before;
}

/* HTTP wants a 401 to say how to do better. */
static bool has_challenge(const struct call_response *response, struct text *wrong)
{
    char value[HEADER_SIZE];

    if (response->status != 401 || (call_response_header(response, "WWW-Authenticate", value, sizeof value) &&
                                    strncasecmp(value, "Bearer", strlen("Bearer")) == 0)) {
        return true;
    }
    text_add(wrong, "there is no WWW-Authenticate: Bearer");
    return false;
}

static bool judge_problem(const struct call_response *response, enum rule *ret_rule, struct text *wrong)
{
    json_t *body = NULL;
    bool good = has_challenge(response, wrong) && has_type(response, PROBLEM_TYPE, wrong) &&
                (body = judge_body(response, wrong)) != NULL && is_problem(body, response->status, wrong);

    if (!good) {
        *ret_rule = RULE_PROBLEM;
    }
    json_decref(body);
    return good;
}

static bool differs(const json_t *a, const json_t *b, const char *key)
{
    const json_t *x = json_object_get(a, key);
    const json_t *y = json_object_get(b, key);
    return x != NULL && y != NULL && json_equal(x, y) != 1;
}

static bool only_name_differs(const json_t *expected, const json_t *came)
{
    const char *key;
    json_t *value;
    size_t different = json_object_size(expected) != json_object_size(came);

    json_object_foreach((json_t *)expected, key, value)
    {
        different += json_equal(value, json_object_get(came, key)) != 1;
    }
    return different == 1 && differs(expected, came, "name");
}

/* A check of the seed or of names may stumble over something else. */
static enum rule choose_rule(const struct expected_response *expectation, const json_t *came)
{
    bool post = expectation->location != 0 && expectation->place == NULL;

    if (post && differs(expectation->body, came, "id")) {
        return RULE_IDS;
    }
    if (only_name_differs(expectation->body, came)) {
        return expectation->rule == RULE_SEED ? RULE_SEED : RULE_NAME;
    }
    if (expectation->rule != RULE_NAME) {
        return expectation->rule;
    }
    return post ? RULE_CREATE : RULE_REPLACE;
}

static const char *place_of(const struct expected_response *expectation)
{
    return expectation->place != NULL ? expectation->place : "/items/";
}

static bool judge_location(const struct expected_response *expectation, const struct call_response *response,
                           struct text *wrong)
{
    char came[HEADER_SIZE];
    char wanted[64];

    snprintf(wanted, sizeof wanted, "%s%llu", place_of(expectation), (unsigned long long)expectation->location);
    if (expectation->location == 0) {
        return true;
    }
    if (!call_response_header(response, "Location", came, sizeof came)) {
        text_format(wrong, "there is no Location, expected %s", wanted);
        return false;
    }
    if (strcmp(came, wanted) != 0) {
        text_add(wrong, "Location is ");
        excerpt_add(wrong, came, strlen(came), HEADER_SIZE);
        text_format(wrong, ", expected %s", wanted);
        return false;
    }
    return true;
}

static bool judge_success(const struct expected_response *expectation, const struct call_response *response,
                          enum rule *ret_rule, struct text *wrong)
{
    json_t *body = NULL;

    if (expectation->body == NULL) {
        return true;
    }
    if (expectation->page) {
        *ret_rule = expectation->rule;
        return has_type(response, HTML_TYPE, wrong) && page_matches(expectation->body, &response->body, wrong);
    }
    *ret_rule = RULE_SUCCESS;
    if (!has_type(response, JSON_TYPE, wrong) || (body = judge_body(response, wrong)) == NULL) {
        return false;
    }
    bool good = true;
    if (expectation->summary != NULL) {
        good = summary_matches(expectation->summary, body, ret_rule, wrong);
    } else if (mismatch_find_near(expectation->body, body, expectation->tolerance, wrong)) {
        *ret_rule = choose_rule(expectation, body);
        good = false;
    } else if (!judge_location(expectation, response, wrong)) {
        *ret_rule = expectation->place != NULL ? expectation->rule : RULE_LOCATION;
        good = false;
    }
    json_decref(body);
    return good;
}

static bool judge_framing(const struct call_response *response, struct text *wrong)
{
    if (response->excess) {
        text_add(wrong, response->status == 204 ? "a body came with it, where a 204 has none"
                                                : "more bytes came behind it than its head announced");
        return false;
    }
    if (response->version != 11) {
        text_add(wrong, "the response is not HTTP/1.1");
        return false;
    }
    return true;
}

bool judge_response(const struct expected_response *expectation, const struct call_response *response,
                    enum rule *ret_rule, struct text *ret_wrong)
{
    if (response->failure[0] != '\0') {
        *ret_rule = RULE_RESPONDS;
        text_add(ret_wrong, response->failure);
        return false;
    }
    if (!judge_framing(response, ret_wrong)) {
        *ret_rule = RULE_FRAMING;
        return false;
    }
    if (!has_status(expectation, response->status)) {
        *ret_rule = expectation->rule;
        text_format(ret_wrong, "status %ld, expected %d", response->status, expectation->status);
        return false;
    }
    if (response->status == 204) {
        return true;
    }
    return response->status >= 400 ? judge_problem(response, ret_rule, ret_wrong)
                                   : judge_success(expectation, response, ret_rule, ret_wrong);
}

static const char *body_of(const struct expected_response *expectation)
{
    if (expectation->status == 204) {
        return "no body";
    }
    if (expectation->status >= 400) {
        return PROBLEM_TYPE;
    }
    return expectation->page ? HTML_TYPE " that shows what follows" : JSON_TYPE;
}

void judge_describe(const struct expected_response *expectation, struct text *out)
{
    text_format(out, "status %d", expectation->status);
    if (expectation->other_status != 0) {
        text_format(out, ", %d", expectation->other_status);
    }
    if (expectation->third_status != 0) {
        text_format(out, ", %d", expectation->third_status);
    }
    text_format(out, ", %s", body_of(expectation));
    if (expectation->location != 0) {
        text_format(out, ", Location: %s%llu", place_of(expectation), (unsigned long long)expectation->location);
    }
    if (expectation->body != NULL) {
        char *dump = json_dumps(expectation->body, JSON_ENCODE_ANY | JSON_ENSURE_ASCII | JSON_COMPACT);
        text_add(out, ", ");
        excerpt_add(out, dump, strlen(dump), BODY_SHOWN);
        free(dump);
    }
}
