#include "load/receipt.h"

#include "load/check.h"
#include "load/users/captured.h"
#include "load/users/crowd.h"

/* One is enough to see what is wrong: the first of this thread in the step. */
static void keep(struct load_record *record, struct wrong_response *wrong, uint64_t now_ns)
{
    wrong->at_ns = now_ns;
    record->first_wrong = wrong;
}

static enum failure judge_captures(struct load_record *record, const struct traffic *traffic,
                                   const struct connection *connection, const struct response *response,
                                   uint64_t now_ns)
{
    const struct user *user = connection->user;

    if (user == NULL || user_step(user)->capture_count == 0) {
        return FAILURE_NONE;
    }
    struct captured_fault fault = captured_take(user_step(user), response, user->kept);
    if (fault.capture == NULL) {
        return FAILURE_NONE;
    }
    if (record->first_wrong == NULL) {
        const char *name = traffic->values[fault.capture->value].name;
        keep(record, check_explain_missing(response, connection->request, &fault, name), now_ns);
    }
    return FAILURE_BODY;
}

enum failure receipt_judge(struct load_record *record, const struct traffic *traffic,
                           const struct connection *connection, const struct response *response, uint64_t now_ns)
{
    enum failure failure = check_response(response, connection->request, &connection->expected);

    if (failure == FAILURE_NONE) {
        return judge_captures(record, traffic, connection, response, now_ns);
    }
    if (record->first_wrong == NULL) {
        keep(record, check_explain(response, connection->request, &connection->expected), now_ns);
    }
    return failure;
}

void receipt_fault(struct load_record *record, const struct connection *connection, const struct response_fault *fault,
                   uint64_t now_ns)
{
    if (fault != NULL && fault->why != NULL && record->first_wrong == NULL) {
        keep(record, check_explain_fault(fault, connection->request), now_ns);
    }
}
