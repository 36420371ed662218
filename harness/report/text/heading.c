#include "report/text/heading.h"

#include "analysis/capacity/reference.h"
#include "plan/profile.h"
#include "report/text/bounds.h"
#include "report/text/facts/doubling_fact.h"
#include "report/text/facts/service_facts.h"
#include "report/text/service_phrase.h"
#include "report/text/session_table.h"
#include "report/text/table.h"
#include "report/words/figures.h"
#include "report/words/reliability/trial_phrase.h"
#include "report/words/standing/box_phrase.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

/* "not known" where a run log says nothing. */
static const char *known(const char *string)
{
    if (string == NULL || string[0] == '\0') {
        return "not known";
    }
    return string;
}

/* `what` is emptied. */
static void fact(struct table *facts, const char *word, struct text *what)
{
    table_cell(facts, "%s", word);
    table_take(facts, what);
}

static void say_scenario(struct table *facts, const struct findings *findings)
{
    const struct scenario *scenario = &findings->scenario;
    struct text out = {0};

    text_format(&out, "%s: %s", known(scenario->name), known(scenario->why));
    if (findings->log->run.overridden != NULL) {
        text_format(&out, "; set on the command line: %s", findings->log->run.overridden);
    }
    fact(facts, "scenario", &out);
}

static void say_requests(struct table *facts, const struct traffic *traffic)
{
    struct text out = {0};

    for (size_t i = 0; i < traffic->request_count; i++) {
        const struct request *request = &traffic->requests[i];
        figures_separate(&out, i, ", ");
        if (traffic->request_count > 1) {
            figures_share(&out, traffic_share(traffic, i));
            text_add(&out, " ");
        }
        text_format(&out, "%s (", request->name);
        traffic_write_request(traffic, request, &out);
        text_add(&out, ")");
    }
    fact(facts, "requests", &out);
}

static void say_step(struct table *facts, const struct findings *findings)
{
    struct text out = {0};

    text_add(&out, "at least ");
    figures_set_time(&out, profile_warmup_ns(findings->profile, findings->scenario.warmup_ns));
    text_add(&out, " of warm-up, then at least ");
    figures_set_time(&out, profile_measure_ns(findings->profile, findings->scenario.measure_ns, 0, 0));
    text_add(&out, " measured");
    if (findings->profile != PROFILE_STANDARD) {
        text_format(&out, " (a %s run)", profile_name(findings->profile));
    }
    text_add(&out, "; a response later than ");
    figures_set_time(&out, findings->scenario.deadline_ns);
    text_add(&out, " is a failure");
    fact(facts, "each step", &out);
}

static void say_soak(struct table *facts, const struct findings *findings)
{
    const struct soak *soak = &findings->scenario.soak;
    struct text out = {0};

    if (soak->share > 0) {
        text_add(&out, "a steady load at ");
        figures_set_share(&out, soak->share);
        text_add(&out, " of the highest that a service held: ");
        figures_set_time(&out, profile_warmup_ns(findings->profile, soak->warmup_ns));
        text_add(&out, " of warm-up, then ");
        figures_set_time(&out, profile_measure_ns(findings->profile, soak->measure_ns, 0, 0));
        text_add(&out, " measured");
        fact(facts, "at the end", &out);
    }
}

/* " (attached: http://127.0.0.1:8080/, plain HTTP/1.1)" */
static void add_attached(struct text *out, const struct backend_record *record)
{
    if (record->attached != NULL) {
        text_format(out, " (attached: %s, %s)", record->attached, known(record->protocol));
    }
}

/* Whose figures are told under the service's name, where that is not its own process alone. */
static void add_followed(struct text *out, const struct backend_record *record)
{
    if (record->followed != NULL) {
        text_format(out, ", read with process %s, which listens on its port", record->followed);
    }
}

static void add_watched(struct text *out, const struct backend_record *record)
{
    text_format(out, "%s: ", record->name);
    if (record->watched != NULL) {
        text_add(out, record->watched);
    } else {
        text_format(out, "not watched (%s)", record->not_watched != NULL ? record->not_watched : "nothing was named");
    }
}

/* What was read of a service that ran already. */
static void say_watches(struct table *facts, const struct findings *findings)
{
    struct text out = {0};
    size_t count = 0;

    for (size_t i = 0; i < findings->backend_count; i++) {
        const struct backend_record *record = findings->backends[i].record;
        if (record->watched != NULL || record->watch != NULL) {
            figures_separate(&out, count++, "; ");
            add_watched(&out, record);
        }
    }
    if (count > 0) {
        fact(facts, "watched", &out);
    }
    text_release(&out);
}

static void say_services(struct table *facts, const struct findings *findings)
{
    struct text out = {0};

    for (size_t i = 0; i < findings->backend_count; i++) {
        const struct backend_record *record = findings->backends[i].record;
        figures_separate(&out, i, ", ");
        text_add(&out, record->name);
        service_phrase_stack(&out, record);
        add_attached(&out, record);
        service_phrase_verified(&out, record);
        add_followed(&out, record);
    }
    fact(facts, "services", &out);
    say_watches(facts, findings);
}

static const char *governor(const struct machine *machine)
{
    if (machine->governor == NULL || strcmp(machine->governor, "unknown") == 0) {
        return "not known";
    }
    return machine->governor;
}

static void say_machine(struct table *facts, const struct machine *machine)
{
    struct text out = {0};

    text_format(&out, "%s, %s, %u core%s, ", known(machine->cpu), known(machine->architecture), machine->cores,
                figures_plural(machine->cores));
    figures_size(&out, machine->memory_bytes);
    text_format(&out, " of memory; %s, kernel %s; virtualisation: %s; clock governor: %s", known(machine->system),
                known(machine->kernel), known(machine->virtualization), governor(machine));
    fact(facts, "machine", &out);
}

/* Where those run that ran already only their own processes say. */
static bool know_service_cores(const struct findings *findings)
{
    bool known_of_all = true, any_started = false;

    for (size_t i = 0; i < findings->backend_count; i++) {
        const struct backend_record *record = findings->backends[i].record;
        any_started = any_started || record->attached == NULL;
        known_of_all = known_of_all && (record->cores != NULL || record->skipped != NULL);
    }
    return any_started || known_of_all;
}

static void say_cores(struct table *facts, const struct findings *findings)
{
    const struct run_record *run = &findings->log->run;
    struct text out = {0};

    text_format(&out, "load generator on %s, services on %s", known(run->generator_cores),
                know_service_cores(findings) ? known(run->service_cores) : "cores that are not known");
    if (run->cores_shared) {
        text_add(&out, ": shared, so each disturbs the other");
    }
    fact(facts, "cores", &out);
}

/* How much of the machine each service may use. */
static void say_box(struct table *facts, const struct run_record *run)
{
    struct text out = {0};

    if (run->box != NULL) {
        box_phrase_run(&out, run->box);
        fact(facts, "box", &out);
    }
}

/* "; before 6 blocks of trials it answered 168,000/s to 181,000/s, 7.2 % apart" */
static void add_spread(struct text *out, const struct run_log *log)
{
    struct reference_spread spread;

    reference_spread_find(log, &spread);
    if (spread.blocks > 1) {
        text_format(out, "; before %zu blocks of trials it answered ", spread.blocks);
        figures_rate(out, spread.least_rps);
        text_add(out, " to ");
        figures_rate(out, spread.most_rps);
        text_add(out, ", ");
        figures_share(out, spread.share);
        text_add(out, " apart");
        if (spread.blocks < log->calibration_count) {
            text_format(out, " (%zu disturbed measurement%s left out)", log->calibration_count - spread.blocks,
                        figures_plural(log->calibration_count - spread.blocks));
        }
    }
}

static void say_reference(struct table *facts, const struct run_log *log)
{
    const struct calibration *calibration = &log->run.calibration;
    struct text out = {0};

    if (!calibration->done) {
        text_add(&out, "not measured: how much this machine and generator can show is not known");
        fact(facts, "reference", &out);
        return;
    }
    text_add(&out, "what can be shown here at most: a minimal C service answers ");
    figures_rate(&out, (double)calibration->throughput_rps);
    text_format(&out, " over %u connections (p99 ", calibration->connections);
    figures_time(&out, calibration->p99_ns);
    text_add(&out, "; CPU a request: ");
    figures_time(&out, calibration->service_cpu_ns_per_request);
    text_add(&out, " its own, ");
    figures_time(&out, calibration->generator_cpu_ns_per_request);
    text_add(&out, " the load generator's, which was ");
    figures_share(&out, calibration->generator_busy);
    text_add(&out, " busy)");
    if (calibration->round_trip_ns > 0) {
        text_add(&out, "; bare round trip of the network ");
        figures_time(&out, calibration->round_trip_ns);
    }
    add_spread(&out, log);
    fact(facts, "reference", &out);
}

/* Of all steps. Says nothing when none was sampled. */
static void say_sampling(struct table *facts, const struct findings *findings)
{
    double highest = 0, sum = 0;
    size_t count = 0;
    struct text out = {0};

    for (size_t i = 0; i < findings->backend_count; i++) {
        for (size_t k = 0; k < findings->backends[i].step_count; k++) {
            double share = findings->backends[i].steps[k].usage.host.sampling_share;
            highest = fmax(share, highest);
            sum += share;
            count += share > 0;
        }
    }
    if (count > 0) {
        text_add(&out, "reading the host ten times a second cost ");
        figures_share(&out, sum / (double)count);
        text_add(&out, " of a core, at most ");
        figures_share(&out, highest);
        fact(facts, "sampling", &out);
    }
}

/* " (of those of go, 2 did not start)" */
static void add_failed_trials(struct text *out, const struct findings *findings)
{
    for (size_t i = 0; i < findings->backend_count; i++) {
        struct text failed = {0};
        if (trial_phrase_failed(&failed, &findings->backends[i])) {
            text_format(out, " (of those of %s, %s)", findings->backends[i].record->name, failed.data);
        }
        text_release(&failed);
    }
}

static void say_run(struct table *facts, const struct findings *findings)
{
    const struct run_log *log = findings->log;
    struct text out = {0};

    text_format(&out, "started %s, %u trial%s a service", known(log->run.started), log->run.trials,
                figures_plural(log->run.trials));
    add_failed_trials(&out, findings);
    if (!run_log_complete(log)) {
        text_add(&out, ", cut short");
    }
    text_format(&out, ", twofold %s", known(log->run.harness_version));
    fact(facts, "run", &out);
}

void heading_write(struct page *page, const struct findings *findings)
{
    struct table facts;
    struct text limits = {0};

    table_init_facts(&facts);
    say_scenario(&facts, findings);
    say_requests(&facts, &findings->scenario.traffic);
    session_table_add_fact(&facts, &findings->scenario.traffic);
    doubling_fact_add(&facts, &findings->scenario);
    say_step(&facts, findings);
    say_soak(&facts, findings);
    bounds_write(&limits, findings);
    fact(&facts, "limits", &limits);
    say_services(&facts, findings);
    service_facts_add(&facts, findings);
    say_machine(&facts, &findings->log->run.machine);
    say_cores(&facts, findings);
    say_box(&facts, &findings->log->run);
    say_reference(&facts, findings->log);
    say_sampling(&facts, findings);
    say_run(&facts, findings);
    page->style->facts(page, &facts);
    table_release(&facts);
}
