#include "report/gate/junit.h"

#include "analysis/capacity/capacity.h"
#include "base/utf8.h"
#include "report/words/limit_phrase.h"
#include "report/words/reason.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

static const struct gate no_gate;

/* ---- XML ---- */

static void add_escaped(struct text *out, const char *string)
{
    static const char *const escapes[] = {['<'] = "&lt;", ['>'] = "&gt;", ['&'] = "&amp;", ['"'] = "&quot;"};
    struct text safe = {0};

    utf8_plain(&safe, string); /* XML knows no control characters */
    for (const char *at = safe.data; at != NULL && *at != '\0'; at++) {
        size_t byte = (unsigned char)*at;
        if (byte < sizeof escapes / sizeof escapes[0] && escapes[byte] != NULL) {
            text_add(out, escapes[byte]);
        } else {
            text_append(out, at, 1);
        }
    }
    text_release(&safe);
}

static void add_attribute(struct text *out, const char *name, const char *value)
{
    text_format(out, " %s=\"", name);
    add_escaped(out, value);
    text_add(out, "\"");
}

/* ---- cases ---- */

/* A suite while it is written: its cases come before its counts are known. */
struct suite {
    const char *name, *scenario;
    struct text cases;
    unsigned tests, failures, errors;
};

static void begin_case(struct suite *suite, const char *name)
{
    struct text class = {0};

    text_format(&class, "%s.%s", suite->scenario, suite->name);
    text_add(&suite->cases, "    <testcase");
    add_attribute(&suite->cases, "classname", class.data);
    add_attribute(&suite->cases, "name", name);
    text_add(&suite->cases, ">");
    text_release(&class);
    suite->tests++;
}

/* `kind` is "failure" or "error". */
static void add_problem(struct suite *suite, const char *kind, const char *message)
{
    text_format(&suite->cases, "<%s", kind);
    add_attribute(&suite->cases, "message", message);
    text_add(&suite->cases, "/>");
}

static void end_case(struct suite *suite, const char *said)
{
    text_add(&suite->cases, "<system-out>");
    add_escaped(&suite->cases, said);
    text_add(&suite->cases, "</system-out></testcase>\n");
}

static void add_limit(struct suite *suite, const struct findings *findings, const struct gate *gate,
                      const struct backend_finding *backend, const struct limit_capacity *limit)
{
    struct text name = {0}, said = {0};

    limit_write(&name, limit->limit, limit->request);
    if (limit->breaks) {
        text_add(&said, isnan(limit->capacity) ? "breaks " : "breaks at ");
        limit_phrase_load(&said, &findings->scenario, limit);
    } else {
        text_add(&said, "not seen to break");
    }
    begin_case(suite, name.data);
    if (gate_refuses(gate, backend, limit)) {
        add_problem(suite, "failure", said.data);
        suite->failures++;
    }
    end_case(suite, said.data);
    text_release(&name);
    text_release(&said);
}

static void add_verdict(struct suite *suite, const struct gate_verdict *verdict)
{
    struct text name = {0};

    text_format(&name, "--fail-if %s", verdict->condition->text);
    begin_case(suite, name.data);
    if (verdict->outcome == CONDITION_HELD) {
        add_problem(suite, "failure", verdict->words);
        suite->failures++;
    } else if (verdict->outcome == CONDITION_NOT_JUDGED) {
        add_problem(suite, "error", verdict->words);
        suite->errors++;
    }
    end_case(suite, verdict->words);
    text_release(&name);
}

static void add_absence(struct suite *suite, const struct backend_finding *backend)
{
    struct text why = {0};

    reason_absence(&why, backend);
    begin_case(suite, "measured");
    add_problem(suite, "error", why.length > 0 ? why.data : "none of its figures counts");
    suite->errors++;
    end_case(suite, "");
    text_release(&why);
}

static void end_suite(struct suite *suite, const char *started, struct text *out)
{
    text_add(out, "  <testsuite");
    add_attribute(out, "name", suite->name);
    text_format(out, " tests=\"%u\" failures=\"%u\" errors=\"%u\" skipped=\"0\"", suite->tests, suite->failures,
                suite->errors);
    add_attribute(out, "timestamp", started);
    text_add(out, ">\n");
    text_append(out, suite->cases.data, suite->cases.length);
    text_add(out, "  </testsuite>\n");
    text_release(&suite->cases);
}

/* NULL: the conditions that ask for a service which the run does not have. */
static void add_verdicts(struct suite *suite, const struct gate *gate, const struct backend_finding *backend)
{
    for (size_t i = 0; i < gate->count; i++) {
        if (gate->verdicts[i].backend == backend) {
            add_verdict(suite, &gate->verdicts[i]);
        }
    }
}

static void write_service(const struct findings *findings, const struct gate *gate,
                          const struct backend_finding *backend, struct text *out)
{
    struct suite suite = {.name = backend->record->name, .scenario = findings->scenario.name};

    if (!capacity_judged(backend)) {
        add_absence(&suite, backend);
    }
    for (size_t i = 0; i < backend->limit_count; i++) {
        add_limit(&suite, findings, gate, backend, &backend->limits[i]);
    }
    add_verdicts(&suite, gate, backend);
    end_suite(&suite, findings->log->run.started, out);
}

void junit_write(const struct findings *findings, const struct gate *gate, struct text *out)
{
    struct suite nobody = {.name = "twofold", .scenario = findings->scenario.name};

    gate = gate != NULL ? gate : &no_gate;
    text_add(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites");
    add_attribute(out, "name", findings->scenario.name);
    text_add(out, ">\n");
    for (size_t i = 0; i < findings->backend_count; i++) {
        write_service(findings, gate, &findings->backends[i], out);
    }
    add_verdicts(&nobody, gate, NULL);
    if (nobody.tests > 0) {
        end_suite(&nobody, findings->log->run.started, out);
    }
    text_add(out, "</testsuites>\n");
}
