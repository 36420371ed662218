/* run_condition: the condition of `bench --fail-if` and `report --fail-if`, by which a machine refuses one run:
 *
 *     condition = [ service ":" ] ( figure ( "<" | ">" ) bound | fact ( "=" | "!=" ) name )
 *
 * without spaces: 'capacity<5000', 'go:memory>300MiB', 'first!=latency'.
 *
 *     figure      of what                                                  bound
 *     capacity    the load at which the first limit is just kept           a level of what doubles: 5000
 *     p99         response time, at the highest load that was held         50ms
 *     memory      the most resident memory, at that load                   300MiB
 *     cpu         CPU time a request, at that load                         200us
 *     errors      share of the requests that failed, at that load          0.1%
 *
 *     first       the limit that breaks first: latency, errors, throughput, memory, growth, queue or crash
 *     cause       what was behind it: cpu, quota, waiting, … (analysis/cause/cause.h)
 *
 * Without a service it is asked of every service of the run, and holds as soon as it holds for one. A capacity of which
 * only an interval is known is judged where the bound lies outside of it. Where nothing broke, nothing broke first:
 * neither fact holds, whichever way it is asked. */
#ifndef TWOFOLD_REPORT_GATE_RUN_CONDITION_H
#define TWOFOLD_REPORT_GATE_RUN_CONDITION_H

#include "analysis/finding.h"
#include "base/error.h"
#include "base/text.h"
#include "report/gate/outcome.h"

#include <stdbool.h>
#include <stddef.h>

enum run_figure {
    RUN_CAPACITY,
    RUN_P99,
    RUN_MEMORY,
    RUN_CPU,
    RUN_ERRORS,
    RUN_FIRST, /* the facts */
    RUN_CAUSE,
};

struct run_condition {
    const char *text; /* all of it; borrowed, as are the parts of it that follow */
    const char *service;
    size_t service_length; /* 0: every service */
    enum run_figure figure;
    bool above;       /* '>' of a figure; '!=' of a fact */
    double bound;     /* of a figure: a level, ns, bytes or a share */
    const char *name; /* of a fact */
};

/* ERROR_INPUT says what was expected. */
int run_condition_read(struct run_condition *condition, const char *text, struct error *err);

/* Whether it is asked of this service. */
bool run_condition_asks(const struct run_condition *condition, const struct backend_finding *backend);

/* The outcome for one service. Appends to `words` what was found, and what that is worth where another run could say
 * otherwise: "capacity 4,100/s (3,900 to 4,300); of one trial: what two runs differ by is not known". */
enum condition_outcome run_condition_judge(const struct run_condition *condition, const struct findings *findings,
                                           const struct backend_finding *backend, struct text *words);

#endif
