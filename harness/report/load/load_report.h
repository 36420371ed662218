/* load_report: what `twofold load` prints: one load record as text for a person, or as JSON for a program. */
#ifndef TWOFOLD_REPORT_LOAD_LOAD_REPORT_H
#define TWOFOLD_REPORT_LOAD_LOAD_REPORT_H

#include "analysis/verdict/verdict.h"
#include "base/text.h"
#include "record/load_record.h"

#include <stdbool.h>

struct load_validity {
    bool valid;
    bool nothing_right; /* no response was right, not even late: what was measured is not the service. Not valid */
    bool unreached;     /* no connection could be made at all: nothing was measured. Not valid */
    bool because[INVALIDITY_COUNT];
};

/* Judge whether the record says anything: the generator was good enough (by the rules of analysis/verdict, without a
 * limit on latency), and at least one response was right. */
void load_report_validity(const struct load_record *record, struct load_validity *ret_validity);

/* Append the record as text. `transport` is what carried the requests: "plain HTTP/1.1". */
void load_report_text(const struct load_record *record, const struct load_validity *validity, const char *transport,
                      struct text *out);

/* Append one JSON object. Every key carries its unit:
 *
 *   offered, sent, completed, good    requests
 *   duration_ns, throughput_rps (completed), good_rps
 *   failures       {connect, reset, timeout, status, body, protocol, unanswered, unsent}: requests
 *   statuses       {status: responses that had it although another one was expected}; "other": of all further ones
 *   response_ns    {mean, p50, p90, p99, p999, max, censored}: from the scheduled moment; censored is a count
 *   service_ns     {mean, p50, p90, p99, p999, max}: from the actual send
 *   send_lag_ns    {mean, p50, p90, p99, p999, max}: from the scheduled moment to the actual send
 *   cpu_ns_per_request (of the generator, without spinning), spin_ns, drain_ns, connections, transport (text),
 *   generator_busy, generator_starved, generator_stood_still (shares of the busiest, the most
 *   starved and the longest stopped thread), connections_denied, valid
 *   invalid_because []  as of a step of a run, and nothing_right, unreached
 *   first_wrong         as steps[].first_wrong (report/data/json.h); null: every response was right
 *
 * Times of no requests are null.
 */
void load_report_json(const struct load_record *record, const struct load_validity *validity, const char *transport,
                      struct text *out);

#endif
