#include "contract/verify/check.h"

#include "contract/verify/checks/report_table.h"

#include <inttypes.h>
#include <stdio.h>

enum { REPORTS = 6 };

#define EXACTNESS 1e-6

static void report(struct session *session, uint64_t rows)
{
    char path[64];
    json_t *body = report_make(rows);
    struct call call = {.method = "GET", .path = path};
    struct expected_response expectation = {.rule = RULE_REPORT, .status = 200, .body = body, .tolerance = EXACTNESS};

    snprintf(path, sizeof path, "/report?%srows=%" PRIu64, random_below(&session->random, 2) ? "x=%00&" : "", rows);
    session_ask(session, &call, &expectation);
    json_decref(body);
}

static void check_bad_queries(struct session *session)
{
    static const char *const paths[] = {"/report",
                                        "/report?",
                                        "/report?rows=",
                                        "/report?Rows=1000",
                                        "/report?rows=999",
                                        "/report?rows=0",
                                        "/report?rows=-1",
                                        "/report?rows=1e3",
                                        "/report?rows=1000.5",
                                        "/report?rows=abc",
                                        "/report?rows=1_000",
                                        "/report?rows=4294968296",
                                        "/report?rows=99999999999999999999"};
    char path[64];

    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        operation_fail(session, "GET", paths[i], 422, RULE_REPORT_QUERY);
    }
    snprintf(path, sizeof path, "/report?rows=%" PRIu64, session->options->table_rows + 1);
    operation_fail(session, "GET", path, 422, RULE_REPORT_QUERY);
}

void check_report(const struct check_context *context)
{
    struct session *session = context->session;
    uint64_t most = session->options->table_rows;

    if (most == 0) {
        operation_fail(session, "GET", "/report?rows=1000", 503, RULE_UNAVAILABLE);
        return;
    }
    report(session, REPORT_ROWS_LEAST);
    report(session, most);
    for (int i = 0; i < REPORTS; i++) {
        report(session, REPORT_ROWS_LEAST + random_below(&session->random, most - REPORT_ROWS_LEAST + 1));
    }
    check_bad_queries(session);
}
