#include "report/data/run_figures.h"

#include "analysis/capacity/reference.h"
#include "report/data/figure.h"
#include "report/data/generator_figures.h"

#include <stddef.h>

static json_t *machine_of(const struct machine *machine)
{
    return figures_object((struct figure[]){
        {"cpu", figure_text(machine->cpu)},
        {"architecture", figure_text(machine->architecture)},
        {"cores", figure_count(machine->cores)},
        {"memory_bytes", figure_known(machine->memory_bytes)},
        {"swap_bytes", figure_count(machine->swap_bytes)},
        {"system", figure_text(machine->system)},
        {"kernel", figure_text(machine->kernel)},
        {"virtualization", figure_text(machine->virtualization)},
        {"governor", figure_text(machine->governor)},
        {"clocksource", figure_text(machine->clocksource)},
        {"congestion_control", figure_text(machine->congestion_control)},
        {"turbo", figure_bool_where(machine->turbo_known, machine->turbo)},
        {"file_descriptor_limit", figure_known(machine->file_descriptor_limit)},
        {"somaxconn", figure_known(machine->somaxconn)},
        {"load1", figure_number(machine->load1)},
        {"steal_share", figure_number(machine->steal_share)},
        {NULL, NULL},
    });
}

static json_t *cores_of(const struct findings *findings)
{
    const struct run_record *run = &findings->log->run;

    return figures_object((struct figure[]){
        {"generator", figure_text(run->generator_cores)},
        {"service", figure_text(run->service_cores)},
        {"service_count", figure_count(findings->service_core_count)},
        {"shared", json_boolean(run->cores_shared)},
        {"box", figure_text(run->box)},
        {NULL, NULL},
    });
}

static void add_calibration(json_t *object, const struct calibration *calibration)
{
    const struct figure figures[] = {
        {"throughput_rps", figure_count(calibration->throughput_rps)},
        {"connections", figure_count(calibration->connections)},
        {"p50_ns", figure_time(calibration->p50_ns)},
        {"p99_ns", figure_time(calibration->p99_ns)},
        {"generator_cpu_ns_per_request", figure_count(calibration->generator_cpu_ns_per_request)},
        {"service_cpu_ns_per_request", figure_count(calibration->service_cpu_ns_per_request)},
        {"generator_busy_share", figure_number(calibration->generator_busy)},
        {"disturbed", json_boolean(calibration->disturbed)},
        {"round_trip_ns", figure_in(calibration->round_trip_ns > 0, figure_time(calibration->round_trip_ns))},
        {NULL, NULL},
    };
    figures_add(object, figures);
}

static json_t *calibration_of(const struct calibration *calibration)
{
    json_t *object = json_object();

    add_calibration(object, calibration);
    return figure_where(calibration->done, object);
}

static json_t *calibrations_of(const struct run_log *log)
{
    json_t *array = json_array();

    for (size_t i = 0; i < log->calibration_count; i++) {
        const struct calibration_record *record = &log->calibrations[i];
        json_t *object =
            figures_object((struct figure[]){{"trial", figure_count((uint64_t)record->trial + 1)}, {NULL, NULL}});
        add_calibration(object, &record->measured);
        json_array_append_new(array, object);
    }
    return array;
}

static json_t *spread_of(const struct run_log *log)
{
    struct reference_spread spread;

    reference_spread_find(log, &spread);
    json_t *object = figures_object((struct figure[]){
        {"blocks", figure_count(spread.blocks)},
        {"least_rps", figure_number(spread.least_rps)},
        {"most_rps", figure_number(spread.most_rps)},
        {"share", figure_number(spread.share)},
        {NULL, NULL},
    });
    return figure_where(spread.blocks > 1, object);
}

void run_figures_add_blocks(json_t *object, const struct findings *findings)
{
    const struct figure figures[] = {
        {"calibrations", calibrations_of(findings->log)},
        {"calibration_spread", spread_of(findings->log)},
        {NULL, NULL},
    };
    figures_add(object, figures);
}

void run_figures_add_place(json_t *object, const struct findings *findings)
{
    const struct figure figures[] = {
        {"machine", machine_of(&findings->log->run.machine)},
        {"cores", cores_of(findings)},
        {"generators", generator_figures(findings)},
        {"calibration", calibration_of(&findings->log->run.calibration)},
        {NULL, NULL},
    };
    figures_add(object, figures);
}
