#include "contract/verify/verify.h"

#include "base/clock.h"
#include "base/mem.h"
#include "test.h"
#include "verify_case.h"

#include <stdlib.h>
#include <string.h>

/* ---- one fault after another, each among the operations that it is in ---- */

static const struct verify_case summary_faults[] = {
    {FAULT_STDEV_OF_SAMPLE, RULE_SUMMARY, "the deviation of a sample is found", "stdev is "},
    {FAULT_SUM_OF_SQUARES, RULE_SUMMARY, "a deviation lost among large values is found", "stdev is "},
    {FAULT_SINGLE_PRECISION, RULE_SUMMARY, "a sum of single precision is found", "mean is "},
    {FAULT_NEAREST_RANK, RULE_SUMMARY, "percentiles without interpolation are found", "expected "},
    {FAULT_RANK_OF_COUNT, RULE_SUMMARY, "percentiles a rank too high are found", "expected "},
    {FAULT_SORTS_AS_TEXT, RULE_SUMMARY, "numbers sorted as texts are found", "expected "},
    {FAULT_COUNT_IS_REAL, RULE_SUMMARY, "a count that is a real is found", "count is not the integer"},
    {FAULT_SUMMARY_WITH_SUM, RULE_SUMMARY, "a member too many in a summary is found", "nine members"},
    {FAULT_MAX_BEYOND_LAST, RULE_HISTOGRAM, "a maximum beyond the last bin is found", "histogram[19]"},
    {FAULT_BINS_ROUND, RULE_HISTOGRAM, "bins that round are found", "histogram["},
    {FAULT_EQUAL_IN_LAST, RULE_HISTOGRAM, "equal values in the last bin are found", "histogram[0]"},
    {FAULT_SERIES_TOO_LONG, RULE_SERIES, "a number too many is found", "status 200, expected 422"},
    {FAULT_SERIES_TOO_SHORT, RULE_SERIES, "a long series that is refused is found", "status 422, expected 200"},
    {FAULT_SERIES_TOO_LARGE, RULE_SERIES, "numbers that are too large are found", "status 200, expected 422"},
    {FAULT_SERIES_OF_TEXTS, RULE_SERIES, "texts taken for numbers are found", "status 200, expected 422"},
    {FAULT_SERIES_FIELDS, RULE_SERIES, "unknown fields beside a series are found", "status 200, expected 422"},
    {FAULT_SERIES_BROKEN, RULE_NOT_JSON, "422 for a series that is not JSON is found", "status 422, expected 400"},
    {FAULT_SERIES_ONE_MIB, RULE_SERIES_SIZE, "a long body of a series that is refused is found", "status 413"},
};

static const struct verify_case search_faults[] = {
    {FAULT_SEARCH_COUNTS_BYTES, RULE_SEARCH, "distances in bytes are found", NULL},
    {FAULT_SEARCH_ANY_CASE, RULE_SEARCH, "distances without case are found", NULL},
    {FAULT_SEARCH_REPLACES_FOR_TWO, RULE_SEARCH, "a replacement for two is found", ".distance is "},
    {FAULT_SEARCH_TRANSPOSES, RULE_SEARCH, "a transposition for one is found", ".distance is "},
    {FAULT_SEARCH_SEED_ONLY, RULE_SEARCH, "a search that misses new items is found", "items[0]"},
    {FAULT_SEARCH_TIES, RULE_SEARCH, "equal distances in the wrong order are found", ".id is "},
    {FAULT_SEARCH_NINE, RULE_SEARCH, "a match too few is found", "expected "},
    {FAULT_SEARCH_LONG_QUERY, RULE_SEARCH_QUERY, "a query too long is found", "status 200, expected 422"},
    {FAULT_SEARCH_EMPTY_QUERY, RULE_SEARCH_QUERY, "an empty query that is taken is found", "status 200, expected 422"},
};

static const struct verify_case fan_out_faults[] = {
    {FAULT_NOTHING_BEHIND, RULE_FAN_OUT, "a fan-out without its upstream is found", "status 503, expected 200"},
    {FAULT_FAN_OUT_UNORDERED, RULE_FAN_OUT, "results in another order are found", ".call is "},
    {FAULT_FAN_OUT_SUM, RULE_FAN_OUT, "a wrong sum is found", "sum is "},
    {FAULT_FAN_OUT_DEFAULT, RULE_FAN_OUT, "another default of calls is found", "expected "},
    {FAULT_FAN_OUT_SHORT_KEY, RULE_FAN_OUT, "a key cut to 32 bits is found", "key is "},
    {FAULT_FAN_OUT_NOT_PARTIAL, RULE_PARTIAL, "a failed call that is not marked is found", "partial is false"},
    {FAULT_FAN_OUT_ZERO, RULE_PARTIAL, "a failed call taken for 0 is found", "value is 0, expected null"},
    {FAULT_FAN_OUT_LEAVES_OUT, RULE_PARTIAL, "a failed call left out is found", "expected "},
    {FAULT_FAN_OUT_FAILS_WHOLE, RULE_PARTIAL, "a fan-out that fails as a whole is found", "status 502, expected 200"},
    {FAULT_FAN_OUT_65, RULE_FAN_OUT_QUERY, "a call too many is found", "status 200, expected 422"},
    {FAULT_FAN_OUT_WITHOUT_KEY, RULE_FAN_OUT_QUERY, "a missing key is found", "status 200, expected 422"},
};

static const struct verify_case few_connections = {FAULT_FAN_OUT_FEW_CONNECTIONS, RULE_AT_ONCE, "", "sum is "};

static const struct verify_case order_faults[] = {
    {FAULT_NOTHING_BEHIND, RULE_PLACE, "orders without their database are found", "status 503, expected 201"},
    {FAULT_TOTAL, RULE_PLACE, "a wrong total is found", "total_cents is "},
    {FAULT_LINES_SORTED, RULE_PLACE, "lines in another order are found", "lines["},
    {FAULT_ORDER_WITHOUT_LOCATION, RULE_PLACE, "an order without Location is found", "there is no Location"},
    {FAULT_LINE_LOST, RULE_GET_ORDER, "a line that was not stored is found", "expected "},
    {FAULT_CUSTOMER_TRIMMED, RULE_GET_ORDER, "a customer stored otherwise is found", "customer is "},
    {FAULT_ORDERS_OF_THE_CONNECTION, RULE_GET_ORDER, "orders seen on one connection only are found", "status 404"},
    {FAULT_MISSING_ORDER, RULE_GET_ORDER, "another status for a missing order is found", "status 410, expected 404"},
    {FAULT_LOOSE_ORDER_IDS, RULE_PATH, "ids of orders with something behind them are found", "expected 422"},
    {FAULT_CUSTOMER_IN_BYTES, RULE_NOT_AN_ORDER, "customers counted in bytes are found", "status 422, expected 201"},
    {FAULT_CUSTOMER_TOO_LONG, RULE_NOT_AN_ORDER, "a customer too long is found", "status 201, expected 422"},
    {FAULT_CUSTOMER_WITH_NUL, RULE_NOT_AN_ORDER, "a customer with NUL is found", "status 201, expected 422"},
    {FAULT_LINE_TOO_MANY, RULE_NOT_AN_ORDER, "a line too many is found", "status 201, expected 422"},
    {FAULT_LINE_TOO_FEW, RULE_PLACE, "twenty lines that are refused are found", "status 422, expected 201"},
    {FAULT_LINE_FIELDS, RULE_NOT_AN_ORDER, "unknown fields in a line are found", "status 201, expected 422"},
    {FAULT_LARGE_QUANTITY, RULE_NOT_AN_ORDER, "a quantity too large is found", "status 201, expected 422"},
    {FAULT_SAME_ITEM_TWICE, RULE_NOT_AN_ORDER, "the same item twice is found", "status 201, expected 422"},
    {FAULT_UNKNOWN_IS_404, RULE_UNKNOWN_ITEM, "another status for an unknown item is found",
     "status 404, expected 422"},
    {FAULT_SHORT_IS_422, RULE_STOCK, "another status for short stock is found", "status 422, expected 409"},
    {FAULT_OVERSELLS, RULE_STOCK, "more sold than there is is found", "status 201, expected 409"},
    {FAULT_KEEPS_THE_LAST, RULE_STOCK, "a last one that is not sold is found", "status 409, expected 201"},
    {FAULT_NOT_ROLLED_BACK, RULE_STOCK, "stock taken by a refused order is found", "status 409, expected 201"},
};

TEST_EACH(a_fault_of_summaries, summary_faults)
{
    char *operations[] = {"summarizeSeries", NULL};
    verify_case_check_among(*state, operations);
}

TEST_EACH(a_fault_of_searches, search_faults)
{
    char *operations[] = {"searchItems", "createItem", "deleteItem", NULL};
    verify_case_check_among(*state, operations);
}

TEST_EACH(a_fault_of_fan_outs, fan_out_faults)
{
    char *operations[] = {"fanOut", NULL};
    verify_case_check_among(*state, operations);
}

TEST(a_fan_out_over_too_few_connections_is_found)
{
    char *operations[] = {"fanOut", NULL};
    verify_case_check_among(&few_connections, operations);
}

static const struct verify_case ways_to_fail[] = {
    {FAULT_SURVIVES_ABORT, RULE_FAULT, "an abort that is answered is found", "another response"},
    {FAULT_HIDES_PANIC, RULE_FAULT, "an exception that is answered with a 200 is found", "another response"},
    {FAULT_TIMER_IS_LOST, RULE_FAULT, "a timer that is not answered is found", "closed without a response"},
    {FAULT_ANY_KIND, RULE_FAULT, "a kind that there is not is found", "status 202, expected 422"},
    {FAULT_NOT_THERE_AGAIN, RULE_FAULT, "a service that is not there again is found", "nobody listens"},
};

static void ask_to_fail(struct verify_options *options, const struct wrong_service *service)
{
    static char *operations[] = {"health", "fail", NULL};

    *options = verify_case_options(wrong_service_url(service));
    options->operations = operations;
    options->faults = true;
}

TEST_EACH(a_way_to_fail, ways_to_fail)
{
    const struct verify_case *fault = *state;
    struct wrong_service *service = wrong_service_start(fault->fault);
    struct verify_options options;

    ask_to_fail(&options, service);
    if (fault->fault == FAULT_NOT_THERE_AGAIN) {
        options.response_timeout_ns = CLOCK_MILLISECOND_NS * 500;
    }
    verify_case_check(fault, &options, service);
}

TEST(a_service_that_fails_as_asked_has_no_difference)
{
    struct wrong_service *service = wrong_service_start(FAULT_FAILS_AS_ASKED);
    struct verify_options options;
    struct verify_result result;

    ask_to_fail(&options, service);
    verify_case_run(&options, &result);
    wrong_service_stop(service);
    if (!verify_result_is_good(&result)) {
        verify_case_fail("it fails as asked", &result);
    }
    assert_int_equal(result.checks, 7);
    verify_result_release(&result);
}

TEST(a_service_that_does_not_start_with_so_many_items_is_found)
{
    static const struct verify_case ignores = {FAULT_NONE, RULE_ITEMS, "", "status 404, expected 200"};
    struct wrong_service *service = wrong_service_start(ignores.fault);
    struct verify_options options = verify_case_options(wrong_service_url(service));

    options.items = 20000;
    verify_case_check(&ignores, &options, service);
}

TEST(a_service_that_counts_on_from_other_items_is_found)
{
    static const struct verify_case counts = {FAULT_NONE, RULE_ITEMS, "", "status 200, expected 404"};
    struct wrong_service *service = wrong_service_start(counts.fault);
    struct verify_options options = verify_case_options(wrong_service_url(service));

    options.items = 5000;
    verify_case_check(&counts, &options, service);
}

TEST_EACH(a_fault_of_orders, order_faults)
{
    char *operations[] = {"placeOrder", "getOrder", NULL};
    verify_case_check_among(*state, operations);
}

/* ---- the whole ---- */

TEST(a_faultless_service_of_all_operations_has_no_difference)
{
    struct wrong_service *service = wrong_service_start(FAULT_NONE);
    struct verify_options options = verify_case_options(wrong_service_url(service));
    struct verify_result result;

    options.operations = NULL;
    verify_case_give_all(&options);
    verify_case_run(&options, &result);
    wrong_service_stop(service);
    if (!verify_result_is_good(&result)) {
        verify_case_fail("differences", &result);
    }
    assert_in_range(result.checks, 1800, 5000);
    assert_int_equal(result.without, 0);
    verify_result_release(&result);
}

/* How many statements each order takes; the callback is asked before, between and after them. */
struct counted {
    uint64_t placed, read;
    unsigned asked;
};

static bool count_statements(void *context, uint64_t *ret_count)
{
    struct counted *counted = context;
    const uint64_t counts[] = {7, 7 + 20 * counted->placed, 7 + 20 * (counted->placed + counted->read)};

    *ret_count = counts[counted->asked++];
    return true;
}

static void check_counted(uint64_t placed, uint64_t read, size_t different)
{
    char *operations[] = {"placeOrder", "getOrder", NULL};
    struct wrong_service *service = wrong_service_start(FAULT_NONE);
    struct verify_options options = verify_case_options(wrong_service_url(service));
    struct counted counted = {.placed = placed, .read = read};
    struct verify_result result;

    options.operations = operations;
    options.database = true;
    options.count_statements = count_statements;
    options.context = &counted;
    verify_case_run(&options, &result);
    wrong_service_stop(service);
    assert_int_equal(counted.asked, 3);
    assert_int_equal(result.different, different);
    assert_int_equal(verify_case_find(&result, RULE_STATEMENTS) != NULL, different > 0);
    verify_result_release(&result);
}

TEST(statements_of_orders_are_counted)
{
    check_counted(4, 1, 0);
    check_counted(6, 1, 1); /* two more than the contract's: as ORMs do it */
    check_counted(5, 2, 2); /* a reset of the connection after each use */
}

TEST(without_what_it_needs_the_503_of_an_operation_is_all_that_is_tried)
{
    char *operations[] = {"fanOut",     "placeOrder", "getOrder",      "scoreRows",
                          "makeReport", "logIn",      "getMemberItem", NULL};
    struct wrong_service *service = wrong_service_start(FAULT_NOTHING_BEHIND);
    struct verify_options options = verify_case_options(wrong_service_url(service));
    struct verify_result result;
    struct text text = {0};

    options.operations = operations;
    verify_case_run(&options, &result);
    wrong_service_stop(service);
    verify_result_write(&result, &text);
    assert_true(verify_result_is_good(&result));
    assert_int_equal(result.without,
                     WITHOUT_UPSTREAM | WITHOUT_DATABASE | WITHOUT_MODEL | WITHOUT_TABLE | WITHOUT_ACCOUNTS);
    assert_non_null(strstr(text.data,
                           "\nCovered less: without an upstream, a database, a model, a table and accounts only the "
                           "503 of fanOut, placeOrder, getOrder, scoreRows, makeReport, logIn and "
                           "getMemberItem was tried.\n"));
    text_release(&text);
    verify_result_release(&result);
}

TEST(an_answer_without_what_it_needs_is_found)
{
    static const struct verify_case invented = {FAULT_NONE, RULE_UNAVAILABLE, "", "expected 503"};
    char *fan_out[] = {"fanOut", NULL};
    char *orders[] = {"placeOrder", "getOrder", NULL};
    char *scores[] = {"scoreRows", NULL};
    char *reports[] = {"makeReport", NULL};
    char **const operations[] = {fan_out, orders, scores, reports};

    for (size_t i = 0; i < sizeof operations / sizeof operations[0]; i++) {
        struct wrong_service *service = wrong_service_start(FAULT_NONE);
        struct verify_options options = verify_case_options(wrong_service_url(service));
        options.operations = operations[i];
        verify_case_check(&invented, &options, service);
    }
}

TEST(what_is_not_served_is_not_missed)
{
    char *operations[] = {"health", NULL};
    struct wrong_service *service = wrong_service_start(FAULT_NONE);
    struct verify_options options = verify_case_options(wrong_service_url(service));
    struct verify_result result;

    options.operations = operations;
    verify_case_run(&options, &result);
    wrong_service_stop(service);
    assert_true(verify_result_is_good(&result));
    assert_int_equal(result.without, 0);
    verify_result_release(&result);
}

TEST(an_order_is_read_where_only_reading_is_served)
{
    char *operations[] = {"getOrder", NULL};
    struct wrong_service *service = wrong_service_start(FAULT_NONE);
    struct verify_options options = verify_case_options(wrong_service_url(service));
    struct verify_result result;

    options.operations = operations;
    options.database = true;
    verify_case_run(&options, &result);
    wrong_service_stop(service);
    assert_true(verify_result_is_good(&result));
    assert_in_range(result.checks, 20, 40);
    verify_result_release(&result);
}
