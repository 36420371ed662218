#include "contract/verify/operation.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { PATH_SIZE = 96 };

/* In the order of enum operation. */
static const char *const known[] = {"health",        "listItems",         "createItem",  "getItem",     "replaceItem",
                                    "deleteItem",    "summarizeSeries",   "searchItems", "fanOut",      "placeOrder",
                                    "getOrder",      "scoreRows",         "makeReport",  "fail",        "logIn",
                                    "getMemberItem", "searchItemsNative", "showItems",   "streamEvents"};

const char *operation_name(unsigned index)
{
    return index < sizeof known / sizeof known[0] ? known[index] : NULL;
}

static int unknown(const char *name, struct error *err)
{
    struct text all = {0};

    for (unsigned i = 0; operation_name(i) != NULL; i++) {
        const char *before = operation_name(i + 1) != NULL ? ", " : " or ";
        text_format(&all, "%s%s", i > 0 ? before : "", operation_name(i));
    }
    error_input(err, "%s: not an operation of the contract; expected %s", name, all.data);
    text_release(&all);
    return -1;
}

int operation_read(char *const *names, unsigned *ret_operations, struct error *err)
{
    unsigned operations = names == NULL ? OPERATION_ALL : 0;

    for (; names != NULL && *names != NULL; names++) {
        unsigned i = 0;
        while (i < sizeof known / sizeof known[0] && strcmp(known[i], *names) != 0) {
            i++;
        }
        if (i == sizeof known / sizeof known[0]) {
            return unknown(*names, err);
        }
        operations |= 1u << i;
    }
    *ret_operations = operations;
    return 0;
}

/* A request without a body; what is wrong is adopted. */
static bool ask(struct session *session, const struct call *call, const struct expected_response *expectation)
{
    struct call_response response;
    bool good = session_call(session, call, expectation, &response);

    if (!good) {
        session_adopt(session, &response);
    }
    call_response_release(&response);
    return good;
}

bool operation_health(struct session *session)
{
    json_t *body = json_pack("{s:s}", "status", "ok");
    struct call call = {.method = "GET", .path = "/healthz"};
    struct expected_response expectation = {.rule = RULE_HEALTH, .status = 200, .body = body};
    bool good = ask(session, &call, &expectation);
    json_decref(body);
    return good;
}

bool operation_get(struct session *session, uint64_t id, enum rule rule)
{
    char path[PATH_SIZE];
    json_t *item = json_incref(catalog_get(&session->catalog, id));
    struct call call = {.method = "GET", .path = path};
    struct expected_response expectation = {.rule = rule, .status = item != NULL ? 200 : 404, .body = item};

    snprintf(path, sizeof path, "/items/%" PRIu64, id);
    bool good = ask(session, &call, &expectation);
    json_decref(item);
    return good;
}

bool operation_list(struct session *session, const char *query, uint64_t after, size_t limit, enum rule rule)
{
    char path[2 * PATH_SIZE];
    json_t *page = catalog_page(&session->catalog, after, limit);
    struct call call = {.method = "GET", .path = path};
    struct expected_response expectation = {.rule = rule, .status = 200, .body = page};

    snprintf(path, sizeof path, "/items%s", query);
    bool good = ask(session, &call, &expectation);
    json_decref(page);
    return good;
}

bool operation_page(struct session *session, uint64_t after, size_t limit, enum rule rule)
{
    char query[PATH_SIZE];

    if (random_below(&session->random, 2) == 0) {
        snprintf(query, sizeof query, "?after=%" PRIu64 "&limit=%zu", after, limit);
    } else {
        snprintf(query, sizeof query, "?limit=%zu&after=%" PRIu64, limit, after);
    }
    return operation_list(session, query, after, limit, rule);
}

bool operation_delete(struct session *session, uint64_t id)
{
    char path[PATH_SIZE];
    bool there = catalog_get(&session->catalog, id) != NULL;
    struct call call = {.method = "DELETE", .path = path};
    struct expected_response expectation = {.rule = RULE_DELETE, .status = there ? 204 : 404};
    struct call_response response;

    snprintf(path, sizeof path, "/items/%" PRIu64, id);
    bool good = session_call(session, &call, &expectation, &response);
    if (there && response.status / 100 == 2) {
        catalog_delete(&session->catalog, id);
        session_note_write(session);
    }
    call_response_release(&response);
    return good;
}

bool operation_fail(struct session *session, const char *method, const char *path, int status, enum rule rule)
{
    struct call call = {.method = method, .path = path};
    struct expected_response expectation = {.rule = rule, .status = status};
    return ask(session, &call, &expectation);
}

static struct call make_call(const struct write *write, char path[PATH_SIZE])
{
    if (write->id == 0) {
        snprintf(path, PATH_SIZE, "/items");
    } else {
        snprintf(path, PATH_SIZE, "/items/%" PRIu64, write->id);
    }
    return (struct call){.method = write->id == 0 ? "POST" : "PUT",
                         .path = write->path != NULL ? write->path : path,
                         .content_type = write->content_type,
                         .body = write->body,
                         .body_length = write->length,
                         .chunked = write->chunked};
}

/* The id that a created item must have. Where others create, too, it is any above the last. */
static uint64_t next_id(const struct session *session, const struct call_response *response)
{
    uint64_t next = session->catalog.last + 1;

    if (session->shared && response->status == 201) {
        json_t *body = judge_body(response, NULL);
        json_int_t came = json_integer_value(json_object_get(body, "id"));
        next = came > (json_int_t)next && (uint64_t)came < next + CATALOG_GAP_MOST ? (uint64_t)came : next;
        json_decref(body);
    }
    return next;
}

static json_t *make_item(uint64_t id, const json_t *fields)
{
    json_t *item = json_deep_copy(fields);
    json_object_set_new(item, "id", json_integer((json_int_t)id));
    return item;
}

static void apply(struct session *session, const struct call_response *response, bool good, uint64_t id, json_t *item)
{
    if (response->status != 200 && response->status != 201) {
        return;
    }
    session_note_write(session);
    if (good) {
        catalog_put(&session->catalog, id, item);
    } else {
        session_adopt(session, response);
    }
}

bool operation_write(struct session *session, const struct write *write)
{
    char path[PATH_SIZE];
    struct call call = make_call(write, path);
    struct call_response response;

    session_send(session, &call, &response);
    bool there = write->id == 0 || catalog_get(&session->catalog, write->id) != NULL;
    uint64_t id = write->id != 0 ? write->id : next_id(session, &response);
    json_t *item = there ? make_item(id, write->fields) : NULL;
    struct expected_response expectation = {.rule = write->rule,
                                            .status = 200,
                                            .body = item,
                                            .location = write->id == 0 ? id : 0};
    if (!there) {
        expectation.status = 404;
    } else if (write->id == 0) {
        expectation.status = 201;
    }
    bool good = session_judge(session, &call, &expectation, &response);
    apply(session, &response, good, id, item);
    json_decref(item);
    call_response_release(&response);
    return good;
}

static int send_write(struct session *session, const struct write *write, const int statuses[3], bool *ret_good)
{
    char path[PATH_SIZE];
    struct call call = make_call(write, path);
    struct expected_response expectation = {.rule = write->rule,
                                            .status = statuses[0],
                                            .other_status = statuses[1],
                                            .third_status = statuses[2]};
    struct call_response response;

    *ret_good = session_call(session, &call, &expectation, &response);
    if (!*ret_good) {
        apply(session, &response, false, 0, NULL);
    }
    int status = (int)response.status;
    call_response_release(&response);
    return status;
}

int operation_try(struct session *session, const struct write *write, const int statuses[3])
{
    bool good;
    return send_write(session, write, statuses, &good);
}

bool operation_refuse(struct session *session, const struct write *write, int status)
{
    const int statuses[] = {status, 0, 0};
    bool good;

    send_write(session, write, statuses, &good);
    return good;
}
