/* wrong_draft: the wrong service checks the body of a POST or PUT against the contract. */
#ifndef TWOFOLD_TESTS_SUPPORT_WRONG_DRAFT_H
#define TWOFOLD_TESTS_SUPPORT_WRONG_DRAFT_H

#include "wrong_service.h"

#include <jansson.h>
#include <stddef.h>

/* Returns 0 and sets *ret_fields to the fields to store (name, price_cents, stock, tags; a new reference), or returns
 * the status of the rejection: 400, 422, or what the fault turns it into. `old` is the item that a PUT replaces, or
 * NULL. */
int wrong_draft_read(enum fault fault, const char *body, size_t length, const json_t *old, json_t **ret_fields);

#endif
