#include "contract/verify/check.h"

#include <string.h>

enum { PAGE = 1000, STEP = 997 };

static void create_next(struct session *session)
{
    static const char body[] = "{\"name\":\"the next\",\"price_cents\":1,\"stock\":0,\"tags\":[]}";
    json_t *fields = json_loads(body, 0, NULL);
    const struct write write = {
        .content_type = "application/json", .body = body, .length = strlen(body), .fields = fields, .rule = RULE_ITEMS};

    operation_write(session, &write);
    json_decref(fields);
}

void check_item_count(const struct check_context *context)
{
    struct session *session = context->session;
    uint64_t count = session->options->items, last_page = count > PAGE ? count - PAGE : 0;

    for (uint64_t id = 1; context->operations & OPERATION_GET && id <= count; id += STEP) {
        operation_get(session, id, RULE_ITEMS);
    }
    if (context->operations & OPERATION_GET) {
        operation_get(session, count, RULE_ITEMS);
        operation_get(session, count + 1, RULE_ITEMS);
    }
    if (context->operations & OPERATION_LIST) {
        operation_page(session, last_page, PAGE, RULE_ITEMS);
    }
    if (context->operations & OPERATION_CREATE) {
        create_next(session);
    }
}
