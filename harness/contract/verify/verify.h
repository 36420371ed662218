/* verify: holds a running service to the contract (backends/contract) with randomised requests and reports each
 * difference.
 *
 * The service must be freshly started, since ids are expected to count from 10001. All requests use one kept
 * connection, because the contract promises read-your-writes only there; a second connection and an idle one are tried
 * at the end. What the contract leaves open is not tried. Every check ends: a service that hangs, dies, sends garbage
 * or never finishes a response is reported as different. */
#ifndef TWOFOLD_CONTRACT_VERIFY_VERIFY_H
#define TWOFOLD_CONTRACT_VERIFY_VERIFY_H

#include "base/error.h"
#include "base/text.h"
#include "contract/upstream_rule.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The SQL statements of an order: begin, the two that the contract gives, commit; and of reading one. */
#define VERIFY_STATEMENTS_PLACED 4
#define VERIFY_STATEMENTS_READ   1

struct verify_options {
    const char *base_url;         /* "http://127.0.0.1:8080" */
    uint64_t seed;                /* the same seed makes the same requests */
    char *const *operations;      /* NULL-terminated operationIds to try; NULL: all */
    unsigned rounds;              /* of 250 random requests each */
    uint32_t items;               /* that it was told to start with (ITEMS); where these are not those of the seed,
                                   * nothing is tried but whether it holds them */
    bool faults;                  /* it was told that it may be asked to fail (FAULTS), and is started again whenever it
                                   * ends: only that is tried */
    uint64_t response_timeout_ns; /* a request without a complete response after so long is a difference */
    uint64_t idle_ns;             /* a connection idle for so long must still be open; 0: not tried */
    uint64_t limit_ns;            /* for all checks together; after that they end, and the result is not good */
    const atomic_bool *stop;      /* set it to interrupt; may be NULL */

    /* Asked again and again: false ends the checks, because what the service needs has failed. NULL: not asked. */
    bool (*goes_on)(void *context);
    void *context;

    /* The dependencies that the service was given. The operations of a missing dependency must respond with 503, and
     * nothing else of them is tried. */
    const struct upstream_rule *upstream; /* the rule of the upstream at its UPSTREAM_URL; NULL: it has no upstream */
    bool database;                        /* its DATABASE_URL names a fresh database as the contract describes it */
    const char *model_cases;              /* the file of the cases of its MODEL_FILE; NULL: it has no model */
    uint64_t table_rows;                  /* its TABLE_ROWS; 0: it has no table */
    const char *token_key;                /* its TOKEN_KEY, beside ACCOUNTS_FILE; NULL: it has no accounts */

    /* How many SQL statements that database has run so far for whoever asked it. False: it cannot be told. With the
     * `context` above. NULL: they are not counted, and the result says so. */
    bool (*count_statements)(void *context, uint64_t *ret_count);
};

/* One difference between service and contract, as text for a person: control characters escaped, long bodies cut. The
 * struct owns the strings. */
struct verify_difference {
    char *rule;     /* as the contract words it */
    char *request;  /* method, path, headers, body; several lines */
    char *expected; /* one line */
    char *came;     /* one line that says what is wrong, then status, headers and body of the response */
};

/* What the service was not given, so that of what needs it only the 503 was tried. */
enum verify_without {
    WITHOUT_UPSTREAM = 1,
    WITHOUT_DATABASE = 2,
    WITHOUT_MODEL = 4,
    WITHOUT_TABLE = 8,
    WITHOUT_ACCOUNTS = 16,
};

/* What became of the requests for one operation. */
struct verify_tally {
    const char *operation; /* its operationId, static; NULL: requests for paths that the contract does not have */
    size_t checks;         /* responses judged */
    size_t different;      /* of these, and connections closed behind one */
};

struct verify_result {
    uint64_t seed;
    size_t checks;                /* responses judged */
    size_t different;             /* responses that differ */
    struct verify_tally *tallies; /* of every operation that was to be tried, and of the other paths last */
    size_t tally_count;
    struct verify_difference *differences; /* the first few of each rule */
    size_t difference_count;
    char *ended;             /* why checks were left out; NULL: all were made */
    unsigned without;        /* bits of enum verify_without */
    bool without_statements; /* the SQL statements of the orders were not counted */
};

/* Defaults: seed 1, 4 rounds, the items of the seed, 15 s for a response (a long search on a busy machine), 6 s idle,
 * 240 s in total. */
void verify_options_init(struct verify_options *options, const char *base_url);

/* Run all checks. Returns 0 when the service could be judged, whatever the outcome. Returns -1 for a wrong option
 * (ERROR_INPUT) or an interruption (ERROR_STOPPED); *ret_result is untouched then. */
int verify_run(const struct verify_options *options, struct verify_result *ret_result, struct error *err);
void verify_result_release(struct verify_result *result);

/* Whether all checks were made and no response differs. */
bool verify_result_is_good(const struct verify_result *result);

/* Append the differences as text, or one line that there are none; then which operations are fine and which are not.
 */
void verify_result_write(const struct verify_result *result, struct text *out);

/* Append lines as they are written there: the label before the first of them, as much white space before the others. */
void verify_write_lines(const char *label, const char *lines, struct text *out);

#endif
