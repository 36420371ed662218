#include "contract/verify/model/draft.h"

#include "base/mem.h"
#include "contract/verify/model/phrase.h"

#include <stdlib.h>
#include <string.h>

/* A member of the body: its JSON text, or NULL when it is left out. */
struct draft_member {
    const char *key;
    struct text value;
};

enum { NAME, PRICE, STOCK, TAGS, EXTRA, MEMBER_COUNT };

static size_t pick_length(struct random *random, size_t most)
{
    switch (random_below(random, 8)) {
    case 0:
        return 1;
    case 1:
        return most;
    default:
        return 1 + random_below(random, most < 24 ? most : 24);
    }
}

static int64_t pick_number(struct random *random, int64_t most)
{
    const int64_t edges[] = {0, 1, most - 1, most};
    return random_below(random, 4) == 0 ? edges[random_below(random, 4)]
                                        : (int64_t)random_below(random, (uint64_t)most + 1);
}

/* A random phrase as JSON to `out`, and as a value. */
static json_t *make_phrase(struct text *out, struct random *random, size_t most)
{
    struct text phrase = {0};

    phrase_add(&phrase, random, pick_length(random, most));
    phrase_quote(out, random, phrase.data, phrase.length);
    json_t *value = json_stringn(phrase.data, phrase.length);
    text_release(&phrase);
    return value;
}

static void add_space(struct text *out, struct random *random)
{
    static const char *const spaces[] = {" ", "\n", "\t", "\r\n"};
    if (random_below(random, 4) == 0) {
        text_add(out, spaces[random_below(random, 4)]);
    }
}

static json_t *make_tags(struct text *out, struct random *random)
{
    json_t *tags = json_array();
    size_t count = random_below(random, 9);

    text_add(out, "[");
    for (size_t i = 0; i < count; i++) {
        text_add(out, i == 0 ? "" : ",");
        add_space(out, random);
        json_array_append_new(tags, make_phrase(out, random, 32));
        add_space(out, random);
    }
    text_add(out, "]");
    return tags;
}

static json_t *make_fields(struct draft_member *members, struct random *random)
{
    json_t *fields = json_object();
    int64_t price = pick_number(random, 100000000);
    int64_t stock = pick_number(random, 1000000);

    json_object_set_new(fields, "name", make_phrase(&members[NAME].value, random, 200));
    text_format(&members[PRICE].value, "%lld", (long long)price);
    json_object_set_new(fields, "price_cents", json_integer(price));
    if (random_below(random, 5) == 0) {
        stock = 0;
    } else {
        text_format(&members[STOCK].value, "%lld", (long long)stock);
    }
    json_object_set_new(fields, "stock", json_integer(stock));
    json_object_set_new(fields, "tags",
                        random_below(random, 5) == 0 ? json_array() : make_tags(&members[TAGS].value, random));
    return fields;
}

static void shuffle(struct draft_member *members, struct random *random)
{
    for (size_t i = MEMBER_COUNT; i > 1; i--) {
        size_t other = random_below(random, i);
        struct draft_member member = members[i - 1];
        members[i - 1] = members[other];
        members[other] = member;
    }
}

static void write_key(struct text *out, struct random *random, const char *key)
{
    if (random_below(random, 16) == 0) {
        phrase_quote(out, random, key, strlen(key));
    } else {
        text_format(out, "\"%s\"", key);
    }
}

/* Ends with the brace, so that every cut is one too many. */
static void write_body(struct text *out, struct random *random, struct draft_member *members)
{
    const char *separator = "";

    shuffle(members, random);
    text_add(out, "{");
    for (size_t i = 0; i < MEMBER_COUNT; i++) {
        if (members[i].value.length > 0) {
            text_add(out, separator);
            add_space(out, random);
            write_key(out, random, members[i].key);
            add_space(out, random);
            text_add(out, ":");
            add_space(out, random);
            text_append(out, members[i].value.data, members[i].value.length);
            add_space(out, random);
            separator = ",";
        }
        text_release(&members[i].value);
    }
    text_add(out, "}");
}

static void set_member(struct draft_member *members, json_t *fields, const char *field, const char *value)
{
    size_t i = 0;

    while (i < EXTRA && strcmp(members[i].key, field) != 0) {
        i++;
    }
    members[i].key = field;
    text_clear(&members[i].value);
    if (value != NULL) {
        text_add(&members[i].value, value);
        json_object_set_new(fields, field, json_loads(value, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL));
    }
}

void draft_make_with(struct draft *draft, struct random *random, const char *field, const char *value)
{
    struct draft_member members[MEMBER_COUNT] = {
        [NAME] = {.key = "name"},   [PRICE] = {.key = "price_cents"},
        [STOCK] = {.key = "stock"}, [TAGS] = {.key = "tags"},
        [EXTRA] = {.key = ""},
    };

    *draft = (struct draft){.fields = make_fields(members, random)};
    if (field != NULL) {
        set_member(members, draft->fields, field, value);
    }
    write_body(&draft->body, random, members);
}

void draft_make(struct draft *draft, struct random *random)
{
    draft_make_with(draft, random, NULL, NULL);
}

void draft_release(struct draft *draft)
{
    text_release(&draft->body);
    json_decref(draft->fields);
    draft->fields = NULL;
}
