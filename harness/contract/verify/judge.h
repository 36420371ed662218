/* judge: compares a response with what the contract asks for. Pure. */
#ifndef TWOFOLD_CONTRACT_VERIFY_JUDGE_H
#define TWOFOLD_CONTRACT_VERIFY_JUDGE_H

#include "base/text.h"
#include "contract/verify/call.h"
#include "contract/verify/model/summary.h"
#include "contract/verify/rule.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

struct expected_response {
    enum rule rule;     /* the rule that a wrong status or body breaks */
    int status;         /* 204: no body; 4xx: a problem document; otherwise JSON */
    int other_status;   /* also accepted; 0: none */
    int third_status;   /* also accepted; 0: none */
    const json_t *body; /* the exact JSON; NULL: the body of a 2xx is not compared */
    uint64_t location;  /* the id in the Location header; 0: not compared */
    const char *place;  /* the part of Location before the id; NULL: "/items/" */

    bool page; /* `body` is what an HTML page shows (page_expect); else JSON */

    double tolerance; /* of the reals in `body` (mismatch_find_near); 0: compared exactly */

    const struct summary
        *summary; /* `body` as a summary, compared with the tolerance of the contract; NULL: not a summary */
};

/* Returns true when the response is as expected. Otherwise sets *ret_rule to the rule that it breaks and appends to
 * `ret_wrong` what is wrong. */
bool judge_response(const struct expected_response *expectation, const struct call_response *response,
                    enum rule *ret_rule, struct text *ret_wrong);

/* Append one line that says what is expected. */
void judge_describe(const struct expected_response *expectation, struct text *out);

/* Parse the body as JSON and return a new reference. Returns NULL when it is not JSON; the reason is appended to
 * `wrong`, which may be NULL. */
json_t *judge_body(const struct call_response *response, struct text *wrong);

#endif
