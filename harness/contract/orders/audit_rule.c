#include "contract/orders/audit_rule.h"

#include "base/clock.h"
#include "base/text.h"
#include "contract/operation.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* The contract: a call to the upstream that takes longer counts as failed, whether or not it was ever made. */
#define CALL_GIVEN_UP_NS (2 * CLOCK_SECOND_NS)

/* The contract's number of calls where a request does not say. */
#define CALLS_USUAL 8

static bool asks_for(const struct scenario *scenario, size_t request, const char *operation)
{
    const char *asked =
        request < scenario->traffic.request_count ? operation_of(&scenario->traffic.requests[request]) : NULL;
    return asked != NULL && strcmp(asked, operation) == 0;
}

/* ---- orders ---- */

/* How often the words stand in what never changes of the body. */
static uint64_t count_in_body(const struct request *request, const char *words)
{
    uint64_t count = 0;

    for (size_t i = 0; i < request->body.count; i++) {
        const char *at = request->body.pieces[i].literal;
        for (; at != NULL && (at = strstr(at, words)) != NULL; at++) {
            count++;
        }
    }
    return count;
}

/* What the load asked for: bounds of what may be stored. */
struct bounds {
    uint64_t least, most;
    uint64_t lines_least, lines_most; /* of one order */
};

static void bound_orders(const struct audit_record *audit, const struct scenario *scenario, struct bounds *bounds)
{
    *bounds = (struct bounds){.lines_least = UINT64_MAX};
    for (size_t i = 0; i < audit->count; i++) {
        if (asks_for(scenario, i, "placeOrder")) {
            uint64_t lines = count_in_body(&scenario->traffic.requests[i], "\"item_id\"");
            bounds->least += audit->counts[i].good + audit->counts[i].late;
            bounds->most += audit->counts[i].sent;
            if (lines < bounds->lines_least) {
                bounds->lines_least = lines;
            }
            if (lines > bounds->lines_most) {
                bounds->lines_most = lines;
            }
        }
    }
    if (bounds->lines_least == UINT64_MAX) {
        bounds->lines_least = 0;
    }
}

static void judge_orders(const struct audit_record *audit, const struct scenario *scenario, struct text *out)
{
    const struct database_audit *database = &audit->database;
    struct bounds bounds;

    bound_orders(audit, scenario, &bounds);
    if (database->orders < bounds.least) {
        text_format(out, "%" PRIu64 " orders were answered as placed and %" PRIu64 " are stored", bounds.least,
                    database->orders);
    } else if (database->orders > bounds.most) {
        text_format(out, "%" PRIu64 " orders are stored and only %" PRIu64 " were sent", database->orders, bounds.most);
    } else if (database->lines < bounds.lines_least * database->orders ||
               database->lines > bounds.lines_most * database->orders) {
        text_format(out, "%" PRIu64 " orders are stored with %" PRIu64 " lines, which is not what was sent",
                    database->orders, database->lines);
    } else if (database->wrong_orders > 0) {
        text_format(out, "%" PRIu64 " stored orders have no lines, or a total that is not that of their lines",
                    database->wrong_orders);
    } else if (database->wrong_items > 0 || database->stock_taken != database->quantity) {
        text_format(out,
                    "%" PRIu64 " pieces were ordered and %" PRIu64 " taken from stock (%" PRIu64
                    " items do not add up)",
                    database->quantity, database->stock_taken, database->wrong_items);
    }
}

/* ---- calls to the upstream ---- */

/* N of "calls=N" in the path; 0: it is drawn anew for each request, so nobody knows. */
static uint64_t calls_of(const struct request *request)
{
    for (size_t i = 0; i < request->path.count; i++) {
        const char *literal = request->path.pieces[i].literal;
        const char *at = literal != NULL ? strstr(literal, "calls=") : NULL;
        if (at != NULL) {
            return strtoull(at + strlen("calls="), NULL, 10);
        }
    }
    return CALLS_USUAL;
}

static void judge_calls(const struct audit_record *audit, const struct scenario *scenario, struct text *out)
{
    uint64_t least = 0, most = 0, calls = audit->upstream.calls;

    for (size_t i = 0; i < audit->count; i++) {
        if (asks_for(scenario, i, "fanOut")) {
            uint64_t each = calls_of(&scenario->traffic.requests[i]);
            if (each == 0) {
                return;
            }
            least += each * audit->counts[i].good;
            most += each * audit->counts[i].sent;
        }
    }
    if (calls < least && scenario->deadline_ns <= CALL_GIVEN_UP_NS) {
        text_format(out, "its right responses take %" PRIu64 " calls to the upstream and it made %" PRIu64, least,
                    calls);
    } else if (calls > most) {
        text_format(out, "it made %" PRIu64 " calls to the upstream and was asked for %" PRIu64, calls, most);
    }
}

/* ---- both ---- */

static void judge_one(const struct audit_record *audit, const struct scenario *scenario, struct text *out)
{
    struct text found = {0};

    if (audit->database.counted) {
        judge_orders(audit, scenario, &found);
    }
    if (audit->upstream.counted && found.length == 0) {
        judge_calls(audit, scenario, &found);
    }
    if (found.length > 0) {
        text_format(out, "%sin trial %u %s", out->length > 0 ? "; " : "", audit->trial + 1, found.data);
    }
    text_release(&found);
}

char *audit_rule_judge(const struct run_log *log, const struct scenario *scenario, const char *backend)
{
    struct text out = {0};

    for (size_t i = 0; i < log->audit_count; i++) {
        if (strcmp(log->audits[i].backend, backend) == 0) {
            judge_one(&log->audits[i], scenario, &out);
        }
    }
    return out.length > 0 ? text_take(&out) : NULL;
}
