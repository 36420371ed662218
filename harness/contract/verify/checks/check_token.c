#include "contract/verify/checks/check_token.h"

#include "base/mem.h"
#include "contract/verify/check.h"
#include "contract/verify/model/token.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { READS = 12 };

static void ask(struct session *session, const char *path, const char *authorization,
                const struct expected_response *expectation)
{
    struct call call = {.method = "GET", .path = path, .authorization = authorization};
    session_ask(session, &call, expectation);
}

static void read_item(struct session *session, uint64_t id, const char *token)
{
    char path[64];
    char *authorization = mem_format("Bearer %s", token);
    json_t *item = json_incref(catalog_get(&session->catalog, id));
    struct expected_response expectation = {.rule = RULE_MEMBER_ITEM, .status = item != NULL ? 200 : 404, .body = item};

    snprintf(path, sizeof path, "/members/items/%" PRIu64, id);
    ask(session, path, authorization, &expectation);
    json_decref(item);
    free(authorization);
}

void check_token_works(struct session *session, const char *token)
{
    read_item(session, session_pick_item(session), token);
}

static void refuse(struct session *session, const char *authorization)
{
    struct expected_response expectation = {.rule = RULE_TOKEN_CHECKED, .status = 401};
    ask(session, "/members/items/1", authorization, &expectation);
}

static void refuse_token(struct session *session, const char *token)
{
    char *authorization = mem_format("Bearer %s", token);
    refuse(session, authorization);
    free(authorization);
}

static void refuse_made(struct session *session, const struct token_parts *parts)
{
    char *token = token_make(parts);
    refuse_token(session, token);
    free(token);
}

/* Another letter in the middle of a part: the last one of a part may have bits that stand for nothing. */
static void refuse_changed(struct session *session, const char *good, size_t part)
{
    char *token = mem_string(good), *at = token;

    for (; part > 0; part--) {
        at = strchr(at, '.') + 1;
    }
    at += strcspn(at, ".") / 2;
    *at = *at == 'A' ? 'B' : 'A';
    refuse_token(session, token);
    free(token);
}

static void check_refused(struct session *session, const struct token_parts *good, const char *token)
{
    static const char *const others[] = {NULL, "Bearer", "Bearer x", "Bearer a.b.c", "Basic bWVtYmVyLTE6eA=="};
    struct token_parts none = *good, other = *good, ended = *good, endless = *good;

    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        refuse(session, others[i]);
    }
    refuse(session, token); /* without Bearer */
    none.algorithm = "none";
    other.key = "0000000000000000000000000000000000000000000000000000000000000000";
    ended.issued_s -= 2 * TOKEN_LIFE_S;
    ended.ends_s -= 2 * TOKEN_LIFE_S;
    endless.ends_s = 0;
    refuse_made(session, &none);
    refuse_made(session, &other);
    refuse_made(session, &ended);
    refuse_made(session, &endless);
    refuse_changed(session, token, 1);
    refuse_changed(session, token, 2);
}

static void check_which_first(struct session *session, const char *token)
{
    static const char *const bad[] = {"/members/items/x", "/members/items/0", "/members/items/9007199254740992"};
    char *authorization = mem_format("Bearer %s", token);
    struct expected_response id = {.rule = RULE_PATH, .status = 422},
                             first = {.rule = RULE_TOKEN_CHECKED, .status = 401};

    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        ask(session, bad[i], authorization, &id);
        ask(session, bad[i], NULL, &first);
    }
    ask(session, "/members/items/9007199254740991", NULL, &first);
    free(authorization);
}

void check_tokens(const struct check_context *context)
{
    struct session *session = context->session;
    int64_t now_s = (int64_t)time(NULL);
    struct token_parts good = {.algorithm = "HS256",
                               .key = session->options->token_key,
                               .name = "member-7",
                               .issued_s = now_s,
                               .ends_s = now_s + TOKEN_LIFE_S};

    if (good.key == NULL) {
        operation_fail(session, "GET", "/members/items/1", 503, RULE_UNAVAILABLE);
        return;
    }
    char *token = token_make(&good);
    for (int i = 0; i < READS; i++) {
        read_item(session, session_pick_id(session), token);
    }
    check_refused(session, &good, token);
    check_which_first(session, token);
    free(token);
}
