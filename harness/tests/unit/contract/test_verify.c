#include "contract/verify/verify.h"

#include "base/clock.h"
#include "base/mem.h"
#include "test.h"
#include "verify_case.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- one fault after another ---- */

static const struct verify_case faults[] = {
    {FAULT_CLOSES, RULE_KEPT, "a connection closed behind every answer is found", "after its response"},
    {FAULT_CLOSES_AFTER_4XX, RULE_KEPT, "a connection closed behind a 4xx is found", "after its response"},
    {FAULT_CUTS_BODY, RULE_RESPONDS, "a body cut short is found", "closed before the response was complete"},
    {FAULT_SENDS_MORE, RULE_FRAMING, "bytes behind a reply are found", "more bytes"},
    {FAULT_BODY_WITH_204, RULE_FRAMING, "a body behind a 204 is found", "a body came with it"},
    {FAULT_SILENT_ON_PUT, RULE_RESPONDS, "a service that never answers one method is found",
     "no response within 300 ms"},
    {FAULT_SILENT_LATER, RULE_RESPONDS, "a service that falls silent is found", "no response within 300 ms"},
    {FAULT_DIES_LATER, RULE_RESPONDS, "a service that dies is found", "has the service died?"},
    {FAULT_GARBAGE, RULE_RESPONDS, "garbage instead of HTTP is found", "no response in HTTP/1.1"},
    {FAULT_ENDLESS_BODY, RULE_RESPONDS, "a body without end is found", NULL},
    {FAULT_ENDLESS_HEAD, RULE_RESPONDS, "a head without end is found", "does not end"},
    {FAULT_HTTP_1_0, RULE_FRAMING, "an older HTTP is found", "not HTTP/1.1"},
    {FAULT_NO_CHUNKED, RULE_CREATE, "a chunked body that is not read is found", "status 400"},
    {FAULT_SMALL_BODIES, RULE_SIZE, "a long body that is refused is found", "status 413"},

    {FAULT_CONTENT_TYPE, RULE_SUCCESS, "a wrong content type is found", "text/json"},
    {FAULT_CHARSET, RULE_SUCCESS, "a charset other than UTF-8 is found", "latin1"},
    {FAULT_NO_LOCATION, RULE_LOCATION, "a missing Location is found", "there is no Location"},
    {FAULT_ABSOLUTE_LOCATION, RULE_LOCATION, "a Location with a host is found", "Location is http://"},
    {FAULT_PROBLEM_AS_JSON, RULE_PROBLEM, "a problem as plain JSON is found", "expected application/problem+json"},
    {FAULT_PROBLEM_STATUS, RULE_PROBLEM, "a problem with another status inside is found", "`status`"},
    {FAULT_PROBLEM_WITHOUT_DETAIL, RULE_PROBLEM, "a problem without detail is found", "`detail`"},
    {FAULT_PROBLEM_TYPE, RULE_PROBLEM, "a problem of another type is found", "`type`"},
    {FAULT_HEALTH, RULE_HEALTH, "a wrong health is found", "status is \"up\", expected \"ok\""},

    {FAULT_SEED, RULE_SEED, "one wrong item in the seed is found", ".stock is 1000"},
    {FAULT_SEED_SHORT, RULE_SEED, "a seed one item short is found", NULL},
    {FAULT_TRIMS, RULE_NAME, "a name that is trimmed is found", NULL},
    {FAULT_MANGLES_ASTRAL, RULE_NAME, "a name without its astral characters is found", "????"},
    {FAULT_COMPOSES, RULE_NAME, "a name that is normalised is found", "\\u00E9"},
    {FAULT_CUTS_AT_NUL, RULE_NAME, "a name cut at its NUL is found", NULL},
    {FAULT_PRICE_IS_REAL, RULE_CREATE, "a price that comes back as a real is found", ".0, expected "},
    {FAULT_FORGETS_PUT, RULE_GET, "a PUT that is forgotten is found", NULL},
    {FAULT_KEEPS_OLD_STOCK, RULE_REPLACE, "a PUT that keeps what it should set to the default is found", "stock is"},
    {FAULT_FIELD_TOO_MANY, RULE_SEED, "a field too many is found", "created_at is null, expected absent"},
    {FAULT_OK_FOR_MISSING, RULE_GET, "200 for a missing item is found", "status 200, expected 404"},
    {FAULT_NO_CONTENT_FOR_MISSING, RULE_DELETE, "204 for a missing item is found", "status 204, expected 404"},
    {FAULT_PUT_CREATES, RULE_REPLACE, "a PUT that creates is found", "status 200, expected 404"},
    {FAULT_REUSES_IDS, RULE_IDS, "an id that is used again is found", "id is"},
    {FAULT_REFUSED_TAKES_ID, RULE_IDS, "an id lost to a refused POST is found", "id is"},
    {FAULT_NEXT_AT_END, RULE_PAGE, "a next_after behind the last item is found", "expected null"},
    {FAULT_NEVER_NEXT, RULE_PAGE, "a missing next_after is found", "next_after is null"},
    {FAULT_AFTER_INCLUDED, RULE_PAGE, "a page that begins one too early is found", NULL},
    {FAULT_AFTER_IS_OFFSET, RULE_PAGE, "`after` taken for an offset is found", NULL},
    {FAULT_DEFAULT_LIMIT, RULE_PAGE, "another default limit is found", NULL},

    {FAULT_TAKES_UNKNOWN_FIELDS, RULE_NOT_AN_ITEM, "unknown fields that are taken are found", "expected 422"},
    {FAULT_KEYS_OF_ANY_CASE, RULE_NOT_AN_ITEM, "fields of any case are found", "expected 422"},
    {FAULT_TAKES_NUMBERS_AS_STRINGS, RULE_NOT_AN_ITEM, "numbers taken from strings are found", "expected 422"},
    {FAULT_TAKES_FRACTIONS, RULE_NOT_AN_ITEM, "fractions that are taken are found", "expected 422"},
    {FAULT_TAKES_NULL_STOCK, RULE_NOT_AN_ITEM, "null taken for a number is found", "expected 422"},
    {FAULT_WRAPS_NUMBERS, RULE_NOT_AN_ITEM, "numbers that wrap are found", "expected 422"},
    {FAULT_COUNTS_BYTES, RULE_RANGES, "lengths counted in bytes are found", "status 422, expected 201"},
    {FAULT_COUNTS_UTF16, RULE_RANGES, "lengths counted in UTF-16 are found", "status 422, expected 201"},
    {FAULT_TAKES_NINE_TAGS, RULE_RANGES, "a tag too many is found", "expected 422"},
    {FAULT_422_FOR_BROKEN, RULE_NOT_JSON, "422 for what is not JSON is found", "status 422, expected 400"},
    {FAULT_TAKES_TRAILING_BYTES, RULE_NOT_JSON, "bytes behind the JSON that are taken are found", "expected 400"},
    {FAULT_500_FOR_BROKEN, RULE_NOT_JSON, "500 for what is not JSON is found", "status 500, expected 400"},
    {FAULT_ANY_CONTENT_TYPE, RULE_CONTENT_TYPE, "any content type taken is found", "expected 415"},
    {FAULT_NO_PARAMETERS, RULE_CONTENT_TYPE, "a content type refused for its parameters is found", "status 415"},
    {FAULT_MISSING_BEFORE_FIELDS, RULE_ORDER, "404 before the body is read is found", "status 404"},
    {FAULT_CONTENT_TYPE_BEFORE_ID, RULE_ORDER, "415 before the id is read is found", "status 415, expected 422"},
    {FAULT_LOOSE_IDS, RULE_PATH, "ids with something behind them are found", "expected 422"},
    {FAULT_LIMIT_WITHOUT_END, RULE_QUERY, "a limit that is too high is found", "expected 422"},
    {FAULT_NEGATIVE_AFTER, RULE_QUERY, "an after below zero is found", "expected 422"},
    {FAULT_STRICT_QUERY, RULE_UNKNOWN_QUERY, "unknown parameters that are refused are found", "status 422"},
    {FAULT_PLAIN_404, RULE_PROBLEM, "an unknown path answered in plain text is found", "text/plain"},
    {FAULT_500_FOR_SURROGATE, RULE_SURROGATE, "500 for a lone surrogate is found", "status 500"},
};

TEST_EACH(the_fault_is_found, faults)
{
    const struct verify_case *fault = *state;
    struct wrong_service *service = wrong_service_start(fault->fault);
    struct verify_options options = verify_case_options(wrong_service_url(service));

    if (fault->fault == FAULT_SILENT_ON_PUT || fault->fault == FAULT_SILENT_LATER) {
        options.response_timeout_ns = 300 * CLOCK_MILLISECOND_NS;
    }
    verify_case_check(fault, &options, service);
}

/* ---- the whole ---- */

TEST(a_faultless_service_has_no_difference)
{
    struct wrong_service *service = wrong_service_start(FAULT_NONE);
    struct verify_options options = verify_case_options(wrong_service_url(service));
    struct verify_result result;

    options.rounds = 4;
    verify_case_run(&options, &result);
    wrong_service_stop(service);
    if (!verify_result_is_good(&result)) {
        verify_case_fail("differences", &result);
    }
    assert_in_range(result.checks, 1500, 5000);
    verify_result_release(&result);
}

TEST(a_connection_that_is_closed_while_idle_is_found)
{
    struct wrong_service *service = wrong_service_start(FAULT_CLOSES_IDLE);
    struct verify_options options = verify_case_options(wrong_service_url(service));
    struct verify_result result;

    options.rounds = 0;
    options.idle_ns = 2 * CLOCK_SECOND_NS;
    verify_case_run(&options, &result);
    wrong_service_stop(service);
    const struct verify_difference *difference = verify_case_find(&result, RULE_KEPT);
    assert_non_null(difference);
    assert_non_null(strstr(difference->came, "closed the connection within 2.00 s"));
    assert_string_equal(difference->request, "GET /healthz");
    assert_int_equal(result.different, 1);
    verify_result_release(&result);
}

TEST(only_the_named_operations_are_tried)
{
    struct wrong_service *service = wrong_service_start(FAULT_AFTER_INCLUDED);
    struct verify_options options = verify_case_options(wrong_service_url(service));
    char *operations[] = {"health", "getItem", NULL};
    struct verify_result result;

    options.operations = operations;
    verify_case_run(&options, &result);
    wrong_service_stop(service);
    assert_true(verify_result_is_good(&result));
    assert_in_range(result.checks, 10000, 12000);
    verify_result_release(&result);
}

/* A drawing that falls back to what is not served does so once in thousands of requests. */
TEST(no_seed_asks_for_what_is_not_served)
{
    static char *const served[][4] = {{"health"}, {"health"}, {"health"}, {"health", "deleteItem"}};

    for (uint64_t seed = 0; seed < 12; seed++) {
        struct wrong_service *service = wrong_service_start(FAULT_NONE);
        struct verify_options options = verify_case_options(wrong_service_url(service));
        struct verify_result result;
        char *const *operations = served[seed % 4];
        options.operations = operations;
        options.seed = seed;
        options.rounds = seed % 4 == 3 ? 1 : 8;
        verify_case_run(&options, &result);
        wrong_service_stop(service);
        assert_true(verify_result_is_good(&result));
        for (size_t i = 0; i < result.tally_count; i++) {
            const char *operation = result.tallies[i].operation;
            bool is_served = operation == NULL; /* unknown paths, asked for on purpose */
            for (size_t k = 0; operation != NULL && operations[k] != NULL; k++) {
                is_served = is_served || strcmp(operations[k], operation) == 0;
            }
            assert_true(is_served);
        }
        verify_result_release(&result);
    }
}

TEST(a_service_of_health_alone_needs_no_problem_documents)
{
    char *operations[] = {"health", NULL};
    struct wrong_service *service = wrong_service_start(FAULT_PLAIN_404);
    struct verify_options options = verify_case_options(wrong_service_url(service));
    struct verify_result result;

    options.operations = operations;
    verify_case_run(&options, &result);
    wrong_service_stop(service);
    assert_true(verify_result_is_good(&result));
    assert_int_equal(result.tally_count, 1);
    assert_int_equal(result.tallies[0].checks, result.checks);
    verify_result_release(&result);
}

TEST(the_end_says_which_operations_are_fine)
{
    struct wrong_service *service = wrong_service_start(FAULT_NO_LOCATION);
    struct verify_options options = verify_case_options(wrong_service_url(service));
    struct verify_result result;
    struct text text = {0};

    verify_case_run(&options, &result);
    wrong_service_stop(service);
    verify_result_write(&result, &text);
    const char *fine = strstr(text.data, "\n   fine      health (");
    const char *not_fine = strstr(text.data, "\n   not fine  createItem (");
    assert_non_null(fine);
    assert_non_null(strstr(fine, ", deleteItem ("));
    assert_non_null(not_fine);
    assert_non_null(strstr(not_fine, " responses differ)\n"));
    assert_null(strstr(not_fine, ", "));
    size_t checks = 0, different = 0;
    for (size_t i = 0; i < result.tally_count; i++) {
        checks += result.tallies[i].checks;
        different += result.tallies[i].different;
    }
    assert_int_equal(checks, result.checks);
    assert_int_equal(different, result.different);
    text_release(&text);
    verify_result_release(&result);
}

TEST(an_unknown_operation_is_refused)
{
    char *operations[] = {"getItems", NULL};
    struct verify_options options = verify_case_options("http://127.0.0.1:1");
    struct verify_result result = {.seed = 99};
    struct error err = {0};

    options.operations = operations;
    assert_int_equal(verify_run(&options, &result, &err), -1);
    assert_int_equal(err.kind, ERROR_INPUT);
    assert_non_null(strstr(err.message, "getItems: not an operation of the contract; expected health, "));
    assert_int_equal(result.seed, 99);
}

TEST(an_address_that_is_none_is_refused)
{
    static const char *const urls[] = {"", "127.0.0.1:80", "https://127.0.0.1", "http://", "http://127.0.0.1:80/items"};
    struct verify_result result;

    for (size_t i = 0; i < sizeof urls / sizeof urls[0]; i++) {
        struct verify_options options = verify_case_options(urls[i]);
        struct error err = {0};
        assert_int_equal(verify_run(&options, &result, &err), -1);
        assert_int_equal(err.kind, ERROR_INPUT);
    }
}

TEST(a_service_that_is_not_there_ends_the_checks)
{
    struct wrong_service *service = wrong_service_start(FAULT_NONE);
    char *url = mem_string(wrong_service_url(service));
    struct verify_options options = verify_case_options(url);
    struct verify_result result;

    wrong_service_stop(service);
    verify_case_run(&options, &result);
    assert_int_equal(result.different, 3);
    assert_string_equal(result.ended, "no response to three requests in a row");
    verify_result_release(&result);
    free(url);
}

TEST(the_time_for_all_checks_is_limited)
{
    struct wrong_service *service = wrong_service_start(FAULT_NONE);
    struct verify_options options = verify_case_options(wrong_service_url(service));
    struct verify_result result;

    options.limit_ns = 1;
    verify_case_run(&options, &result);
    wrong_service_stop(service);
    assert_string_equal(result.ended, "the checks were not done after 1 ns");
    assert_int_equal(result.checks, 0);
    assert_false(verify_result_is_good(&result));
    verify_result_release(&result);
}

TEST(a_stop_interrupts)
{
    struct wrong_service *service = wrong_service_start(FAULT_NONE);
    struct verify_options options = verify_case_options(wrong_service_url(service));
    struct verify_result result;
    struct error err = {0};
    atomic_bool stop = true;

    options.stop = &stop;
    assert_int_equal(verify_run(&options, &result, &err), -1);
    assert_int_equal(err.kind, ERROR_STOPPED);
    wrong_service_stop(service);
}

static char *differences_with_seed(uint64_t seed)
{
    struct wrong_service *service = wrong_service_start(FAULT_TRIMS);
    struct verify_options options = verify_case_options(wrong_service_url(service));
    struct verify_result result;
    struct text text = {0};

    options.seed = seed;
    verify_case_run(&options, &result);
    wrong_service_stop(service);
    verify_result_write(&result, &text);
    verify_result_release(&result);
    return text_take(&text);
}

TEST(a_seed_makes_the_same_differences_again)
{
    char *first = differences_with_seed(7);
    char *again = differences_with_seed(7);
    char *other = differences_with_seed(8);

    assert_string_equal(first, again);
    assert_string_not_equal(first, other);
    assert_non_null(strstr(first, "(seed 7)"));
    free(first);
    free(again);
    free(other);
}

TEST(a_difference_shows_the_request_and_both_answers)
{
    struct wrong_service *service = wrong_service_start(FAULT_NO_LOCATION);
    struct verify_options options = verify_case_options(wrong_service_url(service));
    struct verify_result result;

    verify_case_run(&options, &result);
    wrong_service_stop(service);
    const struct verify_difference *difference = verify_case_find(&result, RULE_LOCATION);
    assert_non_null(difference);
    assert_non_null(strstr(difference->request, "POST /items\nContent-Type: application/json\n{"));
    assert_non_null(strstr(difference->expected, "status 201, application/json, Location: /items/10001, {"));
    assert_non_null(strstr(difference->came, "there is no Location, expected /items/10001\nHTTP/1.1 201 Whatever\n"));
    assert_non_null(strstr(difference->came, "\nContent-Type: application/json\n"));
    assert_non_null(strstr(difference->came, "\n{\"name\":"));
    assert_int_equal(result.difference_count, 3);
    assert_true(result.different > 3);
    verify_result_release(&result);
}
