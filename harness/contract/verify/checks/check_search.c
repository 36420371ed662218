#include "contract/verify/check.h"

#include "base/mem.h"
#include "contract/verify/checks/nearest.h"
#include "contract/verify/model/draft.h"
#include "contract/verify/model/phrase.h"

#include <stdlib.h>
#include <string.h>

enum { QUERY_MOST = 64, SEEDED_NAMES = 4, PHRASES = 5 };

/* Percent-encoded as one must, and here and there as one may. */
static void add_encoded(struct text *out, struct random *random, const char *data, size_t length)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";

    for (size_t i = 0; i < length; i++) {
        if (data[i] != '\0' && strchr(plain, data[i]) != NULL && random_below(random, 8) > 0) {
            text_append(out, data + i, 1);
        } else {
            text_format(out, random_below(random, 2) ? "%%%02X" : "%%%02x", (unsigned char)data[i]);
        }
    }
}

/* Both searches find the same, one as the contract prescribes and one as the service likes. */
struct searching {
    struct session *session;
    const char *path;
};

static void search(const struct searching *searching, const char *query, size_t length, enum rule rule)
{
    struct session *session = searching->session;
    struct text path = {0};

    text_add(&path, searching->path);
    text_add(&path, random_below(&session->random, 4) == 0 ? "?limit=3&q=" : "?q=");
    add_encoded(&path, &session->random, query, length);
    json_t *body = nearest_items(&session->catalog, query, length);
    struct call call = {.method = "GET", .path = path.data};
    struct expected_response expectation = {.rule = rule, .status = 200, .body = body};
    session_ask(session, &call, &expectation);
    json_decref(body);
    text_release(&path);
}

static void swap(struct text *name, size_t at)
{
    char letter = name->data[at];

    name->data[at] = name->data[at + 1];
    name->data[at + 1] = letter;
}

/* One to three times: a letter more, less, another one, or two in the other order. */
static void spoil(struct text *name, struct random *random)
{
    for (size_t edits = 1 + random_below(random, 3); edits > 0 && name->length > 2; edits--) {
        size_t at = random_below(random, name->length - 1);
        char letter = (char)('a' + random_below(random, 26));
        switch (random_below(random, 4)) {
        case 0:
            name->data[at] = letter;
            break;
        case 1:
            memmove(name->data + at, name->data + at + 1, name->length - at);
            name->length--;
            break;
        case 2:
            text_append(name, &letter, 1);
            break;
        default:
            swap(name, at);
        }
    }
}

static void search_names(const struct searching *searching)
{
    struct session *session = searching->session;

    for (int i = 0; i < SEEDED_NAMES; i++) {
        json_t *item = catalog_seed_item(1 + (uint32_t)random_below(&session->random, SEED_ITEMS));
        struct text name = {0};
        text_add(&name, json_string_value(json_object_get(item, "name")));
        search(searching, name.data, name.length, RULE_SEARCH);
        swap(&name, 0);
        search(searching, name.data, name.length, RULE_SEARCH);
        spoil(&name, &session->random);
        search(searching, name.data, name.length, RULE_SEARCH);
        text_release(&name);
        json_decref(item);
    }
}

static void search_phrases(const struct searching *searching)
{
    struct session *session = searching->session;

    for (int i = 0; i < PHRASES; i++) {
        struct text phrase = {0};
        size_t points = 1;
        if (i > 0) {
            points += random_below(&session->random, i == 1 ? QUERY_MOST : 16);
        }
        phrase_add(&phrase, &session->random, points);
        search(searching, phrase.data, phrase.length, RULE_SEARCH);
        text_release(&phrase);
    }
}

/* `points` times `point`. */
static struct text repeat(const char *point, size_t points)
{
    struct text text = {0};

    for (size_t i = 0; i < points; i++) {
        text_add(&text, point);
    }
    return text;
}

static void search_lengths(const struct searching *searching)
{
    static const char *const points[] = {"\xc3\xa9", "\xf0\x9f\x98\x80", "e\xcc\x81"};
    static const size_t counts[] = {QUERY_MOST, QUERY_MOST, QUERY_MOST / 2};
    struct session *session = searching->session;

    for (size_t i = 0; i < sizeof points / sizeof points[0]; i++) {
        struct text longest = repeat(points[i], counts[i]);
        struct text longer = repeat(points[i], counts[i] + 1);
        struct text path = {0};
        search(searching, longest.data, longest.length, RULE_SEARCH_QUERY);
        text_format(&path, "%s?q=", searching->path);
        add_encoded(&path, &session->random, longer.data, longer.length);
        operation_fail(session, "GET", path.data, 422, RULE_SEARCH_QUERY);
        text_release(&longest);
        text_release(&longer);
        text_release(&path);
    }
}

/* ---- items that were not always there ---- */

static void search_name_of(const struct searching *searching, const json_t *fields)
{
    const json_t *name = json_object_get(fields, "name");
    search(searching, json_string_value(name), json_string_length(name), RULE_SEARCH);
}

static void write_named(const struct searching *searching, uint64_t id, const char *name)
{
    struct session *session = searching->session;
    struct draft draft;

    draft_make_with(&draft, &session->random, "name", name);
    struct write write = {.id = id,
                          .content_type = "application/json",
                          .body = draft.body.data,
                          .length = draft.body.length,
                          .fields = draft.fields,
                          .rule = id == 0 ? RULE_CREATE : RULE_REPLACE};
    operation_write(session, &write);
    search_name_of(searching, draft.fields);
    draft_release(&draft);
}

static void search_changed(const struct check_context *context, const struct searching *searching)
{
    struct session *session = context->session;
    uint64_t id = 1 + random_below(&session->random, SEED_ITEMS);

    if (context->operations & OPERATION_CREATE) {
        write_named(searching, 0, "\"Zw\\u00f6lf \\ud83e\\udd8a\"");
        id = session->catalog.last;
        write_named(searching, 0, "\"zw\\u00f6lf \\ud83e\\udd8a\"");
    }
    if (context->operations & OPERATION_REPLACE && catalog_get(&session->catalog, id) != NULL) {
        write_named(searching, id, "\"XXVII/27?&#+\"");
        search(searching, "Zw\xc3\xb6lf \xf0\x9f\xa6\x8a", 11, RULE_SEARCH);
    }
    if (context->operations & OPERATION_DELETE && catalog_get(&session->catalog, id) != NULL) {
        json_t *item = json_incref(catalog_get(&session->catalog, id));
        operation_delete(session, id);
        search_name_of(searching, item);
        json_decref(item);
    }
}

static void check_at(const struct check_context *context, const char *path)
{
    static const char *const bad[] = {"", "?", "?q=", "?q", "?q=&limit=5", "?Q=kodi", "?query=kodi"};
    const struct searching searching = {context->session, path};

    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        char *whole = mem_format("%s%s", path, bad[i]);
        operation_fail(context->session, "GET", whole, 422, RULE_SEARCH_QUERY);
        free(whole);
    }
    search_names(&searching);
    search_phrases(&searching);
    search_lengths(&searching);
    search_changed(context, &searching);
}

void check_search(const struct check_context *context)
{
    operation_fail(context->session, "GET", "/items/search/x?q=kodi", 404, RULE_UNKNOWN_PATH);
    check_at(context, "/items/search");
}

void check_search_native(const struct check_context *context)
{
    check_at(context, "/items/search-native");
}
