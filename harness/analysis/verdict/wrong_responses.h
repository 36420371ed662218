/* wrong_responses: whether what a step measured is the service at all, or a service that answers wrongly: another path,
 * another version, a missing token. Late responses and failed connections are not wrong responses. */
#ifndef TWOFOLD_ANALYSIS_VERDICT_WRONG_RESPONSES_H
#define TWOFOLD_ANALYSIS_VERDICT_WRONG_RESPONSES_H

#include "record/tally.h"

#include <stdbool.h>

/* The share of all responses that had a wrong status or a wrong body; 0 where there were none. */
double wrong_responses_share(const struct tally *tally);

/* Whether more than half of all responses were wrong. */
bool wrong_responses_prevail(const struct tally *tally);

/* Whether responses came, and not one was right. */
bool wrong_responses_only(const struct tally *tally);

#endif
