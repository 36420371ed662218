#include "wrong_special.h"

#include "base/mem.h"
#include "contract/seed.h"
#include "contract/verify/model/token.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MEMBERS = 64, NAME_MOST = 100, PASSWORD_MOST = 200 };

/* ---- logging in ---- */

static bool is_good(enum fault fault, const char *name, const char *password)
{
    unsigned long member = strncmp(name, "member-", 7) == 0 ? strtoul(name + 7, NULL, 10) : 0;

    if (member < 1 || member > MEMBERS) {
        return fault == FAULT_LOGIN_ANY_NAME;
    }
    char *wanted = mem_format("%s!", seed_item((uint32_t)member).name);
    size_t length = strlen(password);
    while (fault == FAULT_LOGIN_TRIMS && length > 0 && password[length - 1] == ' ') {
        length--;
    }
    bool good = strlen(wanted) == length && strncmp(wanted, password, length) == 0;
    free(wanted);
    return good || fault == FAULT_LOGIN_ANY_PASSWORD;
}

static char *make_token(enum fault fault, const char *name)
{
    int64_t now_s = (int64_t)time(NULL);
    struct token_parts parts = {.algorithm = fault == FAULT_TOKEN_UNSIGNED ? "none" : "HS256",
                                .key = fault == FAULT_TOKEN_OTHER_KEY ? "another" : WRONG_TOKEN_KEY,
                                .name = fault == FAULT_TOKEN_OTHER_NAME ? "member-0" : name,
                                .issued_s = now_s,
                                .ends_s = now_s + TOKEN_LIFE_S};

    parts.ends_s = fault == FAULT_TOKEN_ENDLESS ? 0 : parts.ends_s;
    parts.ends_s = fault == FAULT_TOKEN_FOR_A_DAY ? now_s + 86400 : parts.ends_s;
    return token_make(&parts);
}

static bool is_text(const json_t *value, size_t most)
{
    return json_is_string(value) && json_string_length(value) >= 1 && json_string_length(value) <= most;
}

static void log_in(struct wrong_catalog *catalog, const json_t *body, struct wrong_response *response)
{
    const json_t *name = json_object_get(body, "name"), *password = json_object_get(body, "password");
    size_t most = catalog->fault == FAULT_LOGIN_LONG_PASSWORD ? 201 : PASSWORD_MOST;

    if (json_object_size(body) != 2 || !is_text(name, NAME_MOST) || !is_text(password, most)) {
        wrong_catalog_problem(catalog, response, 422);
    } else if (!is_good(catalog->fault, json_string_value(name), json_string_value(password))) {
        wrong_catalog_problem(catalog, response, catalog->fault == FAULT_LOGIN_403 ? 403 : 401);
    } else {
        char *token = make_token(catalog->fault, json_string_value(name));
        *response = (struct wrong_response){.status = 200, .body = json_pack("{s:s}", "token", token)};
        free(token);
    }
}

static void take_login(struct wrong_catalog *catalog, const struct wrong_request *request,
                       struct wrong_response *response)
{
    json_t *body = json_loadb(request->body, request->length, JSON_DECODE_ANY, NULL);

    if (catalog->fault == FAULT_NOTHING_BEHIND) {
        wrong_catalog_problem(catalog, response, 503);
    } else if (!wrong_catalog_is_json(catalog, request->content_type)) {
        wrong_catalog_problem(catalog, response, 415);
    } else if (body == NULL) {
        wrong_catalog_problem(catalog, response, 400);
    } else {
        log_in(catalog, body, response);
    }
    json_decref(body);
}

/* ---- reading with a token ---- */

/* Whether the token is one that verify makes: it signs the same claims anew. */
static bool is_made(const char *token, const struct token_parts *parts)
{
    char *made = token_make(parts);
    bool same = strcmp(made, token) == 0;

    free(made);
    return same;
}

static bool opens(enum fault fault, const char *authorization)
{
    const char *token = authorization + strlen("Bearer ");
    struct text wrong = {0};
    int64_t now_s = (int64_t)time(NULL);
    bool good = false;

    if (strncmp(authorization, "Bearer ", 7) != 0) {
        return fault == FAULT_TOKEN_NOT_NEEDED && authorization[0] == '\0';
    }
    for (int64_t member = 1; member <= MEMBERS && !good; member++) {
        char *name = mem_format("member-%d", (int)member);
        good = token_check(token, WRONG_TOKEN_KEY, name, now_s, &wrong);
        free(name);
    }
    for (int64_t at = now_s - 5; at <= now_s && !good; at++) {
        struct token_parts parts = {"HS256", WRONG_TOKEN_KEY, "member-7", at, at + TOKEN_LIFE_S};
        struct token_parts none = parts, ended = parts, endless = parts;
        none.algorithm = "none";
        ended.issued_s -= 2 * TOKEN_LIFE_S;
        ended.ends_s -= 2 * TOKEN_LIFE_S;
        endless.ends_s = 0;
        good = (fault == FAULT_TAKES_UNSIGNED && is_made(token, &none)) ||
               (fault == FAULT_TAKES_ENDED && is_made(token, &ended)) ||
               (fault == FAULT_TAKES_ENDLESS && is_made(token, &endless));
    }
    text_release(&wrong);
    return good || (fault == FAULT_TAKES_ANY_SIGNATURE && strchr(token, '.') != NULL);
}

static void take_item(struct wrong_catalog *catalog, const struct wrong_request *request,
                      struct wrong_response *response)
{
    const char *id = request->path + strlen("/members/items/");
    char *path = mem_format("/items/%s", id);
    struct wrong_request plain = *request;

    plain.path = path;
    if (catalog->fault == FAULT_NOTHING_BEHIND) {
        wrong_catalog_problem(catalog, response, 503);
    } else if (!opens(catalog->fault, request->authorization)) {
        wrong_catalog_problem(catalog, response, 401);
    } else {
        wrong_catalog_answer(catalog, &plain, response);
    }
    free(path);
}

bool wrong_members_answer(struct wrong_catalog *catalog, const struct wrong_request *request,
                          struct wrong_response *response)
{
    if (strcmp(request->path, "/login") == 0 && strcmp(request->method, "POST") == 0) {
        take_login(catalog, request, response);
        return true;
    }
    if (strncmp(request->path, "/members/items/", 15) == 0) {
        take_item(catalog, request, response);
        return true;
    }
    return false;
}
