#include "report/data/generator_figures.h"

#include "report/data/figure.h"

#include <stdbool.h>
#include <stddef.h>

static json_t *load_of(const struct backend_finding *backend, const struct step_finding *step,
                       const struct generator_load *load)
{
    return figures_object((struct figure[]){
        {"backend", figure_text(backend->record->name)},
        {"level", figure_count(step->record->level)},
        {"held", json_boolean(step == backend->last_good)},
        {"offered", figure_count(load->offered)},
        {"sent", figure_count(load->sent)},
        {"completed", figure_count(load->completed)},
        {"p99_ns", figure_known(load->p99_ns)},
        {"send_lag_p99_ns", figure_known(load->send_lag_p99_ns)},
        {"busy_share", figure_number(load->busiest_thread)},
        {"starved_share", figure_number(load->starved_thread)},
        {"late_ns", figure_count(load->late_ns)},
        {"clock_error_ns", figure_count(load->clock_error_ns)},
        {"round_trip_ns", figure_known(load->round_trip_ns)},
        {"gather_ns", figure_count(load->gather_ns)},
        {NULL, NULL},
    });
}

static void add_load(json_t *array, const struct backend_finding *backend, const struct step_finding *step,
                     unsigned rank)
{
    for (size_t i = 0; step != NULL && i < step->record->generators.count; i++) {
        const struct generator_load *load = &step->record->generators.items[i];
        if (load->rank == rank) {
            json_array_append_new(array, load_of(backend, step, load));
        }
    }
}

static json_t *generator_of(const struct findings *findings, const struct generator_record *record)
{
    json_t *loads = json_array();

    for (size_t i = 0; i < findings->backend_count; i++) {
        const struct backend_finding *backend = &findings->backends[i];
        add_load(loads, backend, backend->last_good, record->rank);
        add_load(loads, backend, backend->first_break, record->rank);
    }
    return figures_object((struct figure[]){
        {"rank", figure_count(record->rank)},
        {"host", figure_text(record->host)},
        {"cores", figure_text(record->cores)},
        {"threads", figure_count(record->threads)},
        {"cpu", figure_text(record->machine.cpu)},
        {"kernel", figure_text(record->machine.kernel)},
        {"loads", loads},
        {NULL, NULL},
    });
}

json_t *generator_figures(const struct findings *findings)
{
    const struct run_log *log = findings->log;
    json_t *array = json_array();

    for (size_t i = 0; i < log->generator_count; i++) {
        json_array_append_new(array, generator_of(findings, &log->generators[i]));
    }
    return figure_in(log->generator_count > 0, array);
}
