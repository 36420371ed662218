#include "wrong_work.h"

#include "base/mem.h"
#include "contract/upstream_rule.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { POINTS_MOST = 256, BEST = 10 };

/* ---- the search ---- */

struct points {
    unsigned at[POINTS_MOST];
    size_t count;
};

static void decode(enum fault fault, const char *text, size_t length, struct points *points)
{
    points->count = 0;
    for (size_t i = 0; i < length && points->count < POINTS_MOST; i++) {
        unsigned char byte = (unsigned char)text[i];
        bool lead = (byte & 0xc0) != 0x80 || fault == FAULT_SEARCH_COUNTS_BYTES;
        unsigned bits = byte;
        if (byte >= 0xf0) {
            bits = byte & 0x07;
        } else if (byte >= 0xe0) {
            bits = byte & 0x0f;
        } else if (byte >= 0x80) {
            bits = byte & 0x1f;
        }
        if (lead && fault == FAULT_SEARCH_ANY_CASE && byte >= 'A' && byte <= 'Z') {
            bits += 'a' - 'A';
        }
        if (lead) {
            points->at[points->count++] = bits;
        } else if (points->count > 0) {
            points->at[points->count - 1] = points->at[points->count - 1] << 6 | (byte & 0x3f);
        }
    }
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* The whole table, unlike what it is compared with. */
static size_t distance(enum fault fault, const struct points *a, const struct points *b)
{
    static size_t table[POINTS_MOST + 1][POINTS_MOST + 1];

    for (size_t i = 0; i <= a->count; i++) {
        for (size_t j = 0; j <= b->count; j++) {
            if (i == 0 || j == 0) {
                table[i][j] = i + j;
                continue;
            }
            size_t cost = a->at[i - 1] != b->at[j - 1];
            if (fault == FAULT_SEARCH_REPLACES_FOR_TWO) {
                cost *= 2;
            }
            table[i][j] = least(table[i - 1][j - 1] + cost, least(table[i - 1][j], table[i][j - 1]) + 1);
            if (fault == FAULT_SEARCH_TRANSPOSES && i > 1 && j > 1 && a->at[i - 1] == b->at[j - 2] &&
                a->at[i - 2] == b->at[j - 1]) {
                table[i][j] = least(table[i][j], table[i - 2][j - 2] + 1);
            }
        }
    }
    return table[a->count][b->count];
}

struct match {
    size_t id, distance;
    const json_t *item;
};

static int compare_matches(const void *a, const void *b)
{
    const struct match *x = a, *y = b;

    if (x->distance != y->distance) {
        return x->distance < y->distance ? -1 : 1;
    }
    return (x->id > y->id) - (x->id < y->id);
}

static json_t *find_nearest(const struct wrong_catalog *catalog, const struct points *query)
{
    struct match *matches = mem_new(catalog->last + 1, sizeof *matches);
    size_t last = catalog->fault == FAULT_SEARCH_SEED_ONLY && catalog->last > 10000 ? 10000 : catalog->last;
    size_t count = 0;
    json_t *items = json_array();

    for (size_t id = 1; id <= last; id++) {
        const json_t *name = json_object_get(catalog->items[id], "name");
        if (name != NULL) {
            struct points points;
            decode(catalog->fault, json_string_value(name), json_string_length(name), &points);
            matches[count++] = (struct match){id, distance(catalog->fault, query, &points), catalog->items[id]};
        }
    }
    qsort(matches, count, sizeof *matches, compare_matches);
    if (catalog->fault == FAULT_SEARCH_TIES && matches[0].distance < matches[1].distance &&
        matches[1].distance == matches[2].distance) {
        struct match second = matches[1];
        matches[1] = matches[2];
        matches[2] = second;
    }
    count = least(count, catalog->fault == FAULT_SEARCH_NINE ? BEST - 1 : BEST);
    for (size_t i = 0; i < count; i++) {
        json_array_append_new(items, json_pack("{s:I, s:O, s:I}", "id", (json_int_t)matches[i].id, "name",
                                               json_object_get(matches[i].item, "name"), "distance",
                                               (json_int_t)matches[i].distance));
    }
    free(matches);
    return items;
}

/* The decoded value of the parameter on the heap, NULL where it is absent. */
static char *read_parameter(const char *query, const char *name, size_t *ret_length)
{
    size_t length = strlen(name);

    while (*query != '\0') {
        size_t whole = strcspn(query, "&");
        if (whole > length && strncmp(query, name, length) == 0 && query[length] == '=') {
            char *value = mem_copy(query + length + 1, whole - length - 1);
            size_t to = 0;
            for (size_t from = 0; from < whole - length - 1; from++) {
                unsigned code = 0;
                if (value[from] == '%' && sscanf(value + from + 1, "%2x", &code) == 1) {
                    from += 2;
                    value[to++] = (char)code;
                } else {
                    value[to++] = value[from];
                }
            }
            value[to] = '\0';
            *ret_length = to;
            return value;
        }
        query += whole + (query[whole] == '&');
    }
    return NULL;
}

void wrong_work_search(struct wrong_catalog *catalog, const struct wrong_request *request,
                       struct wrong_response *response)
{
    size_t most = catalog->fault == FAULT_SEARCH_LONG_QUERY ? 65 : 64;
    struct points query = {.count = 0};
    size_t length = 0;
    char *text = read_parameter(request->query, "q", &length);

    if (text != NULL) {
        decode(catalog->fault, text, length, &query);
    }
    if (query.count > most || text == NULL || (length == 0 && catalog->fault != FAULT_SEARCH_EMPTY_QUERY)) {
        wrong_catalog_problem(catalog, response, 422);
    } else {
        response->status = 200;
        response->body = json_pack("{s:o}", "items", find_nearest(catalog, &query));
    }
    free(text);
}

/* ---- the fan-out ---- */

static bool read_number(const char *query, const char *name, uint64_t least_one, uint64_t most, uint64_t *number)
{
    size_t length = 0;
    char *text = read_parameter(query, name, &length);
    bool good = true;

    if (text != NULL) {
        good = length > 0 && length <= 16 && strspn(text, "0123456789") == length;
        *number = strtoull(text, NULL, 10);
    }
    free(text);
    return good && *number >= least_one && *number <= most;
}

/* Of a pool of 256 connections, 64 a fan-out: those that wait are given up. */
static bool has_waited(struct wrong_catalog *catalog, uint64_t key, uint64_t calls)
{
    if (catalog->fault != FAULT_FAN_OUT_FEW_CONNECTIONS || key != UPSTREAM_SLOW_KEY) {
        return false;
    }
    catalog->slow_calls += calls;
    return catalog->slow_calls > 256;
}

static json_t *merge(enum fault fault, uint64_t key, uint64_t calls)
{
    struct upstream_rule rule = {WRONG_FAILING};
    json_t *results = json_array();
    json_int_t sum = 0;
    bool partial = false;

    for (uint64_t i = 0; i < calls; i++) {
        uint32_t call = (uint32_t)(fault == FAULT_FAN_OUT_UNORDERED ? calls - 1 - i : i);
        bool fails = upstream_rule_fails(&rule, key, call);
        json_int_t value = (json_int_t)upstream_rule_value(key, call);
        partial = partial || fails;
        sum += fails ? 0 : value;
        json_t *came = json_integer(fails ? 0 : value);
        if (fails && fault != FAULT_FAN_OUT_ZERO) {
            json_decref(came);
            came = json_null();
        }
        if (!fails || fault != FAULT_FAN_OUT_LEAVES_OUT) {
            json_array_append_new(results, json_pack("{s:I, s:O}", "call", (json_int_t)call, "value", came));
        }
        json_decref(came);
    }
    if (partial && fault == FAULT_FAN_OUT_FAILS_WHOLE) {
        json_decref(results);
        return NULL;
    }
    return json_pack("{s:I, s:b, s:I, s:o}", "key", (json_int_t)key, "partial",
                     partial && fault != FAULT_FAN_OUT_NOT_PARTIAL, "sum", sum + (fault == FAULT_FAN_OUT_SUM),
                     "results", results);
}

void wrong_work_fan_out(struct wrong_catalog *catalog, const struct wrong_request *request,
                        struct wrong_response *response)
{
    enum fault fault = catalog->fault;
    uint64_t key = fault == FAULT_FAN_OUT_WITHOUT_KEY ? 0 : UINT64_MAX;
    uint64_t calls = fault == FAULT_FAN_OUT_DEFAULT ? 10 : 8;

    if (fault == FAULT_NOTHING_BEHIND) {
        wrong_catalog_problem(catalog, response, 503);
        return;
    }
    if (!read_number(request->query, "key", 0, (UINT64_C(1) << 53) - 1, &key) ||
        !read_number(request->query, "calls", 1, fault == FAULT_FAN_OUT_65 ? 65 : 64, &calls)) {
        wrong_catalog_problem(catalog, response, 422);
        return;
    }
    response->body = merge(fault, fault == FAULT_FAN_OUT_SHORT_KEY ? (uint32_t)key : key, calls);
    if (has_waited(catalog, key, calls)) {
        json_object_set_new(response->body, "sum", json_integer(0));
    }
    response->status = 200;
    if (response->body == NULL) {
        wrong_catalog_problem(catalog, response, 502);
    }
}
