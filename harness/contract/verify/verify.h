/* verify: holds a running service to the contract (backends/contract) with randomised requests, and says where it
 * differs.
 *
 * The service must have been started just now: ids are expected to be counted from 10001. The requests go over one kept
 * connection, because only there a service promises that it reads its own writes; a second connection and an idle one
 * are tried at the end. What the contract leaves open is not tried. No check lasts for ever: a service that hangs,
 * dies, answers garbage or never stops answering is a difference like any other. */
#ifndef TWOFOLD_CONTRACT_VERIFY_VERIFY_H
#define TWOFOLD_CONTRACT_VERIFY_VERIFY_H

#include "base/error.h"
#include "base/text.h"
#include "contract/upstream_rule.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct verify_options {
    const char *base_url;    /* "http://127.0.0.1:8080" */
    uint64_t seed;           /* the same seed makes the same requests */
    char *const *operations; /* NULL-terminated operationIds; the others are not tried. NULL: all are */
    unsigned rounds;         /* of 250 random requests */
    uint64_t answer_ns;      /* a request without a whole answer for so long is a difference */
    uint64_t idle_ns;        /* for so long a connection is left idle and must still be open; 0: not tried */
    uint64_t limit_ns;       /* for all the checks; then they end, and the result is not good */
    const atomic_bool *stop; /* set it to interrupt; may be NULL */

    /* What the service was started with. Where one is missing, its operations must answer 503, and no more of them is
     * tried. */
    const struct upstream_rule *upstream; /* by which the service at its UPSTREAM_URL answers; NULL: it got none */
    bool database;                        /* its DATABASE_URL names a database as the contract has it made, unused */
};

/* One way in which the service is not what the contract says. Readable texts, control characters escaped, long bodies
 * cut; the struct owns them. */
struct verify_difference {
    char *rule;     /* the sentence of the contract */
    char *request;  /* method, path, headers, body; several lines */
    char *expected; /* one line */
    char *came;     /* what is wrong with the answer, one line; then the answer: status, headers, body */
};

struct verify_result {
    uint64_t seed;
    size_t checks;                         /* answers judged */
    size_t different;                      /* answers that differ */
    struct verify_difference *differences; /* the first few for each sentence of the contract */
    size_t difference_count;
    char *ended;           /* why checks were left out; NULL: all were done */
    bool without_upstream; /* of the fan-out only its 503 was tried */
    bool without_database; /* of the orders only their 503 was tried */
};

/* Seed 1, 4 rounds, 15 s for an answer (a long search on a busy machine), 6 s idle, 240 s in all. */
void verify_options_init(struct verify_options *options, const char *base_url);

/* Run all checks. Returns 0 when the service could be judged, however badly it did; -1 when an option is wrong
 * (ERROR_INPUT) or it was interrupted (ERROR_STOPPED), and *ret_result is untouched then. */
int verify_run(const struct verify_options *options, struct verify_result *ret_result, struct error *err);
void verify_result_release(struct verify_result *result);

/* All checks were done, and no answer differs. */
bool verify_result_is_good(const struct verify_result *result);

/* The differences for a person, or a line that there is none. */
void verify_result_write(const struct verify_result *result, struct text *out);

#endif
