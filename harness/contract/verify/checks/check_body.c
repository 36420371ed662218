#include "contract/verify/check.h"

#include "base/mem.h"
#include "contract/verify/model/draft.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define JSON_TYPE "application/json"
#define GOOD      "{\"name\":\"x\",\"price_cents\":1}"

enum { CUTS = 40, MIB = 1 << 20 };

/* ---- bodies that are not JSON ---- */

struct bytes {
    const char *data;
    size_t length;
};

#define BYTES(literal)                                                                                                 \
    {                                                                                                                  \
        literal, sizeof(literal) - 1                                                                                   \
    }

static const struct bytes broken[] = {
    BYTES(""),
    BYTES(" "),
    BYTES("{"),
    BYTES("}"),
    BYTES("nul"),
    BYTES("x"),
    BYTES(GOOD "x"),
    BYTES(GOOD GOOD),
    BYTES(GOOD "}"),
    BYTES(GOOD ","),
    BYTES(GOOD "\0"),
    BYTES("{'name':'x','price_cents':1}"),
    BYTES("{name:\"x\",\"price_cents\":1}"),
    BYTES("{\"name\":\"x\",\"price_cents\":1,}"),
    BYTES("{,\"name\":\"x\",\"price_cents\":1}"),
    BYTES("{\"name\":\"x\" \"price_cents\":1}"),
    BYTES("{\"name\" \"x\",\"price_cents\":1}"),
    BYTES("// x\n" GOOD),
    BYTES("/* x */" GOOD),
    BYTES("{\"name\":\"x\",\"price_cents\":01}"),
    BYTES("{\"name\":\"x\",\"price_cents\":+1}"),
    BYTES("{\"name\":\"x\",\"price_cents\":.5}"),
    BYTES("{\"name\":\"x\",\"price_cents\":1.}"),
    BYTES("{\"name\":\"x\",\"price_cents\":0x10}"),
    BYTES("{\"name\":\"x\",\"price_cents\":1e}"),
    BYTES("{\"name\":\"x\",\"price_cents\":-}"),
    BYTES("{\"name\":\"x\",\"price_cents\":1_0}"),
    BYTES("{\"name\":\"x\",\"price_cents\":True}"),
    BYTES("{\"name\":\"x\",\"price_cents\":undefined}"),
    BYTES("{\"name\":\"a\tb\",\"price_cents\":1}"),
    BYTES("{\"name\":\"a\nb\",\"price_cents\":1}"),
    BYTES("{\"name\":\"a\0b\",\"price_cents\":1}"),
    BYTES("{\"name\":\"\\x41\",\"price_cents\":1}"),
    BYTES("{\"name\":\"\\u12\",\"price_cents\":1}"),
    BYTES("{\"name\":\"\\u12G4\",\"price_cents\":1}"),
    BYTES("{\"name\":\"\\'\",\"price_cents\":1}"),
    BYTES("{\"name\":\"x\",\"price_cents\":1,\"tags\":[,]}"),
    BYTES("{\"name\":\"x\",\"price_cents\":1,\"tags\":[\"a\",]}"),
    BYTES("{\"name\":\"x\",\"price_cents\":1,\"tags\":[}"),
    BYTES("name=x&price_cents=1"),
    BYTES("<item/>"),
    BYTES("{\"name\":\"\xff\",\"price_cents\":1}"),
    BYTES("{\"name\":\"\xc3\",\"price_cents\":1}"),
    BYTES("{\"name\":\"\xed\xa0\x80\",\"price_cents\":1}"),
    BYTES("{\"name\":\"\xc0\x80\",\"price_cents\":1}"),
};

/* No JSON, but many readers of it know these numbers: what they then find is no integer. */
static const struct bytes not_finite[] = {
    BYTES("{\"name\":\"x\",\"price_cents\":NaN}"),
    BYTES("{\"name\":\"x\",\"price_cents\":Infinity}"),
    BYTES("{\"name\":\"x\",\"price_cents\":-Infinity}"),
};

static void refuse_as(struct session *session, uint64_t id, const struct bytes *body, const int statuses[3])
{
    struct write write = {
        .id = id, .content_type = JSON_TYPE, .body = body->data, .length = body->length, .rule = RULE_NOT_JSON};
    operation_try(session, &write, statuses);
}

static void refuse_body(const struct check_context *context, const struct bytes *body, const int statuses[3])
{
    if (context->operations & OPERATION_CREATE) {
        refuse_as(context->session, 0, body, statuses);
    }
    if (context->operations & OPERATION_REPLACE) {
        refuse_as(context->session, session_pick_item(context->session), body, statuses);
    }
}

static void refuse_broken(const struct check_context *context, const struct bytes *body)
{
    refuse_body(context, body, (const int[3]){400});
}

/* A good body ends with its last brace, so each of its beginnings is broken. On the heap to its exact length. */
static void refuse_cut(const struct check_context *context)
{
    struct draft draft;

    draft_make(&draft, &context->session->random);
    size_t length = random_below(&context->session->random, draft.body.length);
    struct bytes body = {mem_copy(draft.body.data, length), length};
    refuse_broken(context, &body);
    free((char *)body.data);
    draft_release(&draft);
}

void check_malformed(const struct check_context *context)
{
    for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++) {
        refuse_broken(context, &broken[i]);
    }
    for (size_t i = 0; i < sizeof not_finite / sizeof not_finite[0]; i++) {
        refuse_body(context, &not_finite[i], (const int[3]){400, 422});
    }
    for (int i = 0; i < CUTS; i++) {
        refuse_cut(context);
    }
}

/* ---- content types ---- */

static void write_typed(const struct check_context *context, const char *type, bool replace)
{
    struct session *session = context->session;
    struct draft draft;
    const bool good = type != NULL && strncasecmp(type, JSON_TYPE, strlen(JSON_TYPE)) == 0 &&
                      strchr("; ", type[strlen(JSON_TYPE)]) != NULL;

    draft_make(&draft, &session->random);
    struct write write = {.id = replace ? session_pick_item(session) : 0,
                          .content_type = type,
                          .body = draft.body.data,
                          .length = draft.body.length,
                          .fields = draft.fields,
                          .rule = RULE_CONTENT_TYPE};
    if (good) {
        operation_write(session, &write);
    } else {
        operation_refuse(session, &write, 415);
    }
    draft_release(&draft);
}

void check_content_types(const struct check_context *context)
{
    static const char *const types[] = {
        "application/json; charset=utf-8",
        "application/json;charset=UTF-8",
        "application/json ; charset=\"utf-8\"",
        "APPLICATION/JSON",
        "application/json; x=y",
        NULL,
        "text/plain",
        "text/json",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/jsonx",
        "application/json-patch+json",
        "application/vnd.api+json",
        "application/xml; x=application/json",
        "application",
        "json",
        "*/*",
    };

    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        if (context->operations & OPERATION_CREATE) {
            write_typed(context, types[i], false);
        }
        if (context->operations & OPERATION_REPLACE) {
            write_typed(context, types[i], true);
        }
    }
}

/* ---- which complaint comes first ---- */

void check_order(const struct check_context *context)
{
    static const struct {
        int status;
        uint64_t id;
        const char *path;
        const char *type;
        const char *body;
    } cases[] = {
        {422, 1, "/items/abc", "text/plain", GOOD},
        {422, 1, "/items/abc", NULL, "{"},
        {422, 1, "/items/0", JSON_TYPE, "{"},
        {422, 1, "/items/-1", JSON_TYPE, "{}"},
        {415, 1, NULL, "text/plain", "{"},
        {415, 1, NULL, "text/plain", "{}"},
        {415, 1, NULL, NULL, ""},
        {415, 1, "/items/9007199254740991", "text/plain", GOOD},
        {400, 1, "/items/9007199254740991", JSON_TYPE, "{\"name\":"},
        {422, 1, "/items/9007199254740991", JSON_TYPE, "{\"name\":\"\",\"price_cents\":1}"},
        {404, 1, "/items/9007199254740991", JSON_TYPE, GOOD},
        {415, 0, NULL, "text/plain", "{"},
        {415, 0, NULL, "text/plain", "{}"},
        {415, 0, NULL, NULL, ""},
        {415, 0, NULL, "text/plain", ""},
        {400, 0, NULL, JSON_TYPE, "{\"colour\":1"},
        {404, 0, "/nowhere", JSON_TYPE, GOOD},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        unsigned needed = cases[i].id != 0 ? OPERATION_REPLACE : OPERATION_CREATE;
        struct write write = {.id = cases[i].id,
                              .path = cases[i].path,
                              .content_type = cases[i].type,
                              .body = cases[i].body,
                              .length = strlen(cases[i].body),
                              .rule = cases[i].status == 404 && cases[i].id == 0 ? RULE_UNKNOWN_PATH : RULE_ORDER};
        if (context->operations & needed) {
            operation_refuse(context->session, &write, cases[i].status);
        }
    }
}

/* ---- long, deep and chunked bodies ---- */

/* White space behind the first brace makes it as long as a body may be. */
static void write_long(const struct check_context *context)
{
    static const char head[] = "{";
    static const char tail[] = "\"name\":\"long\",\"price_cents\":1}";
    char *body = mem_new(MIB + 1, 1);
    json_t *fields = json_pack("{s:s, s:i, s:i, s:[]}", "name", "long", "price_cents", 1, "stock", 0, "tags");

    memset(body, ' ', MIB);
    memcpy(body, head, sizeof head - 1);
    memcpy(body + MIB - (sizeof tail - 1), tail, sizeof tail);
    struct write write = {.content_type = JSON_TYPE, .body = body, .length = MIB, .fields = fields, .rule = RULE_SIZE};
    operation_write(context->session, &write);
    json_decref(fields);
    free(body);
}

/* A parser may have a limit on depth and on numbers, and call what is beyond it no JSON; it must not fall over. */
static void refuse_limit(const struct check_context *context, const char *body, size_t length)
{
    static const int statuses[] = {422, 400, 0};
    struct write write = {.content_type = JSON_TYPE, .body = body, .length = length, .rule = RULE_NOT_AN_ITEM};
    operation_try(context->session, &write, statuses);
}

static void refuse_deep(const struct check_context *context, const char *open, const char *close)
{
    enum { DEPTH = 50000 };
    struct text body = {0};

    text_add(&body, "{\"name\":\"x\",\"price_cents\":1,\"tags\":");
    for (int i = 0; i < DEPTH; i++) {
        text_add(&body, open);
    }
    text_add(&body, "null");
    for (int i = 0; i < DEPTH; i++) {
        text_add(&body, close);
    }
    text_add(&body, "}");
    refuse_limit(context, body.data, body.length);
    text_release(&body);
}

static void write_chunked(const struct check_context *context)
{
    struct draft draft;

    draft_make(&draft, &context->session->random);
    struct write write = {.content_type = JSON_TYPE,
                          .body = draft.body.data,
                          .length = draft.body.length,
                          .fields = draft.fields,
                          .rule = RULE_CREATE,
                          .chunked = true};
    operation_write(context->session, &write);
    draft_release(&draft);
}

void check_sizes(const struct check_context *context)
{
    static const char huge[] = "{\"name\":\"x\",\"price_cents\":1e400}";

    refuse_limit(context, huge, sizeof huge - 1);
    refuse_deep(context, "[", "]");
    refuse_deep(context, "{\"tags\":", "}");
    write_long(context);
    write_chunked(context);
}
