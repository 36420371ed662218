#include "base/clock.h"
#include "contract/verify/burst.h"
#include "contract/verify/check.h"
#include "contract/verify/ready.h"

#include <stdio.h>

/* How long a service may take to be there again: so many times as a response, which are 30 s. */
enum { AGAIN_TIMES = 2 };

/* And to fail: 2 GiB take long on a machine that is busy. */
enum { PATIENCE_TIMES = 4 };

/* A timer fails after its response, and the process may end with it. */
#define AFTER_TIMER_NS (500 * CLOCK_MILLISECOND_NS)

enum fault_outcome {
    OUTCOME_ANSWERED,  /* the status, and nothing else */
    OUTCOME_OR_LOST,   /* or the connection ends without a whole response */
    OUTCOME_ONLY_LOST, /* it ends so in any case */
};

static const struct kind {
    const char *path;
    int status;
    enum fault_outcome outcome;
    const char *expected;
} kinds[] = {
    {"/fault?kind=panic", 500, OUTCOME_OR_LOST, "500, or the end of the connection"},
    {"/fault?kind=timer", 202, OUTCOME_ANSWERED, "202"},
    {"/fault?kind=stack", 500, OUTCOME_OR_LOST, "500, or the end of the connection"},
    {"/fault?kind=memory", 200, OUTCOME_OR_LOST, "200, or the end of the connection"},
    {"/fault?kind=abort", 0, OUTCOME_ONLY_LOST, "the end of the connection without a response"},
};

static bool is_right(const struct kind *kind, const struct call_response *response)
{
    bool answered = response->failure[0] == '\0';

    if (!answered) {
        return kind->outcome != OUTCOME_ANSWERED && !response->late && !response->refused;
    }
    return kind->outcome != OUTCOME_ONLY_LOST && response->status == kind->status;
}

static void tell(struct session *session, const struct call *call, const char *expected, const char *wrong,
                 const struct call_response *response)
{
    struct text request = {0};

    call_describe(call, &request);
    ledger_add(session->ledger, &(struct finding){.rule = RULE_FAULT,
                                                  .operation = "fail",
                                                  .request = request.data,
                                                  .expected = expected,
                                                  .wrong = wrong,
                                                  .response = response});
    text_release(&request);
}

static void check_kind(struct session *session, const struct kind *kind)
{
    const struct call call = {.method = "POST", .path = kind->path};
    const struct verify_wait again = {.path = "/healthz",
                                      .timeout_ns = AGAIN_TIMES * session->options->response_timeout_ns};
    struct verify_options patient = *session->options;
    struct call_response response;
    struct error why = {0};
    uint64_t ready_ns;

    patient.response_timeout_ns *= PATIENCE_TIMES;
    burst_send(&patient, &call, 1, &response);
    ledger_ask(session->ledger, "fail");
    if (!is_right(kind, &response)) {
        tell(session, &call, kind->expected, response.failure[0] != '\0' ? response.failure : "another response",
             &response);
    }
    call_response_release(&response);
    if (kind->outcome == OUTCOME_ANSWERED) {
        clock_sleep_ns(AFTER_TIMER_NS);
    }
    if (verify_ready(session->options->base_url, &again, &ready_ns, &why) != 0) {
        tell(session, &call, "it is there again", why.message, NULL);
        ledger_end(session->ledger, "it did not come back after a fault");
    }
}

void check_faults(const struct check_context *context)
{
    struct session *session = context->session;

    operation_fail(session, "POST", "/fault?kind=sleep", 422, RULE_FAULT);
    operation_fail(session, "POST", "/fault", 422, RULE_FAULT);
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0] && !session_is_over(session); i++) {
        check_kind(session, &kinds[i]);
    }
}

void check_no_faults(const struct check_context *context)
{
    operation_fail(context->session, "POST", "/fault?kind=panic", 404, RULE_UNKNOWN_PATH);
}
