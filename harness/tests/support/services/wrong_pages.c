#include "base/text.h"
#include "wrong_special.h"

#include <string.h>

static void escape(struct text *out, const char *data, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (data[i] != '\0' && strchr("<>&\"'", data[i]) != NULL) {
            text_format(out, "&#%d;", data[i]);
        } else {
            text_append(out, data + i, 1);
        }
    }
}

static void add_name(struct text *out, enum fault fault, const json_t *name, bool raw)
{
    const char *data = json_string_value(name);
    size_t length = json_string_length(name);
    struct text once = {0};

    while (fault == FAULT_SHOWN_TRIMMED && length > 0 && data[length - 1] == ' ') {
        length--;
    }
    escape(&once, data, length);
    if (raw) {
        text_append(out, data, length);
    } else if (fault == FAULT_SHOWN_ESCAPED_TWICE) {
        escape(out, once.data, once.length);
    } else {
        text_append(out, once.data, once.length);
    }
    text_release(&once);
}

static void add_tags(struct text *out, enum fault fault, const json_t *tags)
{
    size_t index;
    json_t *tag;

    json_array_foreach((json_t *)tags, index, tag)
    {
        text_add(out, "<li>");
        escape(out, json_string_value(tag), fault == FAULT_SHOWN_TAGS_LOST ? 0 : json_string_length(tag));
        text_add(out, "</li>");
    }
}

static void add_row(struct text *out, enum fault fault, const json_t *item)
{
    const json_t *name = json_object_get(item, "name");
    int cents = (int)json_integer_value(json_object_get(item, "price_cents"));
    int stock = (int)json_integer_value(json_object_get(item, "stock"));
    int id = (int)json_integer_value(json_object_get(item, "id"));

    text_format(out, "<tr><td>%d</td>\n<td><a href=\"/items/%d\" title=\"", id, id);
    add_name(out, fault, name, fault == FAULT_SHOWN_RAW_TITLE);
    text_add(out, "\">");
    add_name(out, fault, name, fault == FAULT_SHOWN_RAW);
    text_add(out, "</a></td><td>");
    text_format(out, fault == FAULT_SHOWN_CENTS ? "%d%02d" : "%d.%02d", cents / 100, cents % 100);
    text_add(out, "</td><td>\n");
    text_format(out, stock == 0 && fault != FAULT_SHOWN_ZERO ? "sold out" : "%d", stock);
    text_add(out, " </td><td><ul>");
    add_tags(out, fault, json_object_get(item, "tags"));
    text_add(out, "</ul></td></tr>\n");
}

/* As the query has it, which was found to be a good one. */
static int number_of(const char *query, const char *name, int otherwise)
{
    const char *at = strstr(query, name);
    return at != NULL ? (int)strtoll(at + strlen(name), NULL, 10) : otherwise;
}

static char *show(enum fault fault, const char *query, const json_t *page)
{
    struct text out = {0};
    const char *after = strstr(query, "after=");
    json_t *next = json_object_get(page, "next_after");
    size_t index;
    json_t *item;

    text_format(&out, "<!DOCTYPE html><html><head><meta charset=utf-8></head><body><!-- <h1> --><h1>Items after %.*s",
                after != NULL ? (int)strspn(after + 6, "0123456789") : 1, after != NULL ? after + 6 : "0");
    text_add(&out, "</h1><table><thead><tr><td>Id</td></tr></thead><tbody>");
    json_array_foreach(json_object_get(page, "items"), index, item)
    {
        if (fault != FAULT_SHOWN_ROW_LOST || index != 1) {
            add_row(&out, fault, item);
        }
    }
    text_add(&out, "</tbody></table>");
    if (json_is_integer(next) || fault == FAULT_SHOWN_ALWAYS_NEXT) {
        text_format(&out, "<a href='/pages/items?limit=%d&amp;after=%d' rel=next>Next</a>",
                    number_of(query, "limit=", 20), (int)json_integer_value(next));
    }
    text_add(&out, "</body></html>");
    for (char *at = out.data; at < out.data + out.length; at++) {
        *at = *at == '\0' ? '?' : *at; /* HTML holds none, and verify asks for none */
    }
    return text_take(&out);
}

bool wrong_pages_answer(struct wrong_catalog *catalog, const struct wrong_request *request,
                        struct wrong_response *response)
{
    if (strcmp(request->path, "/pages/items") != 0 || strcmp(request->method, "GET") != 0) {
        return false;
    }
    wrong_catalog_list(catalog, request, response);
    if (response->status == 200) {
        json_t *page = response->body;
        response->html = show(catalog->fault, request->query, page);
        response->body = NULL;
        json_decref(page);
    }
    return true;
}
