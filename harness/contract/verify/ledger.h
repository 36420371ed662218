/* ledger: records in a result what was asked, and the differences; of each rule only the first few. */
#ifndef TWOFOLD_CONTRACT_VERIFY_LEDGER_H
#define TWOFOLD_CONTRACT_VERIFY_LEDGER_H

#include "contract/verify/call.h"
#include "contract/verify/judge.h"
#include "contract/verify/rule.h"
#include "contract/verify/verify.h"

#include <stddef.h>

struct ledger {
    struct verify_result *result;
    size_t counts[RULE_COUNT];
};

/* One difference. Every pointer is borrowed. */
struct finding {
    enum rule rule;
    const char *operation;                /* that was asked for; NULL: none of the contract */
    const char *request;                  /* as written by call_describe */
    const char *expected;                 /* one line */
    const char *wrong;                    /* one line */
    const struct call_response *response; /* NULL: none to show */
};

void ledger_add(struct ledger *ledger, const struct finding *finding);

/* Begins the tally of an operation that is to be tried. */
void ledger_expect(struct ledger *ledger, const char *operation);

/* Counts a request for the operation; NULL: for none of the contract. */
void ledger_ask(struct ledger *ledger, const char *operation);

/* Record why the checks ended early. The first reason is kept. */
void ledger_end(struct ledger *ledger, const char *reason);

#endif
