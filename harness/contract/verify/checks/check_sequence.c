#include "contract/verify/check.h"

#include "contract/verify/model/draft.h"

enum { ROUND = 250 };

static void create(struct session *session)
{
    struct draft draft;

    draft_make(&draft, &session->random);
    struct write write = {.content_type = "application/json",
                          .body = draft.body.data,
                          .length = draft.body.length,
                          .fields = draft.fields,
                          .rule = RULE_CREATE};
    operation_write(session, &write);
    draft_release(&draft);
}

static void replace(struct session *session, uint64_t id)
{
    struct draft draft;

    draft_make(&draft, &session->random);
    struct write write = {.id = id,
                          .content_type = "application/json; charset=utf-8",
                          .body = draft.body.data,
                          .length = draft.body.length,
                          .fields = draft.fields,
                          .rule = RULE_REPLACE};
    operation_write(session, &write);
    draft_release(&draft);
}

/* A write that must leave everything as it is. */
static void spoil(struct session *session, uint64_t id)
{
    static const char *const fields[] = {"name", "price_cents", "stock", "tags"};
    static const char *const values[] = {"-1", "1.5", "true", "null", "{}", "[0]"};
    struct draft draft;

    draft_make_with(&draft, &session->random, fields[random_below(&session->random, 4)],
                    values[random_below(&session->random, 6)]);
    struct write write = {.id = id,
                          .content_type = "application/json",
                          .body = draft.body.data,
                          .length = draft.body.length,
                          .rule = RULE_NOT_AN_ITEM};
    operation_refuse(session, &write, 422);
    draft_release(&draft);
}

static size_t pick_limit(struct session *session)
{
    static const size_t limits[] = {1, 2, 20, 1000};
    return random_below(&session->random, 4) == 0 ? limits[random_below(&session->random, 4)]
                                                  : 1 + random_below(&session->random, 60);
}

/* ---- ids and holes ---- */

/* A row of items is deleted, each looked for afterwards. */
static void delete_row(const struct check_context *context, uint64_t first, uint64_t last)
{
    struct session *session = context->session;

    for (uint64_t id = first; id <= last; id++) {
        operation_delete(session, id);
        operation_delete(session, id);
        if (context->operations & OPERATION_GET) {
            operation_get(session, id, RULE_DELETE);
        }
        if (context->operations & OPERATION_REPLACE) {
            replace(session, id);
        }
    }
}

static void page_around(const struct check_context *context, uint64_t first, uint64_t last)
{
    for (uint64_t after = first - 3; context->operations & OPERATION_LIST && after <= last + 1; after++) {
        operation_page(context->session, after, 2, RULE_PAGE);
        operation_page(context->session, after, 1, RULE_PAGE);
    }
}

void check_ids(const struct check_context *context)
{
    struct session *session = context->session;
    uint64_t middle = 3000 + random_below(&session->random, 4000);

    delete_row(context, middle, middle + 4);
    page_around(context, middle, middle + 4);
    delete_row(context, 1, 2);
    if (!(context->operations & OPERATION_CREATE)) {
        return;
    }
    for (int i = 0; i < 3; i++) {
        create(session);
    }
    uint64_t last = session->catalog.last;
    delete_row(context, last - 1, last);
    page_around(context, last - 1, last);
    create(session);
    delete_row(context, last + 1, last + 1);
    create(session);
    page_around(context, last - 1, last + 2);
}

/* ---- random requests ---- */

/* One of the operations that the service serves; it serves one of the catalog at least. */
static enum operation pick_operation(const struct check_context *context)
{
    static const unsigned char weights[] = {OPERATION_GET,     OPERATION_GET,     OPERATION_GET,    OPERATION_LIST,
                                            OPERATION_LIST,    OPERATION_CREATE,  OPERATION_CREATE, OPERATION_CREATE,
                                            OPERATION_REPLACE, OPERATION_REPLACE, OPERATION_DELETE, OPERATION_DELETE,
                                            OPERATION_HEALTH};
    unsigned char served[sizeof weights];
    size_t count = 0;

    for (size_t i = 0; i < sizeof weights; i++) {
        if (context->operations & weights[i]) {
            served[count++] = weights[i];
        }
    }
    return served[random_below(&context->session->random, count)];
}

/* What was written is read back at once, as often as not. */
static void read_back(const struct check_context *context, uint64_t id)
{
    if (context->operations & OPERATION_GET && random_below(&context->session->random, 2) == 0) {
        operation_get(context->session, id, RULE_GET);
    }
}

static void send_random(const struct check_context *context)
{
    struct session *session = context->session;
    uint64_t id = session_pick_id(session);
    bool bad = random_below(&session->random, 6) == 0;

    switch (pick_operation(context)) {
    case OPERATION_GET:
        operation_get(session, id, RULE_GET);
        break;
    case OPERATION_LIST:
        operation_page(session, id, pick_limit(session), RULE_PAGE);
        break;
    case OPERATION_CREATE:
        (bad ? spoil(session, 0) : create(session));
        read_back(context, session->catalog.last);
        break;
    case OPERATION_REPLACE:
        (bad ? spoil(session, id) : replace(session, id));
        read_back(context, id);
        break;
    case OPERATION_DELETE:
        operation_delete(session, id);
        break;
    default:
        operation_health(session);
    }
}

void check_round(const struct check_context *context)
{
    for (int i = 0; i < ROUND && !session_is_over(context->session); i++) {
        send_random(context);
    }
}

/* Every item that there is, page by page. */
void check_walk(const struct check_context *context)
{
    struct session *session = context->session;
    uint64_t after = 0;

    while (after < session->catalog.last && !session_is_over(session)) {
        size_t limit = 1000 - random_below(&session->random, 200);
        json_t *page = catalog_page(&session->catalog, after, limit);
        json_t *next = json_object_get(page, "next_after");
        operation_page(session, after, limit, RULE_PAGE);
        after = json_is_null(next) ? session->catalog.last : (uint64_t)json_integer_value(next);
        json_decref(page);
    }
}

/* ---- another connection ---- */

void check_second_connection(const struct check_context *context)
{
    struct session *session = context->session;
    unsigned operations = context->operations;

    for (int i = 0; operations & OPERATION_GET && i < 20; i++) {
        uint64_t id = 1 + random_below(&session->random, SEED_ITEMS);
        if (catalog_get(&session->catalog, id) != NULL) {
            operation_get(session, id, RULE_GET);
        }
    }
    for (int i = 0; operations & OPERATION_CREATE && i < 5; i++) {
        create(session);
        uint64_t id = session->catalog.last;
        if (operations & OPERATION_GET) {
            operation_get(session, id, RULE_GET);
        }
        if (operations & OPERATION_REPLACE) {
            replace(session, id);
        }
        if (operations & OPERATION_DELETE && id > SEED_ITEMS) {
            operation_delete(session, id);
        }
    }
}
