/* ledger: writes differences into a result, the first few for each sentence of the contract. */
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

/* What goes with one difference, all of it borrowed. */
struct finding {
    enum rule rule;
    const char *request;           /* as call_describe wrote it */
    const char *expected;          /* one line */
    const char *wrong;             /* one line */
    const struct answer *response; /* NULL: none to show */
};

void ledger_add(struct ledger *ledger, const struct finding *finding);

/* The checks end early. The first reason stays. */
void ledger_end(struct ledger *ledger, const char *reason);

#endif
