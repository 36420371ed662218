/* check_posted: what every operation that is posted to refuses alike: other content types, what is not JSON, and which
 * complaint comes first. */
#ifndef TWOFOLD_CONTRACT_VERIFY_CHECKS_CHECK_POSTED_H
#define TWOFOLD_CONTRACT_VERIFY_CHECKS_CHECK_POSTED_H

#include "contract/verify/rule.h"
#include "contract/verify/session.h"

#include <stddef.h>

/* Post this body as application/json to `path`: this 4xx. */
void posted_refuse(struct session *session, const char *path, const char *body, int status, enum rule rule);

/* Random spoilings of the good body, a JSON object. */
void posted_check(struct session *session, const char *path, const char *good);

/* One of the content types that mean JSON. */
const char *posted_type(struct session *session);

#endif
