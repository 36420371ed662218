#include "report/data/open_metrics.h"

#include "analysis/capacity/held_load.h"
#include "analysis/capacity/limit_order.h"
#include "analysis/reliability.h"
#include "base/utf8.h"
#include "report/words/figures.h"

#include <math.h>
#include <stddef.h>

#define NS 1e-9

/* A sample's labels; a NULL name ends them. */
struct label {
    const char *name, *value;
};

static void add_value(struct text *out, const char *value)
{
    struct text safe = {0};

    utf8_plain(&safe, value);
    for (const char *at = safe.data; at != NULL && *at != '\0'; at++) {
        text_add(out, *at == '"' || *at == '\\' ? "\\" : "");
        text_append(out, at, 1);
    }
    text_release(&safe);
}

/* A sample; none where the number is not finite. */
static void add_sample(struct text *out, const char *metric, const struct label *labels, double number)
{
    if (!isfinite(number)) {
        return;
    }
    text_add(out, metric);
    for (size_t i = 0; labels[i].name != NULL; i++) {
        text_format(out, "%s%s=\"", i == 0 ? "{" : ",", labels[i].name);
        add_value(out, labels[i].value);
        text_add(out, "\"");
    }
    text_format(out, "} %.10g\n", number);
}

static void begin(struct text *out, const char *metric, const char *unit, const char *help)
{
    text_format(out, "# TYPE %s gauge\n", metric);
    if (unit != NULL) {
        text_format(out, "# UNIT %s %s\n", metric, unit);
    }
    text_format(out, "# HELP %s %s\n", metric, help);
}

/* ---- a number of each service ---- */

typedef double number_of(const struct backend_finding *backend);

static double capacity_of(const struct backend_finding *backend)
{
    return held_load_of(backend).capacity;
}

static double low_of(const struct backend_finding *backend)
{
    return held_load_of(backend).low;
}

static double high_of(const struct backend_finding *backend)
{
    return held_load_of(backend).high;
}

static double memory_of(const struct backend_finding *backend)
{
    const struct step_finding *step = backend->last_good;
    return step != NULL && step->usage.host.rss_peak_bytes > 0 ? (double)step->usage.host.rss_peak_bytes : NAN;
}

static double cpu_of(const struct backend_finding *backend)
{
    const struct step_finding *step = backend->last_good;
    return step != NULL && step->cpu_ns_per_request > 0 ? (double)step->cpu_ns_per_request * NS : NAN;
}

static const struct {
    const char *metric, *unit, *help;
    number_of *number;
} metrics[] = {
    {"twofold_capacity", NULL, "Load that the service holds, in what doubles (label unit)", capacity_of},
    {"twofold_capacity_low", NULL, "Lower end of the interval of that load", low_of},
    {"twofold_capacity_high", NULL, "Upper end of the interval of that load", high_of},
    {"twofold_resident_memory_bytes", "bytes", "Most resident memory at the highest load held", memory_of},
    {"twofold_cpu_seconds_per_request", NULL, "CPU time a request at the highest load held", cpu_of},
};

static void write_metrics(const struct findings *findings, struct text *out)
{
    for (size_t i = 0; i < sizeof metrics / sizeof metrics[0]; i++) {
        begin(out, metrics[i].metric, metrics[i].unit, metrics[i].help);
        for (size_t k = 0; k < findings->backend_count; k++) {
            const struct backend_finding *backend = &findings->backends[k];
            const struct label labels[] = {{"scenario", findings->scenario.name},
                                           {"service", backend->record->name},
                                           {"unit", figures_level_unit(&findings->scenario)},
                                           {NULL, NULL}};
            add_sample(out, metrics[i].metric, labels, metrics[i].number(backend));
        }
    }
}

/* ---- limits ---- */

static void write_limits(const struct findings *findings, const struct backend_finding *backend, bool high,
                         struct text *out)
{
    for (size_t i = 0; i < backend->limit_count; i++) {
        const struct limit_capacity *limit = &backend->limits[i];
        struct text name = {0}, order = {0};
        limit_write(&name, limit->limit, limit->request);
        text_format(&order, "%u", limit->order);
        const struct label labels[] = {{"scenario", findings->scenario.name},
                                       {"service", backend->record->name},
                                       {"limit", name.data},
                                       {"order", order.data},
                                       {NULL, NULL}};
        add_sample(out, high ? "twofold_limit_capacity_high" : "twofold_limit_capacity_low", labels,
                   high ? limit->high : limit->low);
        text_release(&name);
        text_release(&order);
    }
}

static void write_first(const struct findings *findings, const struct backend_finding *backend, struct text *out)
{
    struct text name = {0};

    if (limit_order_first(backend) > 0 && backend->first_break != NULL) {
        limit_write(&name, backend->limits[0].limit, backend->limits[0].request);
        const struct label labels[] = {{"scenario", findings->scenario.name},
                                       {"service", backend->record->name},
                                       {"limit", name.data},
                                       {"cause", cause_name(backend->first_break->cause.cause)},
                                       {NULL, NULL}};
        add_sample(out, "twofold_first_break_info", labels, 1);
    }
    text_release(&name);
}

static void write_response(const struct findings *findings, const struct backend_finding *backend, struct text *out)
{
    const struct step_finding *step = backend->last_good;

    for (int i = 0; i < 2 && step != NULL; i++) {
        uint64_t ns = i == 0 ? step->p50_ns : step->p99_ns;
        const struct label labels[] = {{"scenario", findings->scenario.name},
                                       {"service", backend->record->name},
                                       {"quantile", i == 0 ? "0.5" : "0.99"},
                                       {NULL, NULL}};
        add_sample(out, "twofold_response_seconds", labels, ns != NO_TIME ? (double)ns * NS : NAN);
    }
}

static void write_of_services(const struct findings *findings, struct text *out)
{
    begin(out, "twofold_limit_capacity_low", NULL, "Lower end of the interval of the load that keeps the limit");
    for (size_t i = 0; i < findings->backend_count; i++) {
        write_limits(findings, &findings->backends[i], false, out);
    }
    begin(out, "twofold_limit_capacity_high", NULL, "Upper end of the interval of the load that keeps the limit");
    for (size_t i = 0; i < findings->backend_count; i++) {
        write_limits(findings, &findings->backends[i], true, out);
    }
    begin(out, "twofold_first_break_info", NULL, "The limit that breaks first, and what was behind it");
    for (size_t i = 0; i < findings->backend_count; i++) {
        write_first(findings, &findings->backends[i], out);
    }
    begin(out, "twofold_response_seconds", "seconds", "Response time at the highest load held");
    for (size_t i = 0; i < findings->backend_count; i++) {
        write_response(findings, &findings->backends[i], out);
    }
}

/* ---- the run ---- */

static void write_run(const struct findings *findings, struct text *out)
{
    const struct run_record *run = &findings->log->run;
    struct text trials = {0};

    text_format(&trials, "%u", run->trials);
    const struct label labels[] = {{"scenario", findings->scenario.name},        {"started", run->started},
                                   {"profile", profile_name(findings->profile)}, {"trials", trials.data},
                                   {"harness_version", run->harness_version},    {NULL, NULL}};
    const struct label scenario[] = {{"scenario", findings->scenario.name}, {NULL, NULL}};

    begin(out, "twofold_run_info", NULL, "The run that the other samples are of");
    add_sample(out, "twofold_run_info", labels, 1);
    begin(out, "twofold_valid", NULL, "1 where the measurement is valid");
    add_sample(out, "twofold_valid", scenario, reliability_valid(findings) ? 1 : 0);
    text_release(&trials);
}

void open_metrics_write(const struct findings *findings, struct text *out)
{
    write_run(findings, out);
    write_metrics(findings, out);
    write_of_services(findings, out);
    text_add(out, "# EOF\n");
}
