/* audit_rule: do the responses of a backend add up with what the database and the upstream counted?
 *
 * Orders: orders confirmed (in time or late) <= orders stored <= orders sent. A request that failed or got no response
 * may or may not have been stored. Each stored order has as many lines as were sent, its total is the sum of its lines,
 * and its quantities were taken out of stock. Upstream: with N calls a fan-out, N x correct fan-outs in time <= calls
 * counted by the upstream <= N x fan-outs sent. A backend that cached, shared or invented a value falls below the lower
 * bound. There is no lower bound for fan-outs whose deadline is longer than the time after which a backend may give up
 * a call. */
#ifndef TWOFOLD_CONTRACT_ORDERS_AUDIT_RULE_H
#define TWOFOLD_CONTRACT_ORDERS_AUDIT_RULE_H

#include "plan/scenario/scenario.h"
#include "record/run_log.h"

/* What does not add up for this backend over all its trials, as a phrase that the caller frees. NULL when everything
 * adds up or nothing was counted. */
char *audit_rule_judge(const struct run_log *log, const struct scenario *scenario, const char *backend);

#endif
