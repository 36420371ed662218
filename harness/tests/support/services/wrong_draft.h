/* wrong_draft: the body of a POST or PUT, held to the contract by the wrong service. */
#ifndef TWOFOLD_TESTS_SUPPORT_WRONG_DRAFT_H
#define TWOFOLD_TESTS_SUPPORT_WRONG_DRAFT_H

#include "wrong_service.h"

#include <jansson.h>
#include <stddef.h>

/* 0 and in *ret_fields name, price_cents, stock, tags as they are to be stored (a new reference); else the status, 400
 * or 422 (or what the fault makes of it). `old`: the item that a PUT replaces, or NULL. */
int wrong_draft_read(enum fault fault, const char *body, size_t length, const json_t *old, json_t **ret_fields);

#endif
