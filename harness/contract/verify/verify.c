#include "contract/verify/verify.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/units.h"
#include "contract/verify/check.h"
#include "contract/verify/client.h"
#include "contract/verify/ledger.h"
#include "contract/verify/session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The contract keeps an idle connection open for 75 s. */
#define IDLE_MOST_NS (60 * CLOCK_SECOND_NS)

static const struct {
    void (*run)(const struct check_context *context);
    unsigned needs; /* all of these operations */
    unsigned any;   /* and one of these */
    bool relies;    /* on what was written before on the same connection */
} checks[] = {
    {check_health, OPERATION_HEALTH, OPERATION_ALL, false},
    {check_seed, 0, OPERATION_LIST | OPERATION_GET, false},
    {check_paths, 0, OPERATION_ALL, false},
    {check_queries, OPERATION_LIST, OPERATION_ALL, false},
    {check_names, 0, OPERATION_CREATE | OPERATION_REPLACE, true},
    {check_ranges, 0, OPERATION_CREATE | OPERATION_REPLACE, true},
    {check_fields, 0, OPERATION_CREATE | OPERATION_REPLACE, false},
    {check_malformed, 0, OPERATION_CREATE | OPERATION_REPLACE, false},
    {check_content_types, 0, OPERATION_CREATE | OPERATION_REPLACE, true},
    {check_order, 0, OPERATION_CREATE | OPERATION_REPLACE, false},
    {check_sizes, OPERATION_CREATE, OPERATION_ALL, true},
    {check_ids, OPERATION_DELETE, OPERATION_ALL, true},
    {check_summary, OPERATION_SUMMARIZE, OPERATION_ALL, false},
    {check_series, OPERATION_SUMMARIZE, OPERATION_ALL, false},
    {check_search, OPERATION_SEARCH, OPERATION_ALL, true},
    {check_fan_out, OPERATION_FAN_OUT, OPERATION_ALL, false},
    {check_orders, 0, OPERATION_PLACE | OPERATION_GET_ORDER, false},
    {check_stock, OPERATION_PLACE, OPERATION_ALL, false},
    {check_statements, OPERATION_PLACE | OPERATION_GET_ORDER, OPERATION_ALL, false},
    {check_inference, OPERATION_SCORE, OPERATION_ALL, false},
    {check_report, OPERATION_REPORT, OPERATION_ALL, false},
    {check_no_faults, OPERATION_FAIL, OPERATION_ALL, false},
    {check_tokens, OPERATION_MEMBER_ITEM, OPERATION_ALL, true},
    {check_login, OPERATION_LOG_IN | OPERATION_MEMBER_ITEM, OPERATION_ALL, true},
    {check_search_native, OPERATION_SEARCH_NATIVE, OPERATION_ALL, true},
    {check_pages, OPERATION_SHOW, OPERATION_ALL, true},
    {check_events, OPERATION_EVENTS, OPERATION_ALL, false},
};

void verify_options_init(struct verify_options *options, const char *base_url)
{
    *options = (struct verify_options){.base_url = base_url,
                                       .seed = 1,
                                       .rounds = 4,
                                       .items = SEED_ITEMS,
                                       .response_timeout_ns = 15 * CLOCK_SECOND_NS,
                                       .idle_ns = 6 * CLOCK_SECOND_NS,
                                       .limit_ns = 240 * CLOCK_SECOND_NS};
}

static void run_checks(const struct check_context *context)
{
    struct session *session = context->session;

    for (size_t i = 0; i < sizeof checks / sizeof checks[0]; i++) {
        unsigned served = context->operations;
        if ((served & checks[i].needs) == checks[i].needs && (served & checks[i].any) != 0 &&
            !session_is_over(session)) {
            session->relies = checks[i].relies;
            checks[i].run(context);
        }
    }
    session->relies = true;
    for (unsigned i = 0; context->operations & OPERATION_CATALOG && i < session->options->rounds; i++) {
        check_round(context);
    }
    if (context->operations & OPERATION_LIST) {
        check_walk(context);
    }
    if (session->lost) {
        ledger_end(session->ledger, "a connection that was to be kept was closed");
    }
}

/* What was changed on the first connection may be seen on the second one or not: it is not asked for. */
static void forget_changes(struct session *second, const struct session *first)
{
    for (uint64_t id = 1; id <= SEED_ITEMS; id++) {
        if (!catalog_is_seed(&first->catalog, id)) {
            catalog_delete(&second->catalog, id);
        }
    }
}

static bool is_stopped(const struct verify_options *options)
{
    return options->stop != NULL && atomic_load(options->stop);
}

/* Ask again on a connection that was left alone since `since_ns`, once that is long enough ago. */
static void wake(struct session *idle, uint64_t since_ns)
{
    if (clock_now_ns() - since_ns > IDLE_MOST_NS) {
        return; /* on a slow machine the checks took so long that it may have been closed */
    }
    idle->idle_ns = idle->options->idle_ns;
    while (clock_now_ns() - since_ns < idle->idle_ns && !session_is_over(idle) && !is_stopped(idle->options)) {
        clock_sleep_ns(20 * CLOCK_MILLISECOND_NS);
    }
    operation_health(idle);
}

struct sessions {
    struct session first, second, idle;
    struct order_book orders;
};

static int open_sessions(struct sessions *sessions, const struct verify_options *options, struct ledger *ledger,
                         struct error *err)
{
    if (session_init(&sessions->first, options, ledger, 1, err) != 0) {
        return -1;
    }
    if (session_init(&sessions->second, options, ledger, 2, err) != 0) {
        goto release_first;
    }
    if (session_init(&sessions->idle, options, ledger, 3, err) != 0) {
        goto release_second;
    }
    order_book_init(&sessions->orders);
    sessions->first.orders = sessions->second.orders = sessions->idle.orders = &sessions->orders;
    return 0;

release_second:
    session_release(&sessions->second);
release_first:
    session_release(&sessions->first);
    return -1;
}

static void run_sessions(struct sessions *sessions, unsigned operations)
{
    struct check_context context = {.session = &sessions->first, .operations = operations};

    if (sessions->first.options->items != SEED_ITEMS) {
        check_item_count(&context);
        return;
    }
    if (sessions->first.options->faults) {
        check_faults(&context);
        return;
    }
    struct check_context second = {.session = &sessions->second, .operations = operations};
    bool idle = sessions->idle.options->idle_ns > 0 && operations & OPERATION_HEALTH;

    if (idle) {
        operation_health(&sessions->idle);
    }
    uint64_t idle_since_ns = clock_now_ns();
    run_checks(&context);
    forget_changes(&sessions->second, &sessions->first);
    sessions->second.shared = true;
    check_second_connection(&second);
    check_orders_elsewhere(&second);
    context.session->relies = false;
    check_orders_elsewhere(&context);
    if (idle) {
        wake(&sessions->idle, idle_since_ns);
    }
}

static void expect(struct ledger *ledger, unsigned operations)
{
    for (unsigned i = 0; operation_name(i) != NULL; i++) {
        if (operations & 1u << i) {
            ledger_expect(ledger, operation_name(i));
        }
    }
}

static unsigned without(const struct verify_options *options, unsigned operations)
{
    const struct {
        bool given;
        unsigned operations, without;
    } things[] = {
        {options->upstream != NULL, OPERATION_FAN_OUT, WITHOUT_UPSTREAM},
        {options->database, OPERATION_PLACE | OPERATION_GET_ORDER, WITHOUT_DATABASE},
        {options->model_cases != NULL, OPERATION_SCORE, WITHOUT_MODEL},
        {options->table_rows > 0, OPERATION_REPORT, WITHOUT_TABLE},
        {options->token_key != NULL, OPERATION_LOG_IN | OPERATION_MEMBER_ITEM, WITHOUT_ACCOUNTS},
    };
    unsigned missing = 0;

    for (size_t i = 0; i < sizeof things / sizeof things[0]; i++) {
        missing |= !things[i].given && operations & things[i].operations ? things[i].without : 0;
    }
    return missing;
}

int verify_run(const struct verify_options *options, struct verify_result *ret_result, struct error *err)
{
    struct verify_result result = {.seed = options->seed};
    struct ledger ledger = {.result = &result};
    unsigned operations;

    if (operation_read(options->operations, &operations, err) != 0) {
        return -1;
    }
    result.without = without(options, operations);
    result.without_statements =
        options->database && options->count_statements == NULL && operations & (OPERATION_PLACE | OPERATION_GET_ORDER);
    struct sessions *sessions = mem_new(1, sizeof *sessions);
    int status = open_sessions(sessions, options, &ledger, err);
    if (status == 0) {
        expect(&ledger, operations);
        run_sessions(sessions, operations);
        session_release(&sessions->first);
        session_release(&sessions->second);
        session_release(&sessions->idle);
        order_book_release(&sessions->orders);
    }
    free(sessions);
    if (status == 0 && is_stopped(options)) {
        status = error_stopped(err);
    }
    if (status == 0) {
        *ret_result = result;
    } else {
        verify_result_release(&result);
    }
    return status;
}
