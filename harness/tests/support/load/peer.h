/* peer: a server written in Python that a test brings along: run by with_peers.py, it prints its port, serves until its
 * input ends, and then prints what it counted. */
#ifndef TWOFOLD_TESTS_SUPPORT_PEER_H
#define TWOFOLD_TESTS_SUPPORT_PEER_H

#include <stdbool.h>
#include <stdint.h>

/* Whether with_peers.py runs this test; without it there are no certificates and no Python. */
bool peer_possible(void);

/* Files with a certificate and its key: for 127.0.0.1 and localhost, and for other.example. */
const char *peer_right_certificate(void);
const char *peer_other_certificate(void);

struct peer;

/* Start `script` of tests/peers with these arguments (NULL-terminated). A failure fails the test. */
struct peer *peer_start(const char *script, const char *const *arguments);
uint16_t peer_port(const struct peer *peer);

/* End it and wait until it is gone. What it counted can be asked for until it is freed; 0 for what it did not count. */
void peer_stop(struct peer *peer);
uint64_t peer_count(const struct peer *peer, const char *name);
void peer_free(struct peer *peer);

#endif
