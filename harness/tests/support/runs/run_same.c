#include "histogram_counts.h"
#include "run_example.h"
#include "test.h"

#include <math.h>

static void check_string(const char *string, const char *expected)
{
    if (expected == NULL) {
        assert_null(string);
    } else {
        assert_non_null(string);
        assert_string_equal(string, expected);
    }
}

static void check_strings(char *const *strings, char *const *expected)
{
    assert_int_equal(strings != NULL, expected != NULL);
    for (size_t i = 0; expected != NULL && (i == 0 || expected[i - 1] != NULL); i++) {
        check_string(strings[i], expected[i]);
    }
}

static void check_run(const struct run_record *run, const struct run_record *expected)
{
    const struct machine *machine = &run->machine, *other = &expected->machine;

    check_string(run->harness_version, expected->harness_version);
    check_string(run->started, expected->started);
    check_string(run->scenario_name, expected->scenario_name);
    check_string(run->scenario_text, expected->scenario_text);
    check_string(run->scenario_hash, expected->scenario_hash);
    assert_int_equal(run->seed, expected->seed);
    assert_int_equal(run->trials, expected->trials);
    check_string(run->profile, expected->profile);
    check_string(run->backends, expected->backends);
    check_strings(run->folders, expected->folders);
    check_string(run->generator_cores, expected->generator_cores);
    check_string(run->service_cores, expected->service_cores);
    assert_int_equal(run->cores_shared, expected->cores_shared);
    check_string(run->overridden, expected->overridden);
    check_string(run->targets, expected->targets);
    assert_int_equal(run->http2, expected->http2);
    assert_int_equal(run->insecure, expected->insecure);
    check_string(run->ca_file, expected->ca_file);
    check_string(run->box, expected->box);
    check_string(machine->cpu, other->cpu);
    check_string(machine->architecture, other->architecture);
    check_string(machine->kernel, other->kernel);
    check_string(machine->system, other->system);
    check_string(machine->virtualization, other->virtualization);
    check_string(machine->governor, other->governor);
    check_string(machine->clocksource, other->clocksource);
    check_string(machine->congestion_control, other->congestion_control);
    assert_int_equal(machine->cores, other->cores);
    assert_int_equal(machine->other_run, other->other_run);
    assert_int_equal(machine->memory_bytes, other->memory_bytes);
    assert_int_equal(machine->swap_bytes, other->swap_bytes);
    assert_int_equal(machine->swap_used_bytes, other->swap_used_bytes);
    assert_int_equal(machine->file_descriptor_limit, other->file_descriptor_limit);
    assert_int_equal(machine->ports, other->ports);
    assert_int_equal(machine->somaxconn, other->somaxconn);
    assert_int_equal(machine->turbo_known, other->turbo_known);
    assert_int_equal(machine->turbo, other->turbo);
    assert_true(machine->load1 == other->load1);
    assert_true(machine->steal_share == other->steal_share);
    assert_true(machine->quota_cores == other->quota_cores);
    assert_int_equal(machine->group_memory_limit_bytes, other->group_memory_limit_bytes);
    assert_memory_equal(&run->calibration, &expected->calibration, sizeof run->calibration);
}

static void check_backend(const struct backend_record *backend, const struct backend_record *expected)
{
    check_string(backend->name, expected->name);
    check_string(backend->attached, expected->attached);
    check_string(backend->protocol, expected->protocol);
    check_string(backend->cores, expected->cores);
    check_string(backend->language, expected->language);
    check_string(backend->framework, expected->framework);
    check_string(backend->class, expected->class);
    check_string(backend->versions, expected->versions);
    check_string(backend->skipped, expected->skipped);
    assert_int_equal(backend->not_installed, expected->not_installed);
    check_string(backend->followed, expected->followed);
    check_string(backend->not_watched, expected->not_watched);
    check_string(backend->watch, expected->watch);
    check_string(backend->watched, expected->watched);
    check_string(backend->environment, expected->environment);
    check_string(backend->verified, expected->verified);
    check_string(backend->artifact_hash, expected->artifact_hash);
    check_string(backend->box, expected->box);
    check_string(backend->unboxed, expected->unboxed);
    assert_int_equal(backend->workers, expected->workers);
    assert_int_equal(backend->cold_start_ns, expected->cold_start_ns);
    assert_int_equal(backend->first_request_ns, expected->first_request_ns);
    assert_memory_equal(&backend->idle, &expected->idle, sizeof backend->idle);
    assert_int_equal(backend->artifact_bytes, expected->artifact_bytes);
    assert_int_equal(backend->dependencies, expected->dependencies);
    assert_int_equal(backend->build_ns, expected->build_ns);
    assert_int_equal(backend->memory_given_bytes, expected->memory_given_bytes);
    assert_int_equal(backend->runtime_bytes, expected->runtime_bytes);
    assert_int_equal(backend->build_clean_ns, expected->build_clean_ns);
    assert_int_equal(backend->build_changed_ns, expected->build_changed_ns);
    assert_int_equal(backend->source_lines, expected->source_lines);
    assert_int_equal(backend->change_files, expected->change_files);
    assert_int_equal(backend->change_lines, expected->change_lines);
}

static void check_histogram(const struct histogram *histogram, const struct histogram *expected)
{
    assert_int_equal(histogram->digits, expected->digits);
    assert_int_equal(histogram->total, expected->total);
    assert_int_equal(histogram->min, expected->min);
    assert_int_equal(histogram->max, expected->max);
    assert_true(histogram->sum == expected->sum);
    assert_true(histogram_counts_same(histogram, expected));
}

static void check_intervals(const struct interval *intervals, const struct interval *expected, size_t count)
{
    assert_int_equal(intervals == NULL, expected == NULL);
    for (size_t i = 0; expected != NULL && i < count; i++) {
        assert_memory_equal(&intervals[i].tally, &expected[i].tally, sizeof expected[i].tally);
        check_histogram(&intervals[i].response, &expected[i].response);
        assert_int_equal(intervals[i].in_flight, expected[i].in_flight);
    }
}

static void check_wrong(const struct wrong_response *wrong, const struct wrong_response *expected)
{
    if (wrong == NULL || expected == NULL) {
        assert_ptr_equal(wrong, expected);
        return;
    }
    check_string(wrong->request, expected->request);
    assert_int_equal(wrong->at_ns, expected->at_ns);
    assert_int_equal(wrong->status, expected->status);
    assert_int_equal(wrong->expected_status, expected->expected_status);
    assert_true(wrong->expected_bytes == expected->expected_bytes);
    check_string(wrong->member, expected->member);
    check_string(wrong->expected_value, expected->expected_value);
    check_string(wrong->came_value, expected->came_value);
    check_string(wrong->capture, expected->capture);
    assert_int_equal(wrong->body_bytes, expected->body_bytes);
    check_string(wrong->body, expected->body);
}

static void check_details(const struct load_record *load, const struct load_record *expected)
{
    const struct status_counts *statuses = &load->statuses;

    assert_int_equal(load->detailed, expected->detailed);
    assert_int_equal(load->stalls.count, expected->stalls.count);
    for (size_t i = 0; i < expected->stalls.count; i++) {
        assert_int_equal(load->stalls.stalls[i].at_ns, expected->stalls.stalls[i].at_ns);
        assert_int_equal(load->stalls.stalls[i].length_ns, expected->stalls.stalls[i].length_ns);
    }
    assert_int_equal(statuses->count, expected->statuses.count);
    for (size_t i = 0; i < statuses->count; i++) {
        assert_int_equal(statuses->counts[i].status, expected->statuses.counts[i].status);
        assert_int_equal(statuses->counts[i].count, expected->statuses.counts[i].count);
        assert_int_equal(statuses->counts[i].time_ns, expected->statuses.counts[i].time_ns);
    }
}

static void check_load(const struct load_record *load, const struct load_record *expected)
{
    assert_int_equal(load->started_ns, expected->started_ns);
    assert_int_equal(load->measured_ns, expected->measured_ns);
    assert_memory_equal(&load->tally, &expected->tally, sizeof load->tally);
    check_histogram(&load->response, &expected->response);
    check_histogram(&load->service, &expected->service);
    check_histogram(&load->send_lag, &expected->send_lag);
    assert_int_equal(load->censored, expected->censored);
    assert_int_equal(load->interval_ns, expected->interval_ns);
    assert_int_equal(load->drain_ns, expected->drain_ns);
    assert_int_equal(load->drained, expected->drained);
    assert_true(load->mean_in_flight == expected->mean_in_flight);
    assert_true(load->carried_in_flight == expected->carried_in_flight);
    assert_int_equal(load->held_at_end, expected->held_at_end);
    assert_int_equal(load->connections, expected->connections);
    assert_int_equal(load->connections_opened, expected->connections_opened);
    assert_int_equal(load->connections_missing, expected->connections_missing);
    assert_int_equal(load->connections_denied, expected->connections_denied);
    assert_int_equal(load->wall_stepped_ns, expected->wall_stepped_ns);
    assert_int_equal(load->cpu_ns, expected->cpu_ns);
    assert_int_equal(load->spin_ns, expected->spin_ns);
    assert_true(load->busiest_thread == expected->busiest_thread);
    assert_true(load->starved_thread == expected->starved_thread);
    assert_true(load->stood_still == expected->stood_still);
    assert_int_equal(load->threads, expected->threads);
    assert_memory_equal(&load->sessions, &expected->sessions, sizeof load->sessions);
    assert_memory_equal(&load->slow, &expected->slow, sizeof load->slow);
    check_wrong(load->first_wrong, expected->first_wrong);
    check_details(load, expected);
    assert_int_equal(load->interval_count, expected->interval_count);
    check_intervals(load->intervals, expected->intervals, expected->interval_count);
}

static void check_requests(const struct load_record *load, const struct load_record *expected)
{
    assert_int_equal(load->request_count, expected->request_count);
    for (size_t i = 0; i < expected->request_count; i++) {
        const struct request_record *request = &load->requests[i], *other = &expected->requests[i];
        check_string(request->name, other->name);
        assert_memory_equal(&request->tally, &other->tally, sizeof request->tally);
        check_histogram(&request->response, &other->response);
        check_intervals(request->intervals, other->intervals, expected->interval_count);
        assert_int_equal(request->sent, other->sent);
        assert_int_equal(request->good, other->good);
        assert_int_equal(request->late, other->late);
        assert_int_equal(request->wrong, other->wrong);
        assert_int_equal(request->lost, other->lost);
    }
}

static void check_dependencies(const struct step_record *step, const struct step_record *expected)
{
    assert_int_equal(step->dependency_count, expected->dependency_count);
    for (size_t i = 0; i < expected->dependency_count; i++) {
        const struct dependency_load *load = &step->dependencies[i], *other = &expected->dependencies[i];
        check_string(load->name, other->name);
        assert_int_equal(load->fault, other->fault);
        assert_int_equal(load->mended, other->mended);
        assert_int_equal(load->connections, other->connections);
        assert_int_equal(load->cores, other->cores);
        assert_int_equal(load->shared, other->shared);
        assert_int_equal(load->sample_count, other->sample_count);
        assert_memory_equal(load->samples, other->samples, other->sample_count * sizeof *other->samples);
        assert_int_equal(load->call_count, other->call_count);
        assert_memory_equal(load->calls, other->calls, other->call_count * sizeof *other->calls);
        assert_int_equal(load->session_count, other->session_count);
        assert_memory_equal(load->sessions, other->sessions, other->session_count * sizeof *other->sessions);
    }
}

static void check_audit(const struct audit_record *audit, const struct audit_record *expected)
{
    check_string(audit->backend, expected->backend);
    check_string(audit->not_counted, expected->not_counted);
    assert_int_equal(audit->trial, expected->trial);
    assert_int_equal(audit->count, expected->count);
    for (size_t i = 0; i < expected->count; i++) {
        check_string(audit->counts[i].name, expected->counts[i].name);
        assert_int_equal(audit->counts[i].sent, expected->counts[i].sent);
        assert_int_equal(audit->counts[i].good, expected->counts[i].good);
        assert_int_equal(audit->counts[i].late, expected->counts[i].late);
        assert_int_equal(audit->counts[i].wrong, expected->counts[i].wrong);
        assert_int_equal(audit->counts[i].lost, expected->counts[i].lost);
    }
    assert_memory_equal(&audit->upstream, &expected->upstream, sizeof audit->upstream);
    assert_memory_equal(&audit->database, &expected->database, sizeof audit->database);
}

static void check_dependency(const struct dependency_record *record, const struct dependency_record *expected)
{
    check_string(record->name, expected->name);
    check_string(record->version, expected->version);
    check_string(record->settings, expected->settings);
    check_string(record->cores, expected->cores);
    assert_int_equal(record->shared, expected->shared);
}

static void check_known(double value, double expected)
{
    assert_true(isnan(expected) ? isnan(value) : value == expected);
}

static void check_runtime(const struct step_record *step, const struct step_record *expected)
{
    assert_int_equal(step->runtime_count, expected->runtime_count);
    for (size_t i = 0; i < expected->runtime_count; i++) {
        const struct runtime_sample *a = &step->runtime[i], *b = &expected->runtime[i];
        assert_int_equal(a->at_ns, b->at_ns);
        check_known(a->event_loop_lag_ns, b->event_loop_lag_ns);
        check_known(a->gc_ns, b->gc_ns);
        check_known(a->gc_runs, b->gc_runs);
        check_known(a->goroutines, b->goroutines);
        check_known(a->pool_connections, b->pool_connections);
        check_known(a->pool_active, b->pool_active);
        check_known(a->pool_waiting, b->pool_waiting);
    }
}

static void check_step(const struct step_record *step, const struct step_record *expected)
{
    check_string(step->backend, expected->backend);
    assert_int_equal(step->trial, expected->trial);
    assert_int_equal(step->index, expected->index);
    assert_int_equal(step->attempt, expected->attempt);
    assert_int_equal(step->seed, expected->seed);
    assert_int_equal(step->not_watched, expected->not_watched);
    check_string(step->worker_connections, expected->worker_connections);
    assert_int_equal(step->phase, expected->phase);
    assert_int_equal(step->level, expected->level);
    assert_int_equal(step->rate, expected->rate);
    assert_int_equal(step->connections, expected->connections);
    check_load(&step->load, &expected->load);
    check_requests(&step->load, &expected->load);
    check_dependencies(step, expected);
    assert_int_equal(step->sample_count, expected->sample_count);
    for (size_t i = 0; i < expected->sample_count; i++) {
        struct sample sample = step_record_sample(step, i), other = step_record_sample(expected, i);
        assert_memory_equal(&sample, &other, sizeof sample);
        assert_int_equal(step_record_sample_ns(step, i), sample.at_ns);
    }
    check_runtime(step, expected);
    assert_memory_equal(&step->memory, &expected->memory, sizeof step->memory);
    assert_int_equal(step->death.died, expected->death.died);
    assert_int_equal(step->death.at_ns, expected->death.at_ns);
    assert_int_equal(step->death.exit_code, expected->death.exit_code);
    assert_int_equal(step->death.signal, expected->death.signal);
    check_string(step->death.output, expected->death.output);
}

static void check_forecast(const struct forecast_record *forecast, const struct forecast_record *expected)
{
    check_string(forecast->backend, expected->backend);
    assert_int_equal(forecast->trial, expected->trial);
    assert_int_equal(forecast->index, expected->index);
    assert_int_equal(forecast->level, expected->level);
    check_known(forecast->expected.service_cores, expected->expected.service_cores);
    check_known(forecast->expected.busy_cores, expected->expected.busy_cores);
    check_known(forecast->expected.memory_bytes, expected->expected.memory_bytes);
    check_known(forecast->expected.p99_ns, expected->expected.p99_ns);
    check_known(forecast->expected.in_flight, expected->expected.in_flight);
    check_known(forecast->expected.busiest_thread, expected->expected.busiest_thread);
    check_known(forecast->expected.dependency_cpu, expected->expected.dependency_cpu);
    check_known(forecast->expected.dependency_places, expected->expected.dependency_places);
}

static void check_others(const struct run_log *log, const struct run_log *expected)
{
    assert_int_equal(log->forecast_count, expected->forecast_count);
    assert_int_equal(log->trial_count, expected->trial_count);
    assert_int_equal(log->resume_count, expected->resume_count);
    for (size_t i = 0; i < expected->forecast_count; i++) {
        check_forecast(&log->forecasts[i], &expected->forecasts[i]);
    }
    assert_int_equal(log->calibration_count, expected->calibration_count);
    for (size_t i = 0; i < expected->calibration_count; i++) {
        const struct calibration *measured = &log->calibrations[i].measured;
        assert_int_equal(log->calibrations[i].trial, expected->calibrations[i].trial);
        assert_int_equal(measured->throughput_rps, expected->calibrations[i].measured.throughput_rps);
        assert_int_equal(measured->p99_ns, expected->calibrations[i].measured.p99_ns);
        assert_int_equal(measured->disturbed, expected->calibrations[i].measured.disturbed);
    }
    for (size_t i = 0; i < expected->trial_count; i++) {
        check_string(log->trials[i].backend, expected->trials[i].backend);
        assert_int_equal(log->trials[i].trial, expected->trials[i].trial);
        check_string(log->trials[i].failed, expected->trials[i].failed);
        assert_int_equal(log->trials[i].harness_fault, expected->trials[i].harness_fault);
        check_string(log->trials[i].ended_early, expected->trials[i].ended_early);
    }
    assert_int_equal(log->dependency_count, expected->dependency_count);
    for (size_t i = 0; i < expected->dependency_count; i++) {
        check_dependency(&log->dependencies[i], &expected->dependencies[i]);
    }
    assert_int_equal(log->audit_count, expected->audit_count);
    for (size_t i = 0; i < expected->audit_count; i++) {
        check_audit(&log->audits[i], &expected->audits[i]);
    }
    for (size_t i = 0; i < expected->resume_count; i++) {
        check_string(log->resumes[i].harness_version, expected->resumes[i].harness_version);
        check_string(log->resumes[i].resumed, expected->resumes[i].resumed);
        check_string(log->resumes[i].backend, expected->resumes[i].backend);
        assert_int_equal(log->resumes[i].trial, expected->resumes[i].trial);
    }
}

void run_example_check_same(const struct run_log *log, const struct run_log *expected)
{
    check_run(&log->run, &expected->run);
    assert_int_equal(log->backend_count, expected->backend_count);
    for (size_t i = 0; i < expected->backend_count; i++) {
        check_backend(&log->backends[i], &expected->backends[i]);
    }
    assert_int_equal(log->step_count, expected->step_count);
    for (size_t i = 0; i < expected->step_count; i++) {
        check_step(&log->steps[i], &expected->steps[i]);
    }
    assert_int_equal(log->recovery_count, expected->recovery_count);
    for (size_t i = 0; i < expected->recovery_count; i++) {
        check_step(&log->recoveries[i], &expected->recoveries[i]);
    }
    assert_int_equal(log->soak_count, expected->soak_count);
    for (size_t i = 0; i < expected->soak_count; i++) {
        check_step(&log->soaks[i], &expected->soaks[i]);
    }
    check_others(log, expected);
    assert_int_equal(log->end.present, expected->end.present);
    check_string(log->end.ended, expected->end.ended);
    assert_int_equal(log->end.interrupted, expected->end.interrupted);
    check_string(log->end.reason, expected->end.reason);
}
