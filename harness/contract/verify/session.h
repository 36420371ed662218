/* session: one kept connection to the service, what the service must hold as seen on it, and what was found wrong. */
#ifndef TWOFOLD_CONTRACT_VERIFY_SESSION_H
#define TWOFOLD_CONTRACT_VERIFY_SESSION_H

#include "base/random.h"
#include "contract/verify/client.h"
#include "contract/verify/judge.h"
#include "contract/verify/ledger.h"
#include "contract/verify/model/catalog.h"
#include "contract/verify/model/order_book.h"
#include "contract/verify/verify.h"

#include <stdbool.h>
#include <stdint.h>

struct session {
    const struct verify_options *options;
    struct ledger *ledger;
    uint64_t deadline_ns; /* of all checks */
    struct client *client;
    struct catalog catalog;
    struct random random;
    bool shared;               /* others write, too: new ids may be any above the last */
    bool connected;            /* a connection is open, and must stay so */
    bool wrote;                /* something was created, replaced or deleted on it */
    bool lost;                 /* that connection is gone: what was written cannot be relied upon */
    bool relies;               /* the check under way relies on it: nothing is sent once it is lost */
    uint64_t idle_ns;          /* for so long nothing was sent before the next call, on purpose */
    unsigned failures;         /* in a row */
    unsigned late;             /* in all */
    struct order_book *orders; /* what the database must hold, shared by all sessions */
    struct text previous;      /* the request before, for what is seen only by the next one */
};

/* Nothing is sent yet. `stream` tells the random numbers of one session from another's. Fails as client_new does. */
int session_init(struct session *session, const struct verify_options *options, struct ledger *ledger, uint64_t stream,
                 struct error *err);
void session_release(struct session *session);

/* No more calls: too much went wrong, the time is up, or a stop was asked for. */
bool session_is_over(const struct session *session);

/* Send it and judge the answer. True when it was as expected. `ret_response` is filled, and released by the caller; it is
 * empty when the session is over. */
bool session_call(struct session *session, const struct call *call, const struct expectation *expectation,
                  struct answer *ret_response);

/* session_call for one who has no further use for the answer. */
bool session_ask(struct session *session, const struct call *call, const struct expectation *expectation);

/* The two halves of session_call, for an expectation that depends on the answer. */
void session_send(struct session *session, const struct call *call, struct answer *ret_response);
bool session_judge(struct session *session, const struct call *call, const struct expectation *expectation,
                   const struct answer *response);

/* Something was written on this connection. */
void session_note_write(struct session *session);

/* Hold what the service says it holds, where its answer was wrong: one mistake is told once. */
void session_adopt(struct session *session, const struct answer *response);

/* An id to try: mostly of an item that there is, sometimes of one that was deleted or never was. */
uint64_t session_pick_id(struct session *session);

/* The id of an item that there is. */
uint64_t session_pick_item(struct session *session);

#endif
