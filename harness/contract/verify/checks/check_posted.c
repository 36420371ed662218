#include "contract/verify/checks/check_posted.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

#define JSON_TYPE "application/json"

enum { CUTS = 8 };

struct posted {
    const char *type;
    const char *body;
    size_t length;
    int status;
    enum rule rule;
};

static void refuse(struct session *session, const char *path, const struct posted *posted)
{
    struct call call = {.method = "POST",
                        .path = path,
                        .content_type = posted->type,
                        .body = posted->body,
                        .body_length = posted->length};
    struct expected_response expectation = {.rule = posted->rule, .status = posted->status};
    session_ask(session, &call, &expectation);
}

void posted_refuse(struct session *session, const char *path, const char *body, int status, enum rule rule)
{
    struct posted posted = {JSON_TYPE, body, strlen(body), status, rule};
    refuse(session, path, &posted);
}

static void check_broken(struct session *session, const char *path, const char *good)
{
    static const char *const tails[] = {"x", "}", ",", "{}", "\xff", "/**/"};
    static const char *const bodies[] = {"",           " ",
                                         "{",          "nul",
                                         "{'a':1}",    "{\"a\":[1,]}",
                                         "{\"a\":01}", "{\"a\":\"\xff\"}"};

    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
        posted_refuse(session, path, bodies[i], 400, RULE_NOT_JSON);
    }
    for (size_t i = 0; i < sizeof tails / sizeof tails[0]; i++) {
        char *body = mem_format("%s%s", good, tails[i]);
        posted_refuse(session, path, body, 400, RULE_NOT_JSON);
        free(body);
    }
    for (int i = 0; i < CUTS; i++) {
        char *body = mem_copy(good, random_below(&session->random, strlen(good)));
        posted_refuse(session, path, body, 400, RULE_NOT_JSON);
        free(body);
    }
}

static void check_types(struct session *session, const char *path, const char *good)
{
    static const char *const types[] = {NULL,
                                        "text/plain",
                                        "text/json",
                                        "application/x-www-form-urlencoded",
                                        "application/jsonx",
                                        "application/json-patch+json",
                                        "application/vnd.api+json"};

    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        struct posted posted = {types[i], good, strlen(good), 415, RULE_CONTENT_TYPE};
        refuse(session, path, &posted);
    }
}

static void check_which_first(struct session *session, const char *path)
{
    static const struct posted cases[] = {
        {"text/plain", "{", 1, 415, RULE_ORDER},
        {NULL, "", 0, 415, RULE_ORDER},
        {"text/plain", "{}", 2, 415, RULE_ORDER},
        {JSON_TYPE, "{\"colour\":1", 11, 400, RULE_ORDER},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        refuse(session, path, &cases[i]);
    }
}

void posted_check(struct session *session, const char *path, const char *good)
{
    check_broken(session, path, good);
    check_types(session, path, good);
    check_which_first(session, path);
}

const char *posted_type(struct session *session)
{
    static const char *const types[] = {"application/json", "application/json", "application/json; charset=utf-8",
                                        "application/json;charset=UTF-8", "APPLICATION/JSON"};
    return types[random_below(&session->random, sizeof types / sizeof types[0])];
}
