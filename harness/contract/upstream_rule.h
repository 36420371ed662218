/* upstream_rule: what the upstream service answers to `GET /values/{key}/{call}`. The service that the harness starts
 * answers by it, and verify knows by it what a fan-out must come to. Pure: the same call has the same answer on every
 * machine, so an answer that nobody asked the upstream for cannot be right. */
#ifndef TWOFOLD_CONTRACT_UPSTREAM_RULE_H
#define TWOFOLD_CONTRACT_UPSTREAM_RULE_H

#include <stdbool.h>
#include <stdint.h>

/* A value is below this, so that the sum of 64 of them is exact wherever numbers are doubles. */
#define UPSTREAM_VALUES (UINT64_C(1) << 47)

#define UPSTREAM_MILLION 1000000

struct upstream_rule {
    uint32_t failing_of_million; /* so many of a million calls are answered with 503; 0: none */
};

/* The value of a call that does not fail, 0 to UPSTREAM_VALUES - 1, each as likely as the others. */
uint64_t upstream_rule_value(uint64_t key, uint32_t call);

/* Is this call answered with 503? As likely for each key and call, and again so each time it is asked. */
bool upstream_rule_fails(const struct upstream_rule *rule, uint64_t key, uint32_t call);

#endif
