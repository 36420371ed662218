#include "verify_case.h"

#include "base/clock.h"
#include "test.h"
#include "wrong_special.h"
#include "wrong_work.h"

#include <string.h>

struct verify_options verify_case_options(const char *url)
{
    static char *const catalog[] = {"health", "listItems", "createItem", "getItem", "replaceItem", "deleteItem", NULL};
    struct verify_options options;

    verify_options_init(&options, url);
    options.operations = catalog;
    options.rounds = 1;
    options.response_timeout_ns =
        30 * CLOCK_SECOND_NS; /* so long that a busy machine does not look like a silent service */
    options.idle_ns = 0;
    return options;
}

void verify_case_run(const struct verify_options *options, struct verify_result *ret_result)
{
    struct error err = {0};

    if (verify_run(options, ret_result, &err) != 0) {
        fail_msg("%s", err.message);
    }
}

void verify_case_fail(const char *why, const struct verify_result *result)
{
    struct text text = {0};

    verify_result_write(result, &text);
    print_error("%s\n%s", why, text.data);
    text_release(&text);
    fail();
}

const struct verify_difference *verify_case_find(const struct verify_result *result, enum rule rule)
{
    for (size_t i = 0; i < result->difference_count; i++) {
        if (strcmp(result->differences[i].rule, rule_sentence(rule)) == 0) {
            return &result->differences[i];
        }
    }
    return NULL;
}

void verify_case_check(const struct verify_case *fault, struct verify_options *options, struct wrong_service *service)
{
    struct verify_result result;

    verify_case_run(options, &result);
    wrong_service_stop(service);
    const struct verify_difference *difference = verify_case_find(&result, fault->rule);
    if (difference == NULL) {
        verify_case_fail("no difference under the rule that this fault breaks", &result);
    } else if (fault->came != NULL && strstr(difference->came, fault->came) == NULL) {
        verify_case_fail("the difference does not say it", &result);
    }
    assert_false(verify_result_is_good(&result));
    verify_result_release(&result);
}

void verify_case_give_all(struct verify_options *options)
{
    static const struct upstream_rule upstream = {WRONG_FAILING};

    options->upstream = &upstream;
    options->database = true;
    options->model_cases = WRONG_MODEL_CASES;
    options->table_rows = WRONG_TABLE_ROWS;
    options->token_key = WRONG_TOKEN_KEY;
}

void verify_case_check_among(const struct verify_case *fault, char *const *operations)
{
    struct wrong_service *service = wrong_service_start(fault->fault);
    struct verify_options options = verify_case_options(wrong_service_url(service));

    options.operations = operations;
    verify_case_give_all(&options);
    verify_case_check(fault, &options, service);
}
