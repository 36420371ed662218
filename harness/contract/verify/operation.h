/* operation: sends the operations of the contract and checks each response against the session's catalog. After a wrong
 * response the difference is recorded and the catalog adopts what the service said, so that one mistake is reported
 * once. */
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
    OPERATION_SCORE = 2048,
    OPERATION_REPORT = 4096,
    OPERATION_FAIL = 8192,
    OPERATION_LOG_IN = 16384,
    OPERATION_MEMBER_ITEM = 32768,
    OPERATION_SEARCH_NATIVE = 65536,
    OPERATION_SHOW = 131072,
    OPERATION_EVENTS = 262144,
    OPERATION_CATALOG = 63, /* the six operations of the catalog */
    OPERATION_ALL = 524287,
};

/* Convert operationIds ("getItem", …) to bits of enum operation; NULL stands for all. ERROR_INPUT for an unknown name.
 */
int operation_read(char *const *names, unsigned *ret_operations, struct error *err);

/* The operationId of operation number `index`, whose bit is 1 << index, static; NULL: there are no more. */
const char *operation_name(unsigned index);

/* The functions below return true when the response was correct. */
bool operation_health(struct session *session);

/* `rule` is the rule that a wrong response breaks. */
bool operation_get(struct session *session, uint64_t id, enum rule rule);

/* `query` follows "/items" and may be empty; `after` and `limit` are what it means. */
bool operation_list(struct session *session, const char *query, uint64_t after, size_t limit, enum rule rule);
bool operation_page(struct session *session, uint64_t after, size_t limit, enum rule rule);

bool operation_delete(struct session *session, uint64_t id);

/* A POST or a PUT. */
struct write {
    uint64_t id;              /* the item that PUT replaces; 0: POST */
    const char *path;         /* NULL: the path that follows from `id` */
    const char *content_type; /* NULL: the header is not sent */
    const char *body;
    size_t length;
    const json_t *fields; /* the fields that the item must have afterwards */
    enum rule rule;
    bool chunked;
};

/* Send a valid write. The status must be 201 or 200, or 404 when the item does not exist. */
bool operation_write(struct session *session, const struct write *write);

/* Send an invalid write. The status must be `status`, and nothing may have changed. */
bool operation_refuse(struct session *session, const struct write *write, int status);

/* Send a write that may get any of these statuses (0: no further one). Returns the status, or 0 for any other. The
 * catalog does not learn what a 2xx changed. */
int operation_try(struct session *session, const struct write *write, const int statuses[3]);

/* Send a request without a body; the status must be this 4xx. */
bool operation_fail(struct session *session, const char *method, const char *path, int status, enum rule rule);

#endif
