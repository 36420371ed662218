#include "record/run_bounds.h"

#include "base/clock.h"
#include "base/core_set.h"

#include <inttypes.h>
#include <string.h>

/* No measured time is longer than an hour. Below this limit no sum or product of times overflows. */
#define MEASURED_MOST_NS (24 * 3600 * CLOCK_SECOND_NS)

/* Sums of doubles are not exact. */
#define SUM_SLACK 1e-6

int run_bounds_histogram(const struct histogram *stated, const struct histogram *counted, struct error *err)
{
    double total = (double)stated->total;

    if (stated->total != counted->total) {
        return error_input(err, "\"total\" is %" PRIu64 ", its counts make %" PRIu64, stated->total, counted->total);
    }
    if (stated->total == 0) {
        return 0;
    }
    if (stated->min < counted->min || stated->min > stated->max) {
        return error_input(err, "\"min\" does not fit its counts");
    }
    if (stated->max > counted->max && counted->max < stated->highest) {
        return error_input(err, "\"max\" does not fit its counts");
    }
    if (!(stated->sum >= total * (double)stated->min * (1 - SUM_SLACK) &&
          stated->sum <= total * (double)stated->max * (1 + SUM_SLACK))) {
        return error_input(err, "\"sum\" does not fit its counts");
    }
    return 0;
}

static int check_cores(const char *key, const char *cores, struct error *err)
{
    struct core_set set;
    if (core_set_read(&set, cores, err) != 0) {
        return error_context(err, "\"%s\"", key);
    }
    return 0;
}

static int check_folders(char *const *folders, struct error *err)
{
    for (; folders != NULL && *folders != NULL; folders++) {
        if (strchr(*folders, '=') == NULL) {
            return error_input(err, "\"folders\" has \"%.200s\", which is not of the form NAME=PATH", *folders);
        }
    }
    return 0;
}

int run_bounds_run(const struct run_record *run, struct error *err)
{
    if (run->profile[0] == '\0') {
        return error_input(err, "\"profile\" is empty");
    }
    if (check_folders(run->folders, err) != 0) {
        return -1;
    }
    if (check_cores("generator_cores", run->generator_cores, err) != 0) {
        return -1;
    }
    return check_cores("service_cores", run->service_cores, err);
}

static bool has_backend(const struct run_log *log, const char *name)
{
    for (size_t i = 0; i < log->backend_count; i++) {
        if (strcmp(log->backends[i].name, name) == 0) {
            return true;
        }
    }
    return false;
}

/* One that did not start in its first trial and starts in a later one has a second record. */
static bool replaces(const struct backend_record *record, const struct backend_record *before)
{
    return before->skipped == NULL && !backend_record_started(before) && backend_record_started(record);
}

int run_bounds_backend(const struct run_log *log, struct error *err)
{
    const struct backend_record *last = &log->backends[log->backend_count - 1];

    if (last->name[0] == '\0') {
        return error_input(err, "\"name\" is empty");
    }
    for (size_t i = 0; i + 1 < log->backend_count; i++) {
        const struct backend_record *before = &log->backends[i];
        if (strcmp(before->name, last->name) == 0 && !replaces(last, before)) {
            return error_input(err, "\"name\": a second backend called \"%.100s\"", last->name);
        }
    }
    return 0;
}

/* They lie one after the other in the measured time. */
static int check_stalls(const struct load_record *load, struct error *err)
{
    uint64_t before_ns = 0;

    if (load->stalls.count > STALLS_MOST) {
        return error_input(err, "\"stalls\" has more than %d", STALLS_MOST);
    }
    for (size_t i = 0; i < load->stalls.count; i++) {
        const struct stall *stall = &load->stalls.stalls[i];
        if (stall->at_ns < before_ns || stall->at_ns > load->measured_ns ||
            stall->length_ns > load->measured_ns - stall->at_ns) {
            return error_input(err, "\"stalls\": \"at_ns\"[%zu] is not after the one before or too late", i);
        }
        before_ns = stall->at_ns + stall->length_ns;
    }
    return 0;
}

static int check_slow(const struct slow_tally *slow, struct error *err)
{
    if (slow->open > slow->wanted) {
        return error_input(err, "\"slow_connections\": more are \"open\" than \"wanted\"");
    }
    if (slow->life_least_ns > slow->life_most_ns) {
        return error_input(err, "\"slow_connections\": \"life_least_ns\" is above \"life_most_ns\"");
    }
    return 0;
}

static int check_load(const struct load_record *load, struct error *err)
{
    if (load->measured_ns > MEASURED_MOST_NS) {
        return error_input(err, "\"measured_ns\" is more than a day");
    }
    if (load->interval_ns > load->measured_ns / load->interval_count) {
        return error_input(err, "\"window_ns\": %zu windows of it are more than \"measured_ns\"", load->interval_count);
    }
    if (load->mean_in_flight < 0) {
        return error_input(err, "\"mean_in_flight\" is below 0");
    }
    if (load->carried_in_flight < 0) {
        return error_input(err, "\"carried_in_flight\" is below 0");
    }
    if (load->busiest_thread < 0) {
        return error_input(err, "\"busiest_thread\" is below 0");
    }
    if (load->starved_thread < 0) {
        return error_input(err, "\"starved_thread\" is below 0");
    }
    if (load->stood_still < 0) {
        return error_input(err, "\"stood_still\" is below 0");
    }
    if (check_slow(&load->slow, err) != 0) {
        return -1;
    }
    return check_stalls(load, err);
}

static int check_backend(const struct run_log *log, const char *backend, struct error *err)
{
    if (!has_backend(log, backend)) {
        return error_input(err, "\"backend\": no record of a backend called \"%.100s\" before it", backend);
    }
    return 0;
}

int run_bounds_trial(const struct run_log *log, struct error *err)
{
    const struct trial_record *trial = &log->trials[log->trial_count - 1];

    for (size_t i = 0; i + 1 < log->trial_count; i++) {
        if (log->trials[i].trial == trial->trial && strcmp(log->trials[i].backend, trial->backend) == 0) {
            return error_input(err, "\"trial\": a second end of trial %u of \"%.100s\"", trial->trial, trial->backend);
        }
    }
    return check_backend(log, trial->backend, err);
}

int run_bounds_audit(const struct run_log *log, struct error *err)
{
    const struct audit_record *audit = &log->audits[log->audit_count - 1];

    for (size_t i = 0; i + 1 < log->audit_count; i++) {
        if (log->audits[i].trial == audit->trial && strcmp(log->audits[i].backend, audit->backend) == 0) {
            return error_input(err, "\"trial\": a second audit of trial %u of \"%.100s\"", audit->trial,
                               audit->backend);
        }
    }
    return check_backend(log, audit->backend, err);
}

int run_bounds_forecast(const struct run_log *log, const struct forecast_record *forecast, struct error *err)
{
    if (forecast->level == 0) {
        return error_input(err, "\"level\" is 0");
    }
    return check_backend(log, forecast->backend, err);
}

int run_bounds_samples(const struct sample *samples, size_t count, struct error *err)
{
    for (size_t i = 0; i < count; i++) {
        const struct sample *sample = &samples[i];
        if (i > 0 && sample->at_ns <= samples[i - 1].at_ns) {
            return error_input(err, "\"samples\": \"at_ns\"[%zu] is not after the one before", i);
        }
        if (sample->service_group_throttled_periods > sample->service_group_periods) {
            return error_input(err, "\"samples\": \"service_group_throttled_periods\"[%zu] is more than the periods",
                               i);
        }
        if (sample->service_group_quota_cores < 0) {
            return error_input(err, "\"samples\": \"service_group_quota_cores\"[%zu] is below 0", i);
        }
    }
    return 0;
}

int run_bounds_step(const struct run_log *log, const struct step_record *step, struct error *err)
{
    if (check_backend(log, step->backend, err) != 0) {
        return -1;
    }
    if (step->level == 0) {
        return error_input(err, "\"level\" is 0");
    }
    if (check_load(&step->load, err) != 0) {
        return error_context(err, "\"load\"");
    }
    return 0;
}
