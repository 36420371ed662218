#include "analysis/verdict/wrong_responses.h"

#include <stdint.h>

static uint64_t wrong(const struct tally *tally)
{
    return tally->failures[FAILURE_STATUS] + tally->failures[FAILURE_BODY];
}

double wrong_responses_share(const struct tally *tally)
{
    return tally->completed > 0 ? (double)wrong(tally) / (double)tally->completed : 0;
}

bool wrong_responses_prevail(const struct tally *tally)
{
    return wrong_responses_share(tally) > 0.5;
}

bool wrong_responses_only(const struct tally *tally)
{
    return tally->completed > 0 && wrong(tally) == tally->completed;
}
