#include "contract/verify/check.h"

#include "base/mem.h"
#include "contract/verify/model/draft.h"

#include <stdlib.h>
#include <string.h>

#define JSON_TYPE "application/json"

/* Try something as a POST and as a PUT to an item that there is. */
typedef void attempt(struct session *session, uint64_t id, const void *what);

static void each_way(const struct check_context *context, attempt *try, const void *what)
{
    if (context->operations & OPERATION_CREATE) {
        try(context->session, 0, what);
    }
    if (context->operations & OPERATION_REPLACE) {
        try(context->session, session_pick_item(context->session), what);
    }
}

struct write_member {
    const char *field;
    const char *value; /* its JSON text; NULL: the member is left out */
    enum rule rule;
};

static struct write make_write(uint64_t id, const struct draft *draft, enum rule rule)
{
    return (struct write){.id = id,
                          .content_type = JSON_TYPE,
                          .body = draft->body.data,
                          .length = draft->body.length,
                          .fields = draft->fields,
                          .rule = rule};
}

/* The default of a member that is left out is what it must have then. */
static void take(struct session *session, uint64_t id, const void *what)
{
    const struct write_member *member = what;
    struct draft draft;

    draft_make_with(&draft, &session->random, member->field, member->value);
    if (member->value == NULL) {
        json_object_set_new(draft.fields, member->field,
                            strcmp(member->field, "tags") == 0 ? json_array() : json_integer(0));
    }
    struct write write = make_write(id, &draft, member->rule);
    operation_write(session, &write);
    draft_release(&draft);
}

static void refuse(struct session *session, uint64_t id, const void *what)
{
    const struct write_member *member = what;
    struct draft draft;

    draft_make_with(&draft, &session->random, member->field, member->value);
    struct write write = make_write(id, &draft, member->rule);
    operation_refuse(session, &write, 422);
    draft_release(&draft);
}

/* Where it is taken, the item holds who knows what: a good PUT behind it makes it known again. */
static void attempt_surrogate(struct session *session, uint64_t id, const void *what)
{
    const int statuses[] = {id == 0 ? 201 : 200, 400, 422};
    struct write_member good = {"stock", "5", RULE_REPLACE};
    struct draft draft;

    draft_make_with(&draft, &session->random, "name", what);
    struct write write = make_write(id, &draft, RULE_SURROGATE);
    int status = operation_try(session, &write, statuses);
    if (status == 201) {
        id = session->catalog.last + 1;
        catalog_put_fields(&session->catalog, id, draft.fields);
    }
    if (status == 200 || status == 201) {
        take(session, id, &good);
    }
    draft_release(&draft);
}

void check_names(const struct check_context *context)
{
    static const char *const names[] = {
        "\" \"",
        "\"   \"",
        "\" x\"",
        "\"x \"",
        "\"\\tx\\n\"",
        "\"\\u0000\"",
        "\"a\\u0000b\"",
        "\"\\u001f\\u007f\\u0080\"",
        "\"\\\"quoted\\\" \\\\ \\/ 'x'\"",
        "\"null\"",
        "\"12\"",
        "\"<b>&amp;</b>\"",
        "\"%s%n {word} ${x} %00\"",
        "\"\xc3\xa9\"",
        "\"e\xcc\x81\"",
        "\"\xe2\x84\xab\"",
        "\"\xef\xac\x81\"",
        "\"\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab\"",
        "\"\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7\"",
        "\"\\ud83d\\ude00\"",
        "\"\xf0\x9f\x87\xab\xf0\x9f\x87\xb7\"",
        "\"\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d \xe2\x80\xaex\"",
        "\"\xef\xbf\xbf\xef\xb7\x90\"",
        "\"\xf4\x8f\xbf\xbf\"",
        "\"\xef\xbb\xbfx\"",
        "\"\xe2\x80\xa8\xe2\x80\xa9\"",
        "\"\xef\xbf\xbd\"",
        "\"\xc2\xa0\xe3\x80\x80\"",
        "\"\xc4\xb0\xc3\x9f\"",
    };
    static const char *const surrogates[] = {"\"\\ud800\"", "\"x\\udc00y\"", "\"\\ude00\\ud83d\""};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct write_member member = {"name", names[i], RULE_NAME};
        each_way(context, take, &member);
    }
    for (size_t i = 0; context->operations & OPERATION_REPLACE && i < sizeof surrogates / sizeof surrogates[0]; i++) {
        each_way(context, attempt_surrogate, surrogates[i]);
    }
}

/* A JSON string of `points` times `point`. */
static char *repeat(const char *point, size_t points)
{
    struct text text = {0};

    text_add(&text, "\"");
    for (size_t i = 0; i < points; i++) {
        text_add(&text, point);
    }
    text_add(&text, "\"");
    return text_take(&text);
}

static void check_name_lengths(const struct check_context *context, const char *point)
{
    char *longest = repeat(point, 200);
    char *longer = repeat(point, 201);
    struct write_member good = {"name", longest, RULE_RANGES};
    struct write_member bad = {"name", longer, RULE_RANGES};

    each_way(context, take, &good);
    each_way(context, refuse, &bad);
    free(longest);
    free(longer);
}

static void check_tag_lengths(const struct check_context *context, const char *point)
{
    char *tag = repeat(point, 32);
    char *tag_longer = repeat(point, 33);
    char *tags = mem_format("[%s,\"b\",\"c\",\"d\",\"d\",\"d\",\"e\",%s]", tag, tag);
    char *tags_more = mem_format("[%s,\"b\",\"c\",\"d\",\"d\",\"d\",\"e\",\"f\",%s]", tag, tag);
    char *tags_longer = mem_format("[\"a\",%s]", tag_longer);
    struct write_member good = {"tags", tags, RULE_RANGES};
    struct write_member more = {"tags", tags_more, RULE_RANGES};
    struct write_member longer = {"tags", tags_longer, RULE_RANGES};

    each_way(context, take, &good);
    each_way(context, refuse, &more);
    each_way(context, refuse, &longer);
    free(tag);
    free(tag_longer);
    free(tags);
    free(tags_more);
    free(tags_longer);
}

void check_ranges(const struct check_context *context)
{
    static const char *const points[] = {"x",        "\xc3\xa9", "\xe2\x82\xac", "\xf0\x9f\x98\x80", "\\ud83d\\ude00",
                                         "\xcc\x81", "\\u0000"};
    static const struct write_member good[] = {
        {"price_cents", "0", RULE_RANGES},
        {"price_cents", "100000000", RULE_RANGES},
        {"stock", "0", RULE_RANGES},
        {"stock", "1000000", RULE_RANGES},
        {"tags", "[]", RULE_RANGES},
        {"tags", "[\" \"]", RULE_RANGES},
        {"tags", "[\"a\",\"a\"]", RULE_RANGES},
        {"stock", NULL, RULE_DEFAULTS},
        {"tags", NULL, RULE_DEFAULTS},
    };

    for (size_t i = 0; i < sizeof points / sizeof points[0]; i++) {
        check_name_lengths(context, points[i]);
        check_tag_lengths(context, points[i]);
    }
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        each_way(context, take, &good[i]);
    }
}

/* Values that are no integer in any range, or beyond every one; some would wrap to a good one. */
static const char *const no_numbers[] = {
    "\"12\"",
    "\"\"",
    "1.5",
    "0.5",
    "99.99",
    "1e-1",
    "true",
    "false",
    "null",
    "[]",
    "[1]",
    "{}",
    "-1",
    "-100",
    "100000001",
    "1e30",
    "-1e30",
    "2147483648",
    "4294967297",
    "9007199254740992",
    "9223372036854775808",
    "-9223372036854775809",
    "18446744073709551617",
    "-18446744073709551615",
    "340282366920938463463374607431768211457",
};
static const char *const no_names[] = {"12", "1.5",     "true", "false",         "null",
                                       "[]", "[\"x\"]", "{}",   "{\"x\":\"x\"}", "\"\""};
static const char *const no_tags[] = {
    "\"new\"",       "1",           "true", "null", "{}",     "{\"0\":\"new\"}", "[1]", "[null]", "[true]",
    "[\"new\",1.5]", "[[\"new\"]]", "[[]]", "[{}]", "[\"\"]", "[\"new\",\"\"]",
};

static void refuse_each(const struct check_context *context, const char *field, const char *const *values, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct write_member member = {field, values[i], RULE_NOT_AN_ITEM};
        each_way(context, refuse, &member);
    }
}

static void refuse_body(struct session *session, uint64_t id, const void *what)
{
    struct write write = {
        .id = id, .content_type = JSON_TYPE, .body = what, .length = strlen(what), .rule = RULE_NOT_AN_ITEM};
    operation_refuse(session, &write, 422);
}

void check_fields(const struct check_context *context)
{
    static const struct write_member unknown[] = {
        {"name", NULL, RULE_NOT_AN_ITEM},        {"price_cents", NULL, RULE_NOT_AN_ITEM},
        {"id", "1", RULE_NOT_AN_ITEM},           {"id", "null", RULE_NOT_AN_ITEM},
        {"colour", "\"red\"", RULE_NOT_AN_ITEM}, {"Name", "\"x\"", RULE_NOT_AN_ITEM},
        {"NAME", "\"x\"", RULE_NOT_AN_ITEM},     {"price", "1", RULE_NOT_AN_ITEM},
        {"tag", "null", RULE_NOT_AN_ITEM},       {"", "1", RULE_NOT_AN_ITEM},
        {"__proto__", "{}", RULE_NOT_AN_ITEM},   {"constructor", "{\"prototype\":{}}", RULE_NOT_AN_ITEM},
        {"name ", "\"x\"", RULE_NOT_AN_ITEM},    {"\xc3\xb1", "[]", RULE_NOT_AN_ITEM},
    };
    static const char *const bodies[] = {"{}",
                                         "[]",
                                         "null",
                                         "true",
                                         "12",
                                         "\"x\"",
                                         "[{\"name\":\"x\",\"price_cents\":1}]",
                                         " {} ",
                                         "{\"name\":\"x\"}",
                                         "{\"price_cents\":1}"};

    refuse_each(context, "name", no_names, sizeof no_names / sizeof no_names[0]);
    refuse_each(context, "price_cents", no_numbers, sizeof no_numbers / sizeof no_numbers[0]);
    refuse_each(context, "stock", no_numbers, sizeof no_numbers / sizeof no_numbers[0]);
    refuse_each(context, "tags", no_tags, sizeof no_tags / sizeof no_tags[0]);
    for (size_t i = 0; i < sizeof unknown / sizeof unknown[0]; i++) {
        each_way(context, refuse, &unknown[i]);
    }
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
        each_way(context, refuse_body, bodies[i]);
    }
}
