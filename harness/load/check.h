/* check: whether a response is the one that its request expects. */
#ifndef TWOFOLD_LOAD_CHECK_H
#define TWOFOLD_LOAD_CHECK_H

#include "base/text.h"
#include "load/transport/transport.h"
#include "load/users/captured.h"
#include "plan/traffic/request.h"
#include "record/tally.h"
#include "record/wrong_response.h"

/* FAILURE_NONE for the right one, else FAILURE_STATUS or FAILURE_BODY. `expected` is the JSON text that the member
 * request->expect_json of the body must equal; it is not read where that is NULL. */
enum failure check_response(const struct response *response, const struct request *request,
                            const struct text *expected);

/* What is wrong with a response that check_response called wrong, on the heap. It parses and copies: for one response
 * of many. */
struct wrong_response *check_explain(const struct response *response, const struct request *request,
                                     const struct text *expected);

/* The same for a response out of which nothing can be captured for the value `name`. */
struct wrong_response *check_explain_missing(const struct response *response, const struct request *request,
                                             const struct captured_fault *fault, const char *name);

/* The same for what is no HTTP response. */
struct wrong_response *check_explain_fault(const struct response_fault *fault, const struct request *request);

#endif
