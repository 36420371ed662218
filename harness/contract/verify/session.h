/* session: one kept connection to the service, the contents that the service must have as seen on it, and the
 * differences found. */
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
    uint64_t deadline_ns; /* for all checks together */
    struct client *client;
    struct catalog catalog;
    struct random random;
    bool shared;                    /* others write as well: a new id may be any id above the last */
    bool connected;                 /* a connection is open and must stay open */
    bool wrote;                     /* something was created, replaced or deleted on this connection */
    bool lost;                      /* the connection that wrote is gone: its writes can no longer be relied upon */
    bool relies;                    /* the current check relies on them: nothing more is sent once they are lost */
    uint64_t idle_ns;               /* deliberate pause before the next call */
    unsigned failures;              /* consecutive failed calls */
    unsigned late;                  /* late responses in total */
    struct order_book *orders;      /* the expected contents of the database, shared by all sessions */
    struct text previous;           /* the previous request, for faults that only the next one reveals, */
    const char *previous_operation; /* and what it asked for */
};

/* Prepare a session; nothing is sent yet. Sessions with different `stream` numbers draw different random numbers. Fails
 * as client_new does. */
int session_init(struct session *session, const struct verify_options *options, struct ledger *ledger, uint64_t stream,
                 struct error *err);
void session_release(struct session *session);

/* Whether no more calls are made: too many failures, time is up, what the service needs has failed, or a stop was
 * requested. */
bool session_is_over(const struct session *session);

/* Send the request and judge the response. Returns true when it is as expected. `ret_response` is always filled, and
 * empty when the session is over; the caller releases it. */
bool session_call(struct session *session, const struct call *call, const struct expected_response *expectation,
                  struct call_response *ret_response);

/* Like session_call, without returning the response. */
bool session_ask(struct session *session, const struct call *call, const struct expected_response *expectation);

/* The two halves of session_call, for expectations that depend on the response. */
void session_send(struct session *session, const struct call *call, struct call_response *ret_response);
bool session_judge(struct session *session, const struct call *call, const struct expected_response *expectation,
                   const struct call_response *response);

/* Record that something was written on this connection. */
void session_note_write(struct session *session);

/* After a wrong response: take over what the service says it holds, so that one mistake is reported once. */
void session_adopt(struct session *session, const struct call_response *response);

/* A random id: usually of an existing item, sometimes of one that was deleted or never existed. */
uint64_t session_pick_id(struct session *session);

/* The id of a random existing item. */
uint64_t session_pick_item(struct session *session);

#endif
