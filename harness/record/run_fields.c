#include "record/run_fields.h"

#include "record/run_log.h"

#define U64(type, member)      FIELD(type, member, FIELD_U64)
#define UNSIGNED(type, member) FIELD(type, member, FIELD_UNSIGNED)
#define INT(type, member)      FIELD(type, member, FIELD_INT)
#define DOUBLE(type, member)   FIELD(type, member, FIELD_DOUBLE)
#define BOOL(type, member)     FIELD(type, member, FIELD_BOOL)
#define STRING(type, member)   FIELD(type, member, FIELD_STRING)
#define KNOWN(type, member)    FIELD(type, member, FIELD_KNOWN)
#define OPTIONAL(type, member) FIELD(type, member, FIELD_OPTIONAL)

const struct field run_fields[] = {
    STRING(run_record, harness_version),
    STRING(run_record, started),
    STRING(run_record, scenario_name),
    STRING(run_record, scenario_text),
    STRING(run_record, scenario_hash),
    U64(run_record, seed),
    UNSIGNED(run_record, trials),
    STRING(run_record, profile),
    STRING(run_record, backends),
    STRING(run_record, generator_cores),
    STRING(run_record, service_cores),
    BOOL(run_record, cores_shared),
    FIELD_END,
};

const struct field machine_fields[] = {
    OPTIONAL(machine, cpu),
    OPTIONAL(machine, architecture),
    OPTIONAL(machine, kernel),
    OPTIONAL(machine, system),
    OPTIONAL(machine, virtualization),
    OPTIONAL(machine, governor),
    OPTIONAL(machine, clocksource),
    UNSIGNED(machine, cores),
    U64(machine, memory_bytes),
    U64(machine, swap_bytes),
    U64(machine, swap_used_bytes),
    U64(machine, descriptor_limit),
    U64(machine, ports),
    U64(machine, somaxconn),
    BOOL(machine, turbo_known),
    BOOL(machine, turbo),
    DOUBLE(machine, load1),
    DOUBLE(machine, steal_share),
    DOUBLE(machine, quota_cores),
    U64(machine, group_memory_limit_bytes),
    FIELD_LATER(machine, congestion_control, FIELD_OPTIONAL),
    FIELD_END,
};

const struct field calibration_fields[] = {
    BOOL(calibration, done),
    U64(calibration, throughput_rps),
    UNSIGNED(calibration, connections),
    U64(calibration, p50_ns),
    U64(calibration, p99_ns),
    U64(calibration, generator_cpu_ns_per_request),
    U64(calibration, service_cpu_ns_per_request),
    DOUBLE(calibration, generator_busy),
    FIELD_END,
};

const struct field backend_fields[] = {
    STRING(backend_record, name),        OPTIONAL(backend_record, language),
    OPTIONAL(backend_record, framework), OPTIONAL(backend_record, class),
    OPTIONAL(backend_record, versions),  UNSIGNED(backend_record, workers),
    U64(backend_record, cold_start_ns),  U64(backend_record, first_request_ns),
    U64(backend_record, artifact_bytes), U64(backend_record, dependencies),
    U64(backend_record, build_ns),       U64(backend_record, source_lines),
    OPTIONAL(backend_record, skipped),   FIELD_END,
};

const struct field memory_fields[] = {
    U64(memory_reading, rss_bytes),  U64(memory_reading, pss_bytes),  U64(memory_reading, anonymous_bytes),
    U64(memory_reading, peak_bytes), U64(memory_reading, swap_bytes), FIELD_END,
};

const struct field step_fields[] = {
    STRING(step_record, backend),
    UNSIGNED(step_record, trial),
    UNSIGNED(step_record, index),
    U64(step_record, level),
    U64(step_record, rate),
    U64(step_record, connections),
    FIELD_END,
};

const struct field load_fields[] = {
    U64(load_record, started_ns),
    U64(load_record, measured_ns),
    U64(load_record, censored),
    {"window_ns", FIELD_U64, offsetof(struct load_record, interval_ns), false},
    U64(load_record, drain_ns),
    BOOL(load_record, drained),
    DOUBLE(load_record, mean_in_flight),
    U64(load_record, connections),
    U64(load_record, connections_opened),
    FIELD_LATER(load_record, connections_missing, FIELD_U64),
    U64(load_record, cpu_ns),
    U64(load_record, spin_ns),
    DOUBLE(load_record, busiest_thread),
    DOUBLE(load_record, starved_thread),
    UNSIGNED(load_record, threads),
    FIELD_END,
};

/* Beside the counts, which say everything else only to bucket precision. */
const struct field histogram_fields[] = {
    U64(histogram, total), U64(histogram, min), U64(histogram, max), DOUBLE(histogram, sum), FIELD_END,
};

const struct field tally_fields[] = {
    U64(tally, offered), U64(tally, sent), U64(tally, completed), U64(tally, good), FIELD_END,
};

const struct field interval_fields[] = {U64(interval, in_flight), FIELD_END};

const struct field sample_fields[] = {
    U64(sample, at_ns),
    U64(sample, cost_ns),
    U64(sample, processes),
    U64(sample, threads),
    U64(sample, cpu_ns),
    U64(sample, busiest_thread_cpu_ns),
    U64(sample, run_delay_ns),
    U64(sample, rss_bytes),
    U64(sample, anonymous_bytes),
    U64(sample, descriptors),
    U64(sample, descriptors_most),
    U64(sample, descriptor_limit),
    U64(sample, context_switches),
    {"listen_queue", FIELD_U64, offsetof(struct sample, accept_queue), false},
    U64(sample, listen_overflows),
    U64(sample, retransmits),
    U64(sample, steal_ns),
    U64(sample, busy_ns),
    U64(sample, service_cores_busy_ns),
    U64(sample, service_cores_kernel_ns),
    U64(sample, service_cores_steal_ns),
    U64(sample, oom_kills),
    U64(sample, swapped_pages),
    U64(sample, group_throttled_ns),
    U64(sample, group_memory_bytes),
    DOUBLE(sample, pressure_cpu),
    DOUBLE(sample, pressure_memory),
    DOUBLE(sample, pressure_io),
    FIELD_END,
};

const struct field death_fields[] = {
    BOOL(death, died), U64(death, at_ns), INT(death, exit_code), INT(death, signal), OPTIONAL(death, output), FIELD_END,
};

const struct field end_fields[] = {STRING(end_record, ended), BOOL(end_record, interrupted), FIELD_END};

const struct field forecast_fields[] = {
    STRING(forecast_record, backend),
    UNSIGNED(forecast_record, trial),
    UNSIGNED(forecast_record, index),
    U64(forecast_record, level),
    FIELD_END,
};

const struct field expected_fields[] = {
    KNOWN(forecast, service_cores),
    KNOWN(forecast, busy_cores),
    KNOWN(forecast, memory_bytes),
    KNOWN(forecast, p99_ns),
    KNOWN(forecast, in_flight),
    KNOWN(forecast, busiest_thread),
    FIELD_LATER(forecast, dependency_cpu, FIELD_KNOWN),
    FIELD_LATER(forecast, dependency_places, FIELD_KNOWN),
    FIELD_END,
};

const struct field trial_fields[] = {
    STRING(trial_record, backend),
    UNSIGNED(trial_record, trial),
    OPTIONAL(trial_record, failed),
    FIELD_END,
};

const struct field resume_fields[] = {
    STRING(resume_record, harness_version),
    STRING(resume_record, resumed),
    OPTIONAL(resume_record, backend),
    UNSIGNED(resume_record, trial),
    FIELD_END,
};

const struct field request_fields[] = {
    STRING(request_record, name),
    U64(request_record, sent),
    U64(request_record, good),
    U64(request_record, late),
    U64(request_record, wrong),
    U64(request_record, lost),
    FIELD_END,
};

const struct field dependency_fields[] = {
    STRING(dependency_record, name),    OPTIONAL(dependency_record, version), OPTIONAL(dependency_record, settings),
    OPTIONAL(dependency_record, cores), BOOL(dependency_record, shared),      FIELD_END,
};

const struct field dependency_load_fields[] = {
    STRING(dependency_load, name),
    UNSIGNED(dependency_load, cores),
    BOOL(dependency_load, shared),
    U64(dependency_load, connections),
    FIELD_END,
};

const struct field dependency_sample_fields[] = {
    U64(dependency_sample, at_ns),
    U64(dependency_sample, processes),
    U64(dependency_sample, threads),
    U64(dependency_sample, cpu_ns),
    U64(dependency_sample, busiest_thread_cpu_ns),
    U64(dependency_sample, run_delay_ns),
    U64(dependency_sample, rss_bytes),
    U64(dependency_sample, anonymous_bytes),
    U64(dependency_sample, descriptors),
    FIELD_END,
};

const struct field call_sample_fields[] = {
    U64(call_sample, at_ns),     U64(call_sample, answered), U64(call_sample, time_ns),
    U64(call_sample, in_flight), U64(call_sample, visit_ns), FIELD_END,
};

const struct field session_sample_fields[] = {
    U64(session_sample, at_ns),    U64(session_sample, sessions),
    U64(session_sample, active),   U64(session_sample, idle_open),
    U64(session_sample, on_locks), U64(session_sample, on_inner),
    U64(session_sample, on_disk),  FIELD_END,
};

const struct field audit_fields[] = {STRING(audit_record, backend), UNSIGNED(audit_record, trial), FIELD_END};

const struct field audit_count_fields[] = {
    STRING(audit_count, name),
    U64(audit_count, sent),
    U64(audit_count, good),
    U64(audit_count, late),
    U64(audit_count, wrong),
    U64(audit_count, lost),
    FIELD_END,
};

const struct field upstream_audit_fields[] = {
    BOOL(upstream_audit, counted),
    U64(upstream_audit, calls),
    U64(upstream_audit, failures),
    FIELD_END,
};

const struct field database_audit_fields[] = {
    BOOL(database_audit, counted),    U64(database_audit, orders),
    U64(database_audit, lines),       U64(database_audit, quantity),
    U64(database_audit, stock_taken), U64(database_audit, wrong_orders),
    U64(database_audit, wrong_items), FIELD_END,
};
