#include "report/data/json_run.h"

#include "report/data/json_value.h"

json_t *json_run_machine(const struct machine *machine)
{
    json_t *object = json_object();

    json_object_set_new(object, "cpu", json_value_text(machine->cpu));
    json_object_set_new(object, "architecture", json_value_text(machine->architecture));
    json_object_set_new(object, "cores", json_value_count(machine->cores));
    json_object_set_new(object, "memory_bytes", json_value_known(machine->memory_bytes, 0));
    json_object_set_new(object, "swap_bytes", json_value_count(machine->swap_bytes));
    json_object_set_new(object, "system", json_value_text(machine->system));
    json_object_set_new(object, "kernel", json_value_text(machine->kernel));
    json_object_set_new(object, "virtualization", json_value_text(machine->virtualization));
    json_object_set_new(object, "governor", json_value_text(machine->governor));
    json_object_set_new(object, "clocksource", json_value_text(machine->clocksource));
    json_object_set_new(object, "congestion_control", json_value_text(machine->congestion_control));
    json_object_set_new(object, "turbo", machine->turbo_known ? json_boolean(machine->turbo) : json_null());
    json_object_set_new(object, "descriptor_limit", json_value_known(machine->descriptor_limit, 0));
    json_object_set_new(object, "somaxconn", json_value_known(machine->somaxconn, 0));
    json_object_set_new(object, "load1", json_value_number(machine->load1));
    json_object_set_new(object, "steal_share", json_value_number(machine->steal_share));
    return object;
}

json_t *json_run_cores(const struct findings *findings)
{
    const struct run_record *run = &findings->log->run;
    json_t *object = json_object();

    json_object_set_new(object, "generator", json_value_text(run->generator_cores));
    json_object_set_new(object, "service", json_value_text(run->service_cores));
    json_object_set_new(object, "service_count", json_value_count(findings->service_core_count));
    json_object_set_new(object, "shared", json_boolean(run->cores_shared));
    return object;
}

json_t *json_run_calibration(const struct calibration *done)
{
    if (!done->done) {
        return json_null();
    }
    json_t *object = json_object();
    json_object_set_new(object, "throughput_rps", json_value_count(done->throughput_rps));
    json_object_set_new(object, "connections", json_value_count(done->connections));
    json_object_set_new(object, "p50_ns", json_value_known(done->p50_ns, NO_TIME));
    json_object_set_new(object, "p99_ns", json_value_known(done->p99_ns, NO_TIME));
    json_object_set_new(object, "generator_cpu_ns_per_request", json_value_count(done->generator_cpu_ns_per_request));
    json_object_set_new(object, "service_cpu_ns_per_request", json_value_count(done->service_cpu_ns_per_request));
    json_object_set_new(object, "generator_busy_share", json_value_number(done->generator_busy));
    return object;
}
