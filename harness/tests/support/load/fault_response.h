/* fault_response: the requests that the fault server reads, and the bytes of its responses, right and wrong. */
#ifndef TWOFOLD_TESTS_SUPPORT_FAULT_RESPONSE_H
#define TWOFOLD_TESTS_SUPPORT_FAULT_RESPONSE_H

#include "base/text.h"
#include "fault_server.h"

/* The length of the whole request that `in` begins with, and in *ret_body that of its body; 0: not whole yet. */
size_t fault_request_length(const struct text *in, size_t *ret_body);

/* The response to the request at `request` (NULL-terminated; its body was `body` bytes long), with this fault in it. */
void fault_response_make(struct text *out, enum fault fault, const char *request, size_t body);

#endif
