/* check_token: reading an item with a token. */
#ifndef TWOFOLD_CONTRACT_VERIFY_CHECKS_CHECK_TOKEN_H
#define TWOFOLD_CONTRACT_VERIFY_CHECKS_CHECK_TOKEN_H

#include "contract/verify/session.h"

/* A random item is read with this token; it must be good. */
void check_token_works(struct session *session, const char *token);

#endif
