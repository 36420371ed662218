/* toy_upstream: how a toy service calls the upstream whose address is in UPSTREAM_URL. A call that fails ends it. */
#ifndef TWOFOLD_TESTS_SUPPORT_TOY_UPSTREAM_H
#define TWOFOLD_TESTS_SUPPORT_TOY_UPSTREAM_H

/* Over a connection that the calling thread keeps. */
void toy_upstream_call(void);

/* The same, and no more than two at a time. toy_upstream_make_pool comes first. */
void toy_upstream_make_pool(void);
void toy_upstream_call_from_pool(void);

#endif
