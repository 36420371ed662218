#include "contract/operation.h"

#include <string.h>

/* As in the contract's OpenAPI file; where two fit, the first counts. `*` is one segment of a path. */
static const struct route {
    const char *method, *path, *operation;
    bool special; /* what a whole sample service may be without */
} routes[] = {
    {"GET", "/healthz", "health", false},
    {"GET", "/items/search", "searchItems", false},
    {"GET", "/items/search-native", "searchItemsNative", true},
    {"GET", "/items", "listItems", false},
    {"POST", "/items", "createItem", false},
    {"GET", "/items/*", "getItem", false},
    {"PUT", "/items/*", "replaceItem", false},
    {"DELETE", "/items/*", "deleteItem", false},
    {"POST", "/series/summary", "summarizeSeries", false},
    {"GET", "/fanout", "fanOut", false},
    {"POST", "/orders", "placeOrder", false},
    {"GET", "/orders/*", "getOrder", false},
    {"POST", "/inference", "scoreRows", true},
    {"GET", "/report", "makeReport", true},
    {"GET", "/pages/items", "showItems", true},
    {"GET", "/events", "streamEvents", true},
    {"POST", "/login", "logIn", true},
    {"GET", "/members/items/*", "getMemberItem", true},
    {"POST", "/fault", "fail", true},
};

/* The path without its query, the places in it as `*`. */
static void write_path(const struct pattern *pattern, struct text *out)
{
    for (size_t i = 0; i < pattern->count; i++) {
        const struct piece *piece = &pattern->pieces[i];
        const char *literal = piece->literal != NULL ? piece->literal : "*";
        size_t length = strcspn(literal, "?");
        text_append(out, literal, length);
        if (literal[length] == '?') {
            return;
        }
    }
}

static bool fits(const char *route, const char *path)
{
    while (*route != '\0' && *path != '\0') {
        size_t wanted = strcspn(route + 1, "/") + 1, found = strcspn(path + 1, "/") + 1;
        bool any = strncmp(route, "/*", wanted) == 0 && found > 1;
        if (!any && (wanted != found || strncmp(route, path, wanted) != 0)) {
            return false;
        }
        route += wanted;
        path += found;
    }
    return *route == *path;
}

static const char *find(const char *method, const char *path)
{
    for (size_t i = 0; i < sizeof routes / sizeof routes[0]; i++) {
        if (strcmp(routes[i].method, method) == 0 && fits(routes[i].path, path)) {
            return routes[i].operation;
        }
    }
    return NULL;
}

const char *operation_of(const struct request *request)
{
    struct text path = {0};

    write_path(&request->path, &path);
    const char *operation = path.length > 0 ? find(request->method, path.data) : NULL;
    text_release(&path);
    return operation;
}

const char *operation_at(const char *method, const char *path)
{
    struct text plain = {0};

    text_append(&plain, path, strcspn(path, "?"));
    const char *operation = plain.length > 0 ? find(method, plain.data) : NULL;
    text_release(&plain);
    return operation;
}

static bool serves(char *const *operations, const char *operation)
{
    for (; *operations != NULL; operations++) {
        if (strcmp(*operations, operation) == 0) {
            return true;
        }
    }
    return false;
}

bool operation_is_among(const char *operation, char *const *operations)
{
    return operations != NULL && serves(operations, operation);
}

bool operation_all(char *const *operations)
{
    for (size_t i = 0; i < sizeof routes / sizeof routes[0]; i++) {
        if (operations == NULL || (!routes[i].special && !serves(operations, routes[i].operation))) {
            return false;
        }
    }
    return true;
}

const char *operation_missing(const struct scenario *scenario, char *const *operations)
{
    for (size_t i = 0; i < scenario->traffic.request_count && operations != NULL; i++) {
        const char *operation = operation_of(&scenario->traffic.requests[i]);
        if (operation != NULL && !serves(operations, operation)) {
            return operation;
        }
    }
    return NULL;
}

void operation_hint(const struct scenario *scenario, struct text *out)
{
    for (size_t i = 0; i < scenario->traffic.request_count; i++) {
        const struct request *request = &scenario->traffic.requests[i];
        if (operation_of(request) != NULL || request_expects_error(request)) {
            continue;
        }
        text_format(out, "hint: no operation of the contract (backends/contract) is ");
        traffic_write_request(&scenario->traffic, request, out);
        text_format(out, " (\"%s\"); the sample services will answer it with an error\n", request->name);
    }
}
