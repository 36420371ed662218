/* audit_finding: do a backend's answers add up with what the database and the upstream hold?
 *
 * Orders: those answered as placed (in time or late) <= those stored <= those sent; a request that was refused or never
 * answered may have been stored or not. Each stored order has as many lines as were sent, a total that is that of its
 * lines, and its stock taken. Upstream: N calls for each fan-out answered rightly in time <= calls that the upstream
 * counted <= N for each fan-out sent, so no answer was kept, shared or made up. Fan-outs whose deadline is beyond the time
 * after which a backend may give a call up have no lower bound. */
#ifndef TWOFOLD_CONTRACT_ORDERS_AUDIT_RULE_H
#define TWOFOLD_CONTRACT_ORDERS_AUDIT_RULE_H

#include "plan/scenario/scenario.h"
#include "record/run_log.h"

/* How the answers of this backend in all its trials do not add up: a phrase on the heap; NULL: they do, or nothing was
 * counted. */
char *audit_rule_judge(const struct run_log *log, const struct scenario *scenario, const char *backend);

#endif
