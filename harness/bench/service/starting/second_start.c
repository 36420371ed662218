#include "bench/service/starting/second_start.h"

#include "base/file.h"
#include "base/mem.h"
#include "bench/service/starting/variables.h"
#include "contract/operation.h"
#include "contract/seed.h"
#include "contract/verify/verify.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static char many_items[] = "ITEMS=20000";
static char may_fail[] = "FAULTS=1";

static const uint32_t item_count = 2 * SEED_ITEMS;

struct second_start {
    char *variable; /* that it is started with */
    char **operations;
    uint32_t items;
    bool faults; /* it is asked to fail, and started again each time */
};

static char *fault_of(const struct second_start *second, const struct verify_result *result)
{
    if (result->difference_count == 0) {
        return mem_format("started with %s it could not be verified: %s", second->variable, result->ended);
    }
    const struct verify_difference *first = &result->differences[0];
    return mem_format("started with %s, %zu of %zu responses differ. The first: %s\n%s\nexpected: %s\ncame: %s",
                      second->variable, result->different, result->checks, first->rule, first->request, first->expected,
                      first->came);
}

static int ask(const struct second_start *second, const struct instance_options *start, const struct instance *instance,
               char **ret_fault, struct error *err)
{
    struct verify_options options;
    struct verify_result result;
    char *url = instance_url(instance);

    verify_options_init(&options, url);
    options.operations = second->operations;
    options.items = second->items;
    options.faults = second->faults;
    options.stop = start->stop;
    int status = verify_run(&options, &result, err);
    if (status == 0 && !verify_result_is_good(&result)) {
        *ret_fault = fault_of(second, &result);
    }
    if (status == 0) {
        verify_result_release(&result);
    }
    free(url);
    return status;
}

static int check(const struct second_start *second, const struct instance_options *start, char **ret_fault,
                 struct error *err)
{
    char *more[] = {second->variable, NULL};
    char **variables = variables_join(start->variables, more);
    struct instance_options options = *start;
    struct instance instance;

    options.variables = variables;
    options.kept = second->faults;
    int result = instance_start(&instance, &options, err);
    if (result == 0) {
        result = ask(second, &options, &instance, ret_fault, err);
        instance_stop(&instance);
    }
    file_list_free(variables);
    return result;
}

/* Toys of tests serve less than the whole contract, and know nothing of ITEMS. */
static bool items_matter(const struct manifest *manifest, const struct scenario *scenario)
{
    bool told = scenario == NULL || (scenario->variable != NULL && strcmp(scenario->variable, "ITEMS") == 0);
    return operation_all(manifest->operations) && told;
}

static bool faults_matter(const struct manifest *manifest, const struct scenario *scenario)
{
    return operation_is_among("fail", manifest->operations) && (scenario == NULL || scenario_has_faults(scenario));
}

int second_start_check(const struct instance_options *start, const struct scenario *scenario, char **ret_fault,
                       struct error *err)
{
    static char list[] = "listItems", get[] = "getItem", create[] = "createItem", health[] = "health", fail[] = "fail";
    char *of_items[] = {list, get, create, NULL}, *of_faults[] = {health, fail, NULL};
    const struct second_start items = {many_items, of_items, item_count, false};
    const struct second_start faults = {may_fail, of_faults, SEED_ITEMS, true};
    char *fault = NULL;

    if (items_matter(start->manifest, scenario) && check(&items, start, &fault, err) != 0) {
        return -1;
    }
    if (fault == NULL && faults_matter(start->manifest, scenario) && check(&faults, start, &fault, err) != 0) {
        return -1;
    }
    if (fault != NULL) {
        *ret_fault = fault;
    }
    return 0;
}
