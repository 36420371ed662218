#include "wrong_catalog.h"

#include "wrong_draft.h"
#include "wrong_orders.h"
#include "wrong_special.h"
#include "wrong_work.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { SEEDED = 10000 };

#define NUMBER_MOST UINT64_C(9007199254740991)

/* ---- the seed ---- */

static unsigned mix(unsigned h)
{
    h = (h ^ h >> 16) * 0x85ebca6bU;
    h = (h ^ h >> 13) * 0xc2b2ae35U;
    return h ^ h >> 16;
}

json_t *wrong_catalog_seed(unsigned id)
{
    static const char *const words[] = {"new", "sale", "eco", "gift", "bulk"};
    unsigned letters = mix(id);
    unsigned bits = mix(id + 3000000);
    json_t *tags = json_array();
    char name[12] = "---- ------";

    for (int i = 0; i < 11; i += i == 2 ? 3 : 2) {
        name[i] = "bcdfghjklmnprstv"[letters % 16];
        name[i + 1] = "aeio"[letters / 16 % 4];
        letters /= 64;
    }
    for (int i = 0; i < 5; i++) {
        if ((bits & 1U << i) != 0) {
            json_array_append_new(tags, json_string(words[i]));
        }
    }
    return json_pack("{s:i, s:s, s:i, s:i, s:o}", "id", id, "name", name, "price_cents",
                     (int)(mix(id + 1000000) % 99901 + 100), "stock", (int)(mix(id + 2000000) % 1000), "tags", tags);
}

void wrong_catalog_init(struct wrong_catalog *catalog, enum fault fault)
{
    *catalog = (struct wrong_catalog){.fault = fault, .last = SEEDED, .orders = wrong_orders_new()};
    for (unsigned id = 1; id <= SEEDED; id++) {
        catalog->items[id] = wrong_catalog_seed(id);
    }
    if (fault == FAULT_SEED) {
        json_object_set_new(catalog->items[7777], "stock", json_integer(1000));
    } else if (fault == FAULT_SEED_SHORT) {
        json_decref(catalog->items[SEEDED]);
        catalog->items[SEEDED] = NULL;
    }
}

void wrong_catalog_release(struct wrong_catalog *catalog)
{
    for (size_t id = 1; id <= catalog->last; id++) {
        json_decref(catalog->items[id]);
    }
    wrong_orders_free(catalog->orders);
}

/* ---- responses ---- */

void wrong_catalog_problem(struct wrong_catalog *catalog, struct wrong_response *response, int status)
{
    response->status = status;
    response->body = json_pack("{s:s, s:s, s:i, s:s}", "type", "about:blank", "title", "Wrong", "status", status,
                               "detail", "This is wrong.");
    if (catalog->fault == FAULT_PROBLEM_STATUS) {
        json_object_set_new(response->body, "status", json_integer(400));
    } else if (catalog->fault == FAULT_PROBLEM_WITHOUT_DETAIL) {
        json_object_del(response->body, "detail");
    } else if (catalog->fault == FAULT_PROBLEM_TYPE) {
        json_object_set_new(response->body, "type", json_string(""));
    }
}

static void give(struct wrong_catalog *catalog, struct wrong_response *response, int status, json_t *item)
{
    response->status = status;
    response->body = json_deep_copy(item);
    if (catalog->fault == FAULT_FIELD_TOO_MANY) {
        json_object_set_new(response->body, "created_at", json_null());
    }
}

/* ---- numbers in paths and queries ---- */

static bool read_number(const char *text, size_t length, uint64_t least, uint64_t *ret_number)
{
    uint64_t number = 0;

    if (length == 0 || length > 16 || strspn(text, "0123456789") < length) {
        return false;
    }
    for (size_t i = 0; i < length; i++) {
        number = number * 10 + (uint64_t)(text[i] - '0');
    }
    if (number < least || number > NUMBER_MOST) {
        return false;
    }
    *ret_number = number;
    return true;
}

static bool read_id(const struct wrong_catalog *catalog, const char *text, uint64_t *ret_id)
{
    if (catalog->fault == FAULT_LOOSE_IDS && text[0] >= '1' && text[0] <= '9') {
        *ret_id = strtoull(text, NULL, 10) & NUMBER_MOST;
        return true;
    }
    return read_number(text, strlen(text), 1, ret_id);
}

static bool read_parameter(const struct wrong_catalog *catalog, const char *name, const char *text, size_t length,
                           uint64_t *ret_value)
{
    bool limit = strncmp(name, "limit", 5) == 0;

    if (!limit && catalog->fault == FAULT_NEGATIVE_AFTER && text[0] == '-') {
        *ret_value = 0;
        return true;
    }
    return read_number(text, length, limit ? 1 : 0, ret_value) &&
           (!limit || *ret_value <= 1000 || catalog->fault == FAULT_LIMIT_WITHOUT_END ||
            catalog->fault == FAULT_SHOWN_LONG_PAGE);
}

static bool read_query(const struct wrong_catalog *catalog, const char *query, uint64_t *limit, uint64_t *after)
{
    while (*query != '\0') {
        size_t whole = strcspn(query, "&");
        size_t name = strcspn(query, "=&");
        const char *value = query + name + 1;
        size_t length = whole > name ? whole - name - 1 : 0;
        uint64_t *target = NULL;
        if (name == 5 && strncmp(query, "limit", 5) == 0) {
            target = limit;
        } else if (name == 5 && strncmp(query, "after", 5) == 0) {
            target = after;
        }

        if (target == NULL ? catalog->fault == FAULT_STRICT_QUERY
                           : !read_parameter(catalog, query, value, length, target)) {
            return false;
        }
        query += whole + (query[whole] == '&');
    }
    return true;
}

/* ---- the requests ---- */

void wrong_catalog_list(struct wrong_catalog *catalog, const struct wrong_request *request,
                        struct wrong_response *response)
{
    uint64_t limit = catalog->fault == FAULT_DEFAULT_LIMIT ? 10 : 20;
    uint64_t after = 0;
    uint64_t skip = 0;
    json_t *items = json_array();
    json_t *next = json_null();

    if (!read_query(catalog, request->query, &limit, &after)) {
        json_decref(items);
        wrong_catalog_problem(catalog, response, 422);
        return;
    }
    if (catalog->fault == FAULT_AFTER_IS_OFFSET) {
        skip = after;
        after = 0;
    }
    after = catalog->fault == FAULT_AFTER_INCLUDED && after > 0 ? after - 1 : after;
    for (uint64_t id = after + 1; id <= catalog->last; id++) {
        if (catalog->items[id] == NULL || (skip > 0 && skip-- > 0)) {
            continue;
        }
        if (json_array_size(items) == limit) {
            next = json_incref(json_object_get(json_array_get(items, limit - 1), "id"));
            break;
        }
        json_array_append(items, catalog->items[id]);
    }
    if (catalog->fault == FAULT_NEXT_AT_END && json_array_size(items) > 0) {
        json_decref(next);
        next = json_incref(json_object_get(json_array_get(items, json_array_size(items) - 1), "id"));
    } else if (catalog->fault == FAULT_NEVER_NEXT) {
        json_decref(next);
        next = json_null();
    }
    response->status = 200;
    response->body = json_pack("{s:o, s:o}", "items", items, "next_after", next);
}

bool wrong_catalog_is_json(const struct wrong_catalog *catalog, const char *type)
{
    static const char json[] = "application/json";
    const size_t length = sizeof json - 1;

    return catalog->fault == FAULT_ANY_CONTENT_TYPE ||
           (strncasecmp(type, json, length) == 0 &&
            (type[length] == '\0' || (strchr("; ", type[length]) != NULL && catalog->fault != FAULT_NO_PARAMETERS)));
}

/* The fields of a good body; otherwise the response is made. */
static json_t *read_body(struct wrong_catalog *catalog, const struct wrong_request *request, const json_t *old,
                         struct wrong_response *response)
{
    json_t *fields = NULL;
    int status = 415;

    if (wrong_catalog_is_json(catalog, request->content_type)) {
        status = wrong_draft_read(catalog->fault, request->body, request->length, old, &fields);
    }
    if (status != 0) {
        wrong_catalog_problem(catalog, response, status);
    }
    return fields;
}

static void create(struct wrong_catalog *catalog, const struct wrong_request *request, struct wrong_response *response)
{
    json_t *fields = read_body(catalog, request, NULL, response);

    if (fields == NULL) {
        catalog->last += catalog->fault == FAULT_REFUSED_TAKES_ID;
        return;
    }
    while (catalog->fault == FAULT_REUSES_IDS && catalog->last > 1 && catalog->items[catalog->last] == NULL) {
        catalog->last--;
    }
    response->location = ++catalog->last;
    json_object_set_new(fields, "id", json_integer((json_int_t)catalog->last));
    catalog->items[catalog->last] = fields;
    give(catalog, response, 201, fields);
}

static void replace(struct wrong_catalog *catalog, uint64_t id, const struct wrong_request *request,
                    struct wrong_response *response)
{
    json_t **place = id <= catalog->last ? &catalog->items[id] : NULL;
    bool missing = place == NULL || *place == NULL;

    if (missing && catalog->fault == FAULT_MISSING_BEFORE_FIELDS) {
        wrong_catalog_problem(catalog, response, 404);
        return;
    }
    json_t *fields = read_body(catalog, request, missing ? NULL : *place, response);
    if (fields == NULL) {
        return;
    }
    json_object_set_new(fields, "id", json_integer((json_int_t)id));
    if (missing && !(catalog->fault == FAULT_PUT_CREATES && place != NULL)) {
        wrong_catalog_problem(catalog, response, 404);
    } else {
        give(catalog, response, 200, fields);
    }
    if (response->status == 200 && catalog->fault != FAULT_FORGETS_PUT) {
        json_decref(*place);
        *place = json_incref(fields);
    }
    json_decref(fields);
}

static void take_item(struct wrong_catalog *catalog, const struct wrong_request *request,
                      struct wrong_response *response)
{
    uint64_t id;

    if (catalog->fault == FAULT_CONTENT_TYPE_BEFORE_ID && strcmp(request->method, "PUT") == 0 &&
        !wrong_catalog_is_json(catalog, request->content_type)) {
        wrong_catalog_problem(catalog, response, 415);
        return;
    }
    if (!read_id(catalog, request->path + strlen("/items/"), &id)) {
        wrong_catalog_problem(catalog, response, 422);
        return;
    }
    json_t *item = id <= catalog->last ? catalog->items[id] : NULL;
    if (strcmp(request->method, "PUT") == 0) {
        replace(catalog, id, request, response);
    } else if (item == NULL && catalog->fault == FAULT_OK_FOR_MISSING && strcmp(request->method, "GET") == 0) {
        *response = (struct wrong_response){.status = 200, .body = json_object()};
    } else if (item == NULL && catalog->fault == FAULT_NO_CONTENT_FOR_MISSING &&
               strcmp(request->method, "DELETE") == 0) {
        response->status = 204;
    } else if (item == NULL) {
        wrong_catalog_problem(catalog, response, 404);
    } else if (strcmp(request->method, "DELETE") == 0) {
        json_decref(item);
        catalog->items[id] = NULL;
        response->status = 204;
    } else {
        give(catalog, response, 200, item);
    }
}

void wrong_catalog_answer(struct wrong_catalog *catalog, const struct wrong_request *request,
                          struct wrong_response *response)
{
    const char *path = request->path;
    bool post = strcmp(request->method, "POST") == 0;

    *response = (struct wrong_response){0};
    if (wrong_model_answer(catalog, request, response) || wrong_report_answer(catalog, request, response) ||
        wrong_members_answer(catalog, request, response) || wrong_pages_answer(catalog, request, response)) {
        return;
    }
    if (strcmp(path, "/healthz") == 0) {
        response->status = 200;
        response->body = json_pack("{s:s}", "status", catalog->fault == FAULT_HEALTH ? "up" : "ok");
    } else if (strcmp(path, "/items") == 0 && post) {
        create(catalog, request, response);
    } else if (strcmp(path, "/items") == 0) {
        wrong_catalog_list(catalog, request, response);
    } else if (strcmp(path, "/items/search") == 0 || strcmp(path, "/items/search-native") == 0) {
        wrong_work_search(catalog, request, response);
    } else if (strcmp(path, "/series/summary") == 0 && post) {
        wrong_work_summarize(catalog, request, response);
    } else if (strcmp(path, "/fanout") == 0) {
        wrong_work_fan_out(catalog, request, response);
    } else if ((strcmp(path, "/orders") == 0 && post) ||
               (strncmp(path, "/orders/", 8) == 0 && strchr(path + 8, '/') == NULL)) {
        wrong_orders_answer(catalog, request, response);
    } else if (strncmp(path, "/items/", 7) == 0 && strchr(path + 7, '/') == NULL) {
        take_item(catalog, request, response);
    } else {
        wrong_catalog_problem(catalog, response, 404);
    }
}
