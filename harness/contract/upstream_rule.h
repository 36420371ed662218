/* upstream_rule: what the upstream responds to `GET /values/{key}/{call}`.
 *
 * The upstream that the harness starts follows this rule, and verify computes from it what a fan-out must return. It is
 * pure: the same call has the same response on every machine, so a backend cannot guess a value it did not ask for. */
#ifndef TWOFOLD_CONTRACT_UPSTREAM_RULE_H
#define TWOFOLD_CONTRACT_UPSTREAM_RULE_H

#include <stdbool.h>
#include <stdint.h>

/* Every value is below this limit, so that a sum of 64 values is exact in a double. */
#define UPSTREAM_VALUES (UINT64_C(1) << 47)

#define UPSTREAM_MILLION 1000000

/* The calls of this key are responded to UPSTREAM_SLOW_NS after they came, whatever the delays of the others are, and
 * do not wait in line: so many are in flight at a time as their caller has connections. Verify counts these with it. */
#define UPSTREAM_SLOW_KEY ((UINT64_C(1) << 53) - 2)
#define UPSTREAM_SLOW_NS  UINT64_C(1500000000)

struct upstream_rule {
    uint32_t failing_of_million; /* calls out of a million whose response is 503; 0: none */
};

/* The value of a call that does not fail: uniform in 0 to UPSTREAM_VALUES - 1. */
uint64_t upstream_rule_value(uint64_t key, uint32_t call);

/* Whether the response to this call is 503. Every call is equally likely to fail, and always gives the same result. */
bool upstream_rule_fails(const struct upstream_rule *rule, uint64_t key, uint32_t call);

#endif
