#include "record/run_fields.h"

#include "record/run_log.h"

const struct field run_fields[] = {
    FIELD(run_record, harness_version), FIELD(run_record, started),
    FIELD(run_record, scenario_name),   FIELD(run_record, scenario_text),
    FIELD(run_record, scenario_hash),   FIELD(run_record, seed),
    FIELD(run_record, trials),          FIELD(run_record, profile),
    FIELD(run_record, backends),        FIELD(run_record, generator_cores),
    FIELD(run_record, service_cores),   FIELD(run_record, cores_shared),
    FIELD_RARE(run_record, built),      FIELD_RARE(run_record, overridden),
    FIELD_RARE(run_record, targets),    FIELD_RARE(run_record, http2),
    FIELD_RARE(run_record, insecure),   FIELD_RARE(run_record, ca_file),
    FIELD_RARE(run_record, box),        FIELD_END,
};

const struct field machine_fields[] = {
    FIELD_OR_NULL(machine, cpu),
    FIELD_OR_NULL(machine, architecture),
    FIELD_OR_NULL(machine, kernel),
    FIELD_OR_NULL(machine, system),
    FIELD_OR_NULL(machine, virtualization),
    FIELD_OR_NULL(machine, governor),
    FIELD_OR_NULL(machine, clocksource),
    FIELD(machine, cores),
    FIELD(machine, memory_bytes),
    FIELD(machine, swap_bytes),
    FIELD(machine, swap_used_bytes),
    FIELD_KEY("descriptor_limit", machine, file_descriptor_limit),
    FIELD(machine, ports),
    FIELD(machine, somaxconn),
    FIELD(machine, turbo_known),
    FIELD(machine, turbo),
    FIELD(machine, load1),
    FIELD(machine, steal_share),
    FIELD(machine, quota_cores),
    FIELD(machine, group_memory_limit_bytes),
    FIELD_LATER_OR_NULL(machine, congestion_control),
    FIELD_LATER(machine, counters_hidden),
    FIELD_LATER(machine, processes_hidden),
    FIELD_RARE(machine, other_run),
    FIELD_END,
};

const struct field calibration_fields[] = {
    FIELD(calibration, done),
    FIELD(calibration, throughput_rps),
    FIELD(calibration, connections),
    FIELD(calibration, p50_ns),
    FIELD(calibration, p99_ns),
    FIELD(calibration, generator_cpu_ns_per_request),
    FIELD(calibration, service_cpu_ns_per_request),
    FIELD(calibration, generator_busy),
    FIELD_LATER(calibration, disturbed),
    FIELD_LATER(calibration, round_trip_ns),
    FIELD_END,
};

const struct field calibration_record_fields[] = {FIELD(calibration_record, trial), FIELD_END};

const struct field backend_fields[] = {
    FIELD(backend_record, name),
    FIELD_OR_NULL(backend_record, language),
    FIELD_OR_NULL(backend_record, framework),
    FIELD_OR_NULL(backend_record, class),
    FIELD_OR_NULL(backend_record, versions),
    FIELD(backend_record, workers),
    FIELD(backend_record, cold_start_ns),
    FIELD(backend_record, first_request_ns),
    FIELD(backend_record, artifact_bytes),
    FIELD(backend_record, dependencies),
    FIELD(backend_record, build_ns),
    FIELD(backend_record, source_lines),
    FIELD_LATER(backend_record, change_files),
    FIELD_LATER(backend_record, change_lines),
    FIELD_OR_NULL(backend_record, skipped),
    FIELD_LATER(backend_record, not_installed),
    FIELD_LATER_OR_NULL(backend_record, followed),
    FIELD_LATER_OR_NULL(backend_record, not_watched),
    FIELD_RARE(backend_record, watch),
    FIELD_RARE(backend_record, watched),
    FIELD_LATER_OR_NULL(backend_record, environment),
    FIELD_LATER_OR_NULL(backend_record, artifact_hash),
    FIELD_RARE(backend_record, attached),
    FIELD_RARE(backend_record, protocol),
    FIELD_RARE(backend_record, cores),
    FIELD_RARE(backend_record, box),
    FIELD_RARE(backend_record, unboxed),
    FIELD_RARE(backend_record, memory_given_bytes),
    FIELD_RARE(backend_record, runtime_bytes),
    FIELD_RARE(backend_record, build_clean_ns),
    FIELD_RARE(backend_record, build_changed_ns),
    FIELD_RARE(backend_record, verified),
    FIELD_END,
};

const struct field memory_fields[] = {
    FIELD(memory_reading, rss_bytes),  FIELD(memory_reading, pss_bytes),  FIELD(memory_reading, anonymous_bytes),
    FIELD(memory_reading, peak_bytes), FIELD(memory_reading, swap_bytes), FIELD_END,
};

const struct field step_fields[] = {
    FIELD(step_record, backend),
    FIELD(step_record, trial),
    FIELD(step_record, index),
    FIELD(step_record, level),
    FIELD(step_record, rate),
    FIELD(step_record, connections),
    FIELD_LATER(step_record, attempt),
    FIELD_LATER(step_record, seed),
    FIELD_LATER(step_record, not_watched),
    FIELD_RARE(step_record, worker_connections),
    FIELD_END,
};

const struct field load_fields[] = {
    FIELD(load_record, started_ns),
    FIELD(load_record, measured_ns),
    FIELD(load_record, censored),
    FIELD_KEY("window_ns", load_record, interval_ns),
    FIELD(load_record, drain_ns),
    FIELD(load_record, drained),
    FIELD(load_record, mean_in_flight),
    FIELD_LATER(load_record, carried_in_flight),
    FIELD_LATER(load_record, held_at_end),
    FIELD(load_record, connections),
    FIELD(load_record, connections_opened),
    FIELD_LATER(load_record, connections_missing),
    FIELD_LATER(load_record, connections_denied),
    FIELD(load_record, cpu_ns),
    FIELD(load_record, spin_ns),
    FIELD(load_record, busiest_thread),
    FIELD(load_record, starved_thread),
    FIELD_LATER(load_record, stood_still),
    FIELD(load_record, threads),
    FIELD_RARE(load_record, thinned),
    FIELD_RARE(load_record, wall_stepped_ns),
    FIELD_END,
};

const struct field wrong_response_fields[] = {
    FIELD(wrong_response, request),
    FIELD(wrong_response, at_ns),
    FIELD(wrong_response, status),
    FIELD(wrong_response, expected_status),
    FIELD_OR_NULL(wrong_response, expected_bytes),
    FIELD_OR_NULL(wrong_response, member),
    FIELD_OR_NULL(wrong_response, expected_value),
    FIELD_OR_NULL(wrong_response, came_value),
    FIELD_LATER_OR_NULL(wrong_response, unreadable),
    FIELD_RARE(wrong_response, capture),
    FIELD(wrong_response, body_bytes),
    FIELD(wrong_response, body),
    FIELD_END,
};

const struct field session_tally_fields[] = {
    FIELD(session_tally, begun),
    FIELD(session_tally, finished),
    FIELD(session_tally, abandoned),
    FIELD(session_tally, unfinished),
    FIELD(session_tally, denied),
    FIELD(session_tally, most),
    FIELD_END,
};

const struct field slow_tally_fields[] = {
    FIELD(slow_tally, wanted),
    FIELD(slow_tally, open),
    FIELD(slow_tally, opened),
    FIELD(slow_tally, closed),
    FIELD(slow_tally, timed_out),
    FIELD(slow_tally, rejected),
    FIELD(slow_tally, answered),
    FIELD(slow_tally, refused),
    FIELD(slow_tally, missing),
    FIELD(slow_tally, denied),
    FIELD(slow_tally, life_least_ns),
    FIELD(slow_tally, life_most_ns),
    FIELD_END,
};

const struct field stall_fields[] = {FIELD(stall, at_ns), FIELD(stall, length_ns), FIELD_END};

const struct field status_count_fields[] = {
    FIELD(status_count, status),
    FIELD(status_count, count),
    FIELD(status_count, time_ns),
    FIELD_END,
};

/* The counts are stored beside these; from them alone the figures are only as exact as the buckets. */
const struct field histogram_fields[] = {
    FIELD(histogram, total), FIELD(histogram, min), FIELD(histogram, max), FIELD(histogram, sum), FIELD_END,
};

const struct field tally_fields[] = {
    FIELD(tally, offered), FIELD(tally, sent), FIELD(tally, completed), FIELD(tally, good), FIELD_END,
};

const struct field interval_fields[] = {FIELD(interval, in_flight), FIELD_END};

const struct field sample_fields[] = {
    FIELD(sample, at_ns),
    FIELD(sample, cost_ns),
    FIELD(sample, processes),
    FIELD(sample, threads),
    FIELD(sample, cpu_ns),
    FIELD(sample, busiest_thread_cpu_ns),
    FIELD(sample, run_delay_ns),
    FIELD(sample, rss_bytes),
    FIELD(sample, anonymous_bytes),
    FIELD_KEY("descriptors", sample, file_descriptors),
    FIELD_KEY("descriptors_most", sample, file_descriptors_most),
    FIELD_KEY("descriptor_limit", sample, file_descriptor_limit),
    FIELD(sample, context_switches),
    FIELD_KEY("listen_queue", sample, accept_queue),
    FIELD(sample, listen_overflows),
    FIELD(sample, retransmits),
    FIELD(sample, steal_ns),
    FIELD(sample, busy_ns),
    FIELD(sample, service_cores_busy_ns),
    FIELD(sample, service_cores_kernel_ns),
    FIELD(sample, service_cores_steal_ns),
    FIELD(sample, oom_kills),
    FIELD(sample, swapped_pages),
    FIELD(sample, group_throttled_ns),
    FIELD(sample, group_memory_bytes),
    FIELD_LATER(sample, link_received_bytes),
    FIELD_LATER(sample, link_sent_bytes),
    FIELD_LATER(sample, link_bytes_per_s),
    FIELD_LATER(sample, active_threads),
    FIELD_LATER(sample, stopped_processes),
    FIELD_LATER(sample, blocked_processes),
    FIELD_LATER(sample, major_faults),
    FIELD_LATER(sample, block_wait_ns),
    FIELD_LATER(sample, service_group_throttled_periods),
    FIELD_LATER(sample, service_group_periods),
    FIELD_LATER(sample, service_group_throttled_ns),
    FIELD_LATER(sample, service_group_memory_bytes),
    FIELD_LATER(sample, service_group_memory_limit_bytes),
    FIELD_LATER(sample, service_group_oom_kills),
    FIELD_LATER(sample, service_group_quota_cores),
    FIELD(sample, pressure_cpu),
    FIELD(sample, pressure_memory),
    FIELD(sample, pressure_io),
    FIELD_END,
};

const struct field runtime_fields[] = {
    FIELD(runtime_sample, at_ns),
    FIELD_OR_NULL(runtime_sample, event_loop_lag_ns),
    FIELD_OR_NULL(runtime_sample, gc_ns),
    FIELD_OR_NULL(runtime_sample, gc_runs),
    FIELD_OR_NULL(runtime_sample, goroutines),
    FIELD_OR_NULL(runtime_sample, pool_connections),
    FIELD_OR_NULL(runtime_sample, pool_active),
    FIELD_OR_NULL(runtime_sample, pool_waiting),
    FIELD_END,
};

const struct field death_fields[] = {
    FIELD(death, died),   FIELD(death, at_ns),          FIELD(death, exit_code),
    FIELD(death, signal), FIELD_OR_NULL(death, output), FIELD_END,
};

const struct field end_fields[] = {
    FIELD(end_record, ended),
    FIELD(end_record, interrupted),
    FIELD_RARE(end_record, reason),
    FIELD_END,
};

const struct field forecast_fields[] = {
    FIELD(forecast_record, backend),
    FIELD(forecast_record, trial),
    FIELD(forecast_record, index),
    FIELD(forecast_record, level),
    FIELD_END,
};

const struct field expected_fields[] = {
    FIELD_OR_NULL(forecast, service_cores),
    FIELD_OR_NULL(forecast, busy_cores),
    FIELD_OR_NULL(forecast, memory_bytes),
    FIELD_OR_NULL(forecast, p99_ns),
    FIELD_OR_NULL(forecast, in_flight),
    FIELD_OR_NULL(forecast, busiest_thread),
    FIELD_LATER_OR_NULL(forecast, dependency_cpu),
    FIELD_LATER_OR_NULL(forecast, dependency_places),
    FIELD_END,
};

const struct field trial_fields[] = {
    FIELD(trial_record, backend),          FIELD(trial_record, trial),
    FIELD_OR_NULL(trial_record, failed),   FIELD_LATER(trial_record, harness_fault),
    FIELD_RARE(trial_record, ended_early), FIELD_END,
};

const struct field resume_fields[] = {
    FIELD(resume_record, harness_version),
    FIELD(resume_record, resumed),
    FIELD_OR_NULL(resume_record, backend),
    FIELD(resume_record, trial),
    FIELD_END,
};

const struct field request_fields[] = {
    FIELD(request_record, name),
    FIELD(request_record, sent),
    FIELD(request_record, good),
    FIELD(request_record, late),
    FIELD(request_record, wrong),
    FIELD(request_record, lost),
    FIELD_END,
};

const struct field dependency_fields[] = {
    FIELD(dependency_record, name),
    FIELD_OR_NULL(dependency_record, version),
    FIELD_OR_NULL(dependency_record, settings),
    FIELD_OR_NULL(dependency_record, cores),
    FIELD(dependency_record, shared),
    FIELD_END,
};

const struct field dependency_load_fields[] = {
    FIELD(dependency_load, name),
    FIELD(dependency_load, cores),
    FIELD(dependency_load, shared),
    FIELD(dependency_load, connections),
    FIELD_END,
};

const struct field dependency_sample_fields[] = {
    FIELD(dependency_sample, at_ns),
    FIELD(dependency_sample, processes),
    FIELD(dependency_sample, threads),
    FIELD(dependency_sample, cpu_ns),
    FIELD(dependency_sample, busiest_thread_cpu_ns),
    FIELD(dependency_sample, run_delay_ns),
    FIELD(dependency_sample, rss_bytes),
    FIELD(dependency_sample, anonymous_bytes),
    FIELD_KEY("descriptors", dependency_sample, file_descriptors),
    FIELD_END,
};

const struct field call_sample_fields[] = {
    FIELD(call_sample, at_ns),     FIELD(call_sample, answered), FIELD(call_sample, time_ns),
    FIELD(call_sample, in_flight), FIELD(call_sample, visit_ns), FIELD_END,
};

const struct field session_sample_fields[] = {
    FIELD(session_sample, at_ns),    FIELD(session_sample, sessions),
    FIELD(session_sample, active),   FIELD(session_sample, idle_open),
    FIELD(session_sample, on_locks), FIELD(session_sample, on_inner),
    FIELD(session_sample, on_disk),  FIELD_END,
};

const struct field audit_fields[] = {
    FIELD(audit_record, backend),
    FIELD(audit_record, trial),
    FIELD_LATER_OR_NULL(audit_record, not_counted),
    FIELD_END,
};

const struct field audit_count_fields[] = {
    FIELD(audit_count, name),
    FIELD(audit_count, sent),
    FIELD(audit_count, good),
    FIELD(audit_count, late),
    FIELD(audit_count, wrong),
    FIELD(audit_count, lost),
    FIELD_END,
};

const struct field upstream_audit_fields[] = {
    FIELD(upstream_audit, counted),
    FIELD(upstream_audit, calls),
    FIELD(upstream_audit, failures),
    FIELD_END,
};

const struct field database_audit_fields[] = {
    FIELD(database_audit, counted),     FIELD(database_audit, orders),
    FIELD(database_audit, lines),       FIELD(database_audit, quantity),
    FIELD(database_audit, stock_taken), FIELD(database_audit, wrong_orders),
    FIELD(database_audit, wrong_items), FIELD_END,
};
