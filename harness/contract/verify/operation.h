/* operation: the operations of the contract, each sent with the answer that the session's catalog asks for. Where an
 * answer is wrong, the difference is noted and the catalog follows the service, so that one mistake is not told twice.
 */
#ifndef TWOFOLD_CONTRACT_VERIFY_OPERATION_H
#define TWOFOLD_CONTRACT_VERIFY_OPERATION_H

#include "base/error.h"
#include "contract/verify/rule.h"
#include "contract/verify/session.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum operation {
    OPERATION_HEALTH = 1,
    OPERATION_LIST = 2,
    OPERATION_CREATE = 4,
    OPERATION_GET = 8,
    OPERATION_REPLACE = 16,
    OPERATION_DELETE = 32,
    OPERATION_SUMMARIZE = 64,
    OPERATION_SEARCH = 128,
    OPERATION_FAN_OUT = 256,
    OPERATION_PLACE = 512,
    OPERATION_GET_ORDER = 1024,
    OPERATION_CATALOG = 63, /* the first six */
    OPERATION_ALL = 2047,
};

/* The operations of this name ("getItem", …), as bits; NULL means all. ERROR_INPUT for an unknown name. */
int operation_read(char *const *names, unsigned *ret_operations, struct error *err);

/* All return true when the answer was as it must be. */
bool operation_health(struct session *session);

/* `rule`: what a wrong answer breaks. */
bool operation_get(struct session *session, uint64_t id, enum rule rule);

/* `query` is what stands behind "/items", "" for nothing; it means `after` and `limit`. */
bool operation_list(struct session *session, const char *query, uint64_t after, size_t limit, enum rule rule);
bool operation_page(struct session *session, uint64_t after, size_t limit, enum rule rule);

bool operation_delete(struct session *session, uint64_t id);

/* A POST or a PUT. */
struct write {
    uint64_t id;              /* of the item that PUT replaces; 0: POST */
    const char *path;         /* instead of the one that follows from `id`; NULL: that one */
    const char *content_type; /* NULL: none is sent */
    const char *body;
    size_t length;
    const json_t *fields; /* what the item must have then */
    enum rule rule;
    bool chunked;
};

/* The write is a good one: 201 or 200, or 404 where there is no such item. */
bool operation_write(struct session *session, const struct write *write);

/* The write is a bad one: this status and nothing changed. */
bool operation_refuse(struct session *session, const struct write *write, int status);

/* The answer may have any of these statuses (0: no further one). Returns the one it has, 0 for none. What a 2xx among
 * them did is not known to the catalog. */
int operation_try(struct session *session, const struct write *write, const int statuses[3]);

/* A request without a body that is answered with this 4xx. */
bool operation_fail(struct session *session, const char *method, const char *path, int status, enum rule rule);

#endif
