#include "contract/verify/check.h"

#include "base/mem.h"
#include "contract/seed.h"
#include "contract/verify/checks/check_posted.h"
#include "contract/verify/checks/check_token.h"
#include "contract/verify/model/token.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#define PATH "/login"

enum { MEMBERS = 64, LOGINS = 3 };

/* The password of member i is the name of item i of the seed, and an exclamation mark. */
static char *password_of(uint32_t member)
{
    return mem_format("%s!", seed_item(member).name);
}

static void send(struct session *session, const char *name, const char *password, int status,
                 struct call_response *ret_response)
{
    json_t *body = json_pack("{s:s, s:s}", "name", name, "password", password);
    char *text = json_dumps(body, JSON_COMPACT);
    struct call call = {.method = "POST",
                        .path = PATH,
                        .content_type = posted_type(session),
                        .body = text,
                        .body_length = strlen(text)};
    struct expected_response expectation = {.rule = RULE_LOGIN, .status = status};

    session_call(session, &call, &expectation, ret_response);
    free(text);
    json_decref(body);
}

static void tell(struct session *session, const char *wrong, const struct call_response *response)
{
    struct finding finding = {.rule = RULE_TOKEN,
                              .operation = "logIn",
                              .request = "POST " PATH,
                              .expected = "status 200, {\"token\": a JSON Web Token as the contract says}",
                              .wrong = wrong,
                              .response = response};
    ledger_add(session->ledger, &finding);
}

static void log_in(struct session *session, uint32_t member)
{
    char *name = mem_format("member-%u", member), *password = password_of(member);
    struct call_response response;
    struct text wrong = {0};

    send(session, name, password, 200, &response);
    json_t *body = response.status == 200 ? judge_body(&response, &wrong) : NULL;
    const char *token = json_string_value(json_object_get(body, "token"));
    if (body != NULL && (token == NULL || json_object_size(body) != 1)) {
        text_add(&wrong, "the body is not an object with just a token");
    } else if (token != NULL) {
        token_check(token, session->options->token_key, name, (int64_t)time(NULL), &wrong);
    }
    if (wrong.length > 0) {
        tell(session, wrong.data, &response);
    }
    if (token != NULL) {
        check_token_works(session, token);
    }
    json_decref(body);
    text_release(&wrong);
    call_response_release(&response);
    free(name);
    free(password);
}

static void refuse(struct session *session, const char *name, const char *password)
{
    struct call_response response;

    send(session, name, password, 401, &response);
    call_response_release(&response);
}

static void check_refused(struct session *session)
{
    char *good = password_of(1), *other = password_of(2), *longer = mem_format("%s ", good);

    refuse(session, "member-1", other);
    refuse(session, "member-1", longer);
    refuse(session, "member-1", "x");
    refuse(session, "member-65", good);
    refuse(session, "Member-1", good);
    free(good);
    free(other);
    free(longer);
}

static void check_bodies(struct session *session)
{
    static const char *const bodies[] = {
        "{}",
        "[]",
        "null",
        "{\"name\":\"member-1\"}",
        "{\"password\":\"x\"}",
        "{\"name\":\"\",\"password\":\"x\"}",
        "{\"name\":\"member-1\",\"password\":\"\"}",
        "{\"name\":1,\"password\":\"x\"}",
        "{\"name\":\"member-1\",\"password\":null}",
        "{\"name\":\"member-1\",\"password\":[\"x\"]}",
        "{\"name\":\"member-1\",\"password\":\"x\",\"more\":1}",
    };
    char *most = mem_new(202, 1), *body;

    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
        posted_refuse(session, PATH, bodies[i], 422, RULE_LOGIN_FIELDS);
    }
    memset(most, 'x', 201);
    body = mem_format("{\"name\":\"member-1\",\"password\":\"%s\"}", most);
    posted_refuse(session, PATH, body, 422, RULE_LOGIN_FIELDS);
    free(body);
    body = mem_format("{\"name\":\"%.101s\",\"password\":\"x\"}", most);
    posted_refuse(session, PATH, body, 422, RULE_LOGIN_FIELDS);
    free(body);
    free(most);
    posted_check(session, PATH, "{\"name\":\"member-1\",\"password\":\"x\"}");
}

void check_login(const struct check_context *context)
{
    struct session *session = context->session;

    if (session->options->token_key == NULL) {
        posted_refuse(session, PATH, "{\"name\":\"member-1\",\"password\":\"x\"}", 503, RULE_UNAVAILABLE);
        return;
    }
    log_in(session, 1);
    log_in(session, MEMBERS);
    for (int i = 0; i < LOGINS; i++) {
        log_in(session, 1 + (uint32_t)random_below(&session->random, MEMBERS));
    }
    check_refused(session);
    check_bodies(session);
}
