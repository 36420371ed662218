#include "contract/verify/session.h"

#include "base/clock.h"
#include "base/units.h"
#include "contract/operation.h"

#include <stdio.h>

enum { FAILURES_MOST = 3, LATE_MOST = 3, DIFFERENT_MOST = 200 };

#define ID_MOST ((UINT64_C(1) << 53) - 1)

int session_init(struct session *session, const struct verify_options *options, struct ledger *ledger, uint64_t stream,
                 struct error *err)
{
    struct client *client = client_new(options->base_url, options->response_timeout_ns, err);

    if (client == NULL) {
        return -1;
    }
    *session = (struct session){.options = options, .ledger = ledger, .client = client};
    client_stop_by(client, options->stop);
    client_end_when(client, options->goes_on, options->context);
    session->deadline_ns = clock_now_ns() + options->limit_ns;
    random_init(&session->random, options->seed, stream);
    catalog_init(&session->catalog, options->items);
    return 0;
}

void session_release(struct session *session)
{
    client_free(session->client);
    catalog_release(&session->catalog);
    text_release(&session->previous);
}

bool session_is_over(const struct session *session)
{
    return session->ledger->result->ended != NULL;
}

static void end_if_enough(struct session *session)
{
    char reason[128];
    char time[UNITS_TEXT];
    struct ledger *ledger = session->ledger;

    if (session->options->stop != NULL && atomic_load(session->options->stop)) {
        ledger_end(ledger, "it was interrupted");
    } else if (session->options->goes_on != NULL && !session->options->goes_on(session->options->context)) {
        ledger_end(ledger, "what the service needs has failed");
    } else if (session->failures >= FAILURES_MOST) {
        ledger_end(ledger, "no response to three requests in a row");
    } else if (session->late >= LATE_MOST) {
        ledger_end(ledger, "three responses were late");
    } else if (ledger->result->different >= DIFFERENT_MOST) {
        ledger_end(ledger, "200 responses differ, that is enough");
    } else if (clock_now_ns() >= session->deadline_ns) {
        units_write_duration(time, session->options->limit_ns);
        snprintf(reason, sizeof reason, "the checks were not done after %s", time);
        ledger_end(ledger, reason);
    }
}

/* What was written can no longer be relied upon: it may be another process that responses from now on. */
static void lose_connection(struct session *session)
{
    session->connected = false;
    session->lost = session->lost || session->wrote;
}

/* `request`: the last one on it, and the operation that it asked for. */
static void tell_closed(struct session *session, const char *request, const char *operation,
                        const struct call_response *response)
{
    struct text wrong = {0};
    char idle[UNITS_TEXT];

    text_add(&wrong, "the service closed the connection ");
    if (session->idle_ns > 0) {
        units_write_duration(idle, session->idle_ns);
        text_format(&wrong, "within %s", idle);
    } else {
        text_add(&wrong, "after its response");
    }
    if (session->wrote) {
        text_add(&wrong, " (checks that rely on what was written on it are left out from here on)");
    }
    struct finding finding = {.rule = RULE_KEPT,
                              .operation = operation,
                              .request = request,
                              .expected = "the connection stays open, after 4xx as well",
                              .wrong = wrong.data,
                              .response = response};
    ledger_add(session->ledger, &finding);
    text_release(&wrong);
}

static void watch_connection(struct session *session, const struct call *call, const struct call_response *response)
{
    const char *operation = operation_at(call->method, call->path);
    struct text request = {0};

    call_describe(call, &request);
    if (response->opened && session->connected) {
        tell_closed(session, session->previous.data, session->previous_operation, NULL);
        lose_connection(session);
    }
    session->connected = response->failure[0] == '\0' && !response->closed && !response->excess;
    if (!session->connected) {
        if (response->closed && !response->excess) {
            tell_closed(session, request.data, operation, response);
        }
        lose_connection(session);
    }
    text_release(&session->previous);
    session->previous = request;
    session->previous_operation = operation;
}

void session_send(struct session *session, const struct call *call, struct call_response *ret_response)
{
    *ret_response = (struct call_response){0};
    end_if_enough(session);
    if (session_is_over(session) || (session->relies && session->lost)) {
        return;
    }
    client_call(session->client, call, ret_response);
    ledger_ask(session->ledger, operation_at(call->method, call->path));
    session->failures = ret_response->failure[0] != '\0' ? session->failures + 1 : 0;
    session->late += ret_response->late;
    watch_connection(session, call, ret_response);
}

bool session_judge(struct session *session, const struct call *call, const struct expected_response *expectation,
                   const struct call_response *response)
{
    struct text wrong = {0};
    struct text expected = {0};
    struct text request = {0};
    enum rule rule = expectation->rule;

    if (response->status == 0 && response->failure[0] == '\0') {
        return false; /* nothing was sent any more */
    }
    bool good = judge_response(expectation, response, &rule, &wrong);
    if (!good) {
        call_describe(call, &request);
        judge_describe(expectation, &expected);
        struct finding finding = {.rule = rule,
                                  .operation = operation_at(call->method, call->path),
                                  .request = request.data,
                                  .expected = expected.data,
                                  .wrong = wrong.data,
                                  .response = response};
        ledger_add(session->ledger, &finding);
    }
    text_release(&wrong);
    text_release(&expected);
    text_release(&request);
    return good;
}

bool session_call(struct session *session, const struct call *call, const struct expected_response *expectation,
                  struct call_response *ret_response)
{
    session_send(session, call, ret_response);
    return session_judge(session, call, expectation, ret_response);
}

bool session_ask(struct session *session, const struct call *call, const struct expected_response *expectation)
{
    struct call_response response;
    bool good = session_call(session, call, expectation, &response);

    call_response_release(&response);
    return good;
}

void session_note_write(struct session *session)
{
    session->wrote = true;
}

static void adopt_item(struct session *session, json_t *item)
{
    json_t *id = json_object_get(item, "id");
    json_int_t value = json_integer_value(id);

    if (json_is_integer(id) && value >= 1 && (uint64_t)value <= session->catalog.last + CATALOG_GAP_MOST) {
        catalog_put(&session->catalog, (uint64_t)value, item);
    }
}

void session_adopt(struct session *session, const struct call_response *response)
{
    json_t *body = response->status == 200 || response->status == 201 ? judge_body(response, NULL) : NULL;
    size_t index;
    json_t *item;

    adopt_item(session, body);
    json_array_foreach(json_object_get(body, "items"), index, item)
    {
        adopt_item(session, item);
    }
    json_decref(body);
}

uint64_t session_pick_item(struct session *session)
{
    uint64_t last = session->catalog.last;
    uint64_t id = 1 + random_below(&session->random, last);

    if (random_below(&session->random, 3) == 0) {
        id = last - random_below(&session->random, 20);
    }
    while (catalog_get(&session->catalog, id) == NULL) {
        id = id > 1 ? id - 1 : last;
    }
    return id;
}

uint64_t session_pick_id(struct session *session)
{
    uint64_t last = session->catalog.last;

    switch (random_below(&session->random, 12)) {
    case 0:
        return last + 1 + random_below(&session->random, 3);
    case 1:
        return 1 + random_below(&session->random, ID_MOST);
    case 2:
    case 3: /* whatever is there */
        return last - random_below(&session->random, 40);
    default:
        return session_pick_item(session);
    }
}
