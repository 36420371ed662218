/* check_posted: what every POST operation rejects: other content types, bodies that are not JSON; and which fault is
 * reported first. */
#ifndef TWOFOLD_CONTRACT_VERIFY_CHECKS_CHECK_POSTED_H
#define TWOFOLD_CONTRACT_VERIFY_CHECKS_CHECK_POSTED_H

#include "contract/verify/rule.h"
#include "contract/verify/session.h"

#include <stddef.h>

/* POST this body as application/json to `path`; the status must be this 4xx. */
void posted_refuse(struct session *session, const char *path, const char *body, int status, enum rule rule);

/* POST `good`, a valid JSON object, damaged in random ways. */
void posted_check(struct session *session, const char *path, const char *good);

/* A random content type that means JSON. */
const char *posted_type(struct session *session);

#endif
