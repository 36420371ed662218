/* burst: sends the same request several times at once, each over a connection of its own. */
#ifndef TWOFOLD_CONTRACT_VERIFY_BURST_H
#define TWOFOLD_CONTRACT_VERIFY_BURST_H

#include "contract/verify/call.h"
#include "contract/verify/verify.h"

#include <stddef.h>

/* Sends `call` `count` times at once to the service of the options and waits until each has its response or its time is
 * up. All of `ret_responses` are filled, in any order; the caller releases them. */
void burst_send(const struct verify_options *options, const struct call *call, size_t count,
                struct call_response *ret_responses);

#endif
