#include "run_readings.h"

#include "base/mem.h"

#include <math.h>
#include <stddef.h>

void run_readings_make_samples(struct step_record *step, size_t count)
{
    step->samples = mem_new(count, sizeof *step->samples);
    step->sample_count = count;
    for (size_t i = 0; i < count; i++) {
        uint64_t *numbers = (uint64_t *)&step->samples[i];
        for (size_t j = 0; j < offsetof(struct sample, service_group_quota_cores) / sizeof *numbers; j++) {
            numbers[j] = 7000 + 100 * i + j;
        }
        step->samples[i].service_group_quota_cores = 0.3;
        step->samples[i].pressure_cpu = 0.1;
        step->samples[i].pressure_memory = -1;
        step->samples[i].pressure_io = 99.99;
    }
    if (count > 2) {
        step->samples[2].absent = SAMPLE_CPU;
        step->samples[2].cpu_ns = 0;
    }
}

void run_readings_make_runtime(struct step_record *step)
{
    step->runtime = mem_new(step->runtime_count = 2, sizeof *step->runtime);
    for (size_t i = 0; i < 2; i++) {
        step->runtime[i] = (struct runtime_sample){.at_ns = 7801 + i,
                                                   .event_loop_lag_ns = 7811.5 + (double)i,
                                                   .gc_ns = 7821 + (double)i,
                                                   .gc_runs = 7831 + (double)i,
                                                   .goroutines = 7841 + (double)i,
                                                   .pool_connections = 7851 + (double)i,
                                                   .pool_active = 7861 + (double)i,
                                                   .pool_waiting = i == 0 ? NAN : 7871};
    }
}
