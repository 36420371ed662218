/* judge: is this response what the contract asks for? Pure: a response and an expectation in, a verdict out. */
#ifndef TWOFOLD_CONTRACT_VERIFY_JUDGE_H
#define TWOFOLD_CONTRACT_VERIFY_JUDGE_H

#include "base/text.h"
#include "contract/verify/call.h"
#include "contract/verify/model/summary.h"
#include "contract/verify/rule.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

struct expectation {
    enum rule rule;     /* what a wrong status or body breaks */
    int status;         /* 204 asks for no body, 4xx for a problem, the others for JSON */
    int other_status;   /* as good, or 0 */
    int third_status;   /* as good, or 0 */
    const json_t *body; /* exactly this JSON; NULL: the body of a 2xx is not looked at */
    uint64_t location;  /* the id in Location; 0: not looked at */
    const char *place;  /* what stands in Location before the id; NULL: "/items/" */

    const struct summary *summary; /* `body` shows it, but it is exact only as far as a summary must be; or NULL */
};

/* True when it is. Otherwise sets *ret_rule to the sentence that the response breaks and appends to `ret_wrong` what is
 * wrong with it. */
bool judge_response(const struct expectation *expectation, const struct answer *response, enum rule *ret_rule,
                    struct text *ret_wrong);

/* Append in one line what is expected. */
void judge_describe(const struct expectation *expectation, struct text *out);

/* The body of a response as JSON, a new reference; NULL when it is none, and why appended to `wrong` (may be NULL). */
json_t *judge_body(const struct answer *response, struct text *wrong);

#endif
