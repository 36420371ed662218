#include "contract/upstream_rule.h"

#include "base/random.h"

uint64_t upstream_rule_value(uint64_t key, uint32_t call)
{
    struct random random;

    random_init(&random, key, call);
    return random_next(&random) / (UINT64_MAX / UPSTREAM_VALUES + 1);
}

/* The second number of the generator whose first one is the value: neither tells the other. */
bool upstream_rule_fails(const struct upstream_rule *rule, uint64_t key, uint32_t call)
{
    struct random random;

    random_init(&random, key, call);
    random_next(&random);
    return random_below(&random, UPSTREAM_MILLION) < rule->failing_of_million;
}
