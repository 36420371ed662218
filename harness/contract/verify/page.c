#include "contract/verify/page.h"

#include "contract/verify/mismatch.h"
#include "contract/verify/model/html.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* ---- what must be shown ---- */

static json_t *holdable(json_t *string)
{
    const char *data = json_string_value(string);
    size_t length = json_string_length(string);
    bool holds = memchr(data, '\0', length) == NULL && memchr(data, '\r', length) == NULL;
    return holds ? json_incref(string) : json_null();
}

static json_t *expect_row(const json_t *item)
{
    json_t *name = holdable(json_object_get(item, "name"));
    json_t *tags = json_array(), *tag;
    json_int_t id = json_integer_value(json_object_get(item, "id"));
    json_int_t cents = json_integer_value(json_object_get(item, "price_cents"));
    json_int_t stock = json_integer_value(json_object_get(item, "stock"));
    char number[32], link[64], price[64], left[32];
    size_t index;

    snprintf(number, sizeof number, "%" JSON_INTEGER_FORMAT, id);
    snprintf(link, sizeof link, "/items/%" JSON_INTEGER_FORMAT, id);
    snprintf(price, sizeof price, "%" JSON_INTEGER_FORMAT ".%02d", cents / 100, (int)(cents % 100));
    snprintf(left, sizeof left, "%" JSON_INTEGER_FORMAT, stock);
    json_array_foreach(json_object_get(item, "tags"), index, tag)
    {
        json_array_append_new(tags, holdable(tag));
    }
    return json_pack("{s:s, s:s, s:O, s:o, s:s, s:s, s:o}", "id", number, "link", link, "title", name, "name", name,
                     "price", price, "stock", stock == 0 ? "sold out" : left, "tags", tags);
}

json_t *page_expect(const json_t *listing, uint64_t after, size_t limit)
{
    json_t *next_after = json_object_get(listing, "next_after");
    json_t *rows = json_array(), *item;
    char heading[64], next[96];
    size_t index;

    json_array_foreach(json_object_get(listing, "items"), index, item)
    {
        json_array_append_new(rows, expect_row(item));
    }
    snprintf(heading, sizeof heading, "Items after %" PRIu64, after);
    snprintf(next, sizeof next, "/pages/items?limit=%zu&after=%" JSON_INTEGER_FORMAT, limit,
             json_integer_value(next_after));
    return json_pack("{s:s, s:o, s:s?}", "heading", heading, "rows", rows, "next",
                     json_is_integer(next_after) ? next : NULL);
}

/* ---- what is shown ---- */

struct page_reader {
    json_t *page, *rows, *row; /* the row is borrowed; NULL: outside of the table's body */
    size_t cell;               /* cells of this row so far */
    bool in_body, open;        /* open: `text` is being filled */
    char until[HTML_NAME];     /* the tag whose end closes it */
    struct text text;
};

static json_t *string_of(const struct text *text)
{
    json_t *string = json_stringn(text->data != NULL ? text->data : "", text->length);
    return string != NULL ? string : json_null(); /* not UTF-8 */
}

static void open_text(struct page_reader *reader, const char *until)
{
    text_clear(&reader->text);
    snprintf(reader->until, sizeof reader->until, "%s", until);
    reader->open = true;
}

static void put_attribute(json_t *object, const char *key, const struct html_token *tag, const char *name)
{
    struct text value = {0};

    if (html_attribute(tag, name, &value)) {
        json_object_set_new(object, key, string_of(&value));
    }
    text_release(&value);
}

static void trim(struct text *text)
{
    size_t start = text->length > 0 ? strspn(text->data, " \t\n\r\f") : 0;

    while (text->length > start && strchr(" \t\n\r\f", text->data[text->length - 1]) != NULL) {
        text->length--;
    }
    text->length -= start;
    if (start > 0) {
        memmove(text->data, text->data + start, text->length);
    }
}

/* In the order of the cells; a cell of another kind has no text of its own. */
static const char *const cells[] = {"id", NULL, "price", "stock", NULL};

static const char *cell_key(const struct page_reader *reader)
{
    size_t place = reader->cell - 1; /* before the first cell it is beyond the last */
    return place < sizeof cells / sizeof cells[0] ? cells[place] : "more";
}

static void start_cell(struct page_reader *reader)
{
    reader->cell++;
    reader->open = false;
    if (cell_key(reader) != NULL) {
        open_text(reader, "td");
    } else if (reader->cell == sizeof cells / sizeof cells[0]) {
        json_object_set_new(reader->row, "tags", json_array());
    }
}

static void start_row(struct page_reader *reader)
{
    reader->row = json_object();
    reader->cell = 0;
    reader->open = false;
    json_array_append_new(reader->rows, reader->row);
}

static void start_link(struct page_reader *reader, const struct html_token *tag)
{
    struct text rel = {0};

    if (reader->row != NULL && reader->cell == 2) {
        put_attribute(reader->row, "link", tag, "href");
        put_attribute(reader->row, "title", tag, "title");
        open_text(reader, "a");
    } else if (html_attribute(tag, "rel", &rel) && strcmp(rel.length > 0 ? rel.data : "", "next") == 0) {
        put_attribute(reader->page, "next", tag, "href");
    }
    text_release(&rel);
}

static void start_tag(struct page_reader *reader, const struct html_token *tag)
{
    if (strcmp(tag->name, "h1") == 0) {
        open_text(reader, "h1");
    } else if (strcmp(tag->name, "tbody") == 0) {
        reader->in_body = true;
    } else if (strcmp(tag->name, "tr") == 0 && reader->in_body) {
        start_row(reader);
    } else if (strcmp(tag->name, "td") == 0 && reader->row != NULL) {
        start_cell(reader);
    } else if (strcmp(tag->name, "li") == 0 && reader->row != NULL && json_object_get(reader->row, "tags") != NULL) {
        open_text(reader, "li");
    } else if (strcmp(tag->name, "a") == 0) {
        start_link(reader, tag);
    }
}

static void close_text(struct page_reader *reader)
{
    reader->open = false;
    if (strcmp(reader->until, "h1") == 0) {
        json_object_set_new(reader->page, "heading", string_of(&reader->text));
    } else if (strcmp(reader->until, "li") == 0) {
        json_array_append_new(json_object_get(reader->row, "tags"), string_of(&reader->text));
    } else if (strcmp(reader->until, "a") == 0) {
        json_object_set_new(reader->row, "name", string_of(&reader->text));
    } else {
        trim(&reader->text);
        json_object_set_new(reader->row, cell_key(reader), string_of(&reader->text));
    }
}

static void end_tag(struct page_reader *reader, const struct html_token *tag)
{
    if (reader->open && strcmp(tag->name, reader->until) == 0) {
        close_text(reader);
    }
    if (strcmp(tag->name, "tr") == 0 || strcmp(tag->name, "tbody") == 0) {
        reader->row = NULL;
        reader->open = false;
        reader->in_body = reader->in_body && strcmp(tag->name, "tbody") != 0;
    }
}

json_t *page_read(const char *data, size_t length)
{
    struct page_reader reader = {.page = json_pack("{s:n, s:[], s:n}", "heading", "rows", "next")};
    struct html html = {data, data + length};
    struct html_token token;

    reader.rows = json_object_get(reader.page, "rows");
    while (html_next(&html, &token)) {
        if (token.kind == HTML_START) {
            start_tag(&reader, &token);
        } else if (token.kind == HTML_END) {
            end_tag(&reader, &token);
        } else if (reader.open) {
            html_resolve(&reader.text, token.inside, token.length);
        }
    }
    text_release(&reader.text);
    return reader.page;
}

/* ---- whether that is the same ---- */

static void forget_row(const json_t *expected, json_t *came)
{
    static const char *const texts[] = {"name", "title"};
    json_t *tags = json_object_get(came, "tags"), *tag;
    size_t index;

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        if (json_is_null(json_object_get(expected, texts[i]))) {
            json_object_set_new(came, texts[i], json_null());
        }
    }
    json_array_foreach(json_object_get(expected, "tags"), index, tag)
    {
        if (json_is_null(tag) && index < json_array_size(tags)) {
            json_array_set_new(tags, index, json_null());
        }
    }
}

bool page_matches(const json_t *expected, const struct text *document, struct text *wrong)
{
    json_t *came = page_read(document->data != NULL ? document->data : "", document->length);
    json_t *rows = json_object_get(came, "rows"), *row;
    size_t index;

    json_array_foreach(rows, index, row)
    {
        forget_row(json_array_get(json_object_get(expected, "rows"), index), row);
    }
    bool differs = mismatch_find(expected, came, wrong);
    json_decref(came);
    return !differs;
}
