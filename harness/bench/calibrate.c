#include "bench/calibrate.h"

#include "analysis/usage/step_usage.h"
#include "analysis/verdict/disturbance.h"
#include "base/clock.h"
#include "bench/service/instance.h"
#include "bench/service/prepare.h"
#include "bench/step.h"

#include <stdbool.h>
#include <stdlib.h>

#define CALIBRATION_CONNECTIONS 64
#define CALIBRATION_INTERVALS   20

static void fill(struct calibration *calibration, const struct step_record *step, unsigned service_cores)
{
    const struct load_record *load = &step->load;
    uint64_t completed = load->tally.completed;
    struct step_usage usage;

    step_usage_find(step, service_cores, &usage);
    *calibration = (struct calibration){
        .done = true,
        .throughput_rps = (uint64_t)((double)completed * 1e9 / (double)load->measured_ns),
        .connections = CALIBRATION_CONNECTIONS,
        .p50_ns = histogram_quantile(&load->response, 0.5),
        .p99_ns = histogram_quantile(&load->response, 0.99),
        .generator_cpu_ns_per_request = completed > 0 ? load->cpu_ns / completed : 0,
        .generator_busy = load->busiest_thread,
    };
    for (size_t i = 0; i < step->generators.count; i++) {
        uint64_t round_trip_ns = step->generators.items[i].round_trip_ns;
        if (round_trip_ns > calibration->round_trip_ns) {
            calibration->round_trip_ns = round_trip_ns;
        }
    }
    if (calibration->throughput_rps > 0) {
        calibration->service_cpu_ns_per_request =
            (uint64_t)(usage.host.service_cores * 1e9 / (double)calibration->throughput_rps);
    }
}

/* Whether others took from it. That the generator is busy is no disturbance: it is what the calibration is there for.
 */
static bool is_disturbed(const struct step_record *step, const struct cores *cores)
{
    const struct core_set *service = &cores->launched;
    struct step_usage usage;
    struct disturbance disturbance;

    step_usage_find(step, core_set_count(service), &usage);
    disturbance_find(&step->load,
                     &(struct disturbance_terms){.host = &usage.host,
                                                 .service_core_count = core_set_count(service),
                                                 .cores_shared = cores_launched_shared(cores)},
                     &disturbance);
    return disturbance.by[DISTURBANCE_FOREIGN] || disturbance.by[DISTURBANCE_STEAL] ||
           disturbance.by[DISTURBANCE_STARVED];
}

static int drive(const struct run *run, struct instance *instance, const struct traffic *traffic,
                 struct step_record *ret_step, struct error *err)
{
    bool quick = run->plan->profile == PROFILE_QUICK;
    struct planned_step planned = {
        .connections = CALIBRATION_CONNECTIONS,
        .level = CALIBRATION_CONNECTIONS,
        .seed = 1,
        .warmup_ns = CLOCK_SECOND_NS / 4,
        .measure_ns = quick ? CLOCK_SECOND_NS / 2 : 2 * CLOCK_SECOND_NS,
        .drain_limit_ns = 5 * CLOCK_SECOND_NS,
        .interval_count = CALIBRATION_INTERVALS,
    };
    struct crew_options options = {.loader = {.traffic = traffic,
                                              .host = instance->host,
                                              .port = instance->port,
                                              .threads = run->cores->generator_count,
                                              .deadline_ns = CLOCK_SECOND_NS,
                                              .connections_most = CALIBRATION_CONNECTIONS,
                                              .on_thread = cores_pin_thread,
                                              .context = run->cores},
                                   .muster = run->muster};
    struct step_run step = {.run = run, .instance = instance, .planned = &planned, .backend = "calibration"};

    if (crew_new(&step.crew, &options, err) != 0) {
        return -1;
    }
    int result = step_run(&step, ret_step, err);
    crew_free(step.crew);
    return result;
}

static int measure(const struct run *run, struct instance *instance, struct calibration *ret_calibration,
                   struct error *err)
{
    struct traffic traffic;
    struct step_record step;

    traffic_init_get(&traffic, "/items/1");
    int result = drive(run, instance, &traffic, &step, err);
    if (result == 0) {
        fill(ret_calibration, &step, core_set_count(&run->cores->launched));
        ret_calibration->disturbed = is_disturbed(&step, run->cores);
        step_record_release(&step);
    }
    traffic_release(&traffic);
    return result;
}

int calibrate(const struct run *run, const struct manifest *reference, struct calibration *ret_calibration,
              struct error *err)
{
    struct instance_options options = {.manifest = reference,
                                       .cores = &run->cores->launched,
                                       .host = run->host,
                                       .stop = run->stop};
    struct instance instance;

    if (instance_start(&instance, &options, err) != 0) {
        return -1;
    }
    int result = measure(run, &instance, ret_calibration, err);
    if (result == 0 && ret_calibration->disturbed) {
        result = measure(run, &instance, ret_calibration, err);
    }
    instance_stop(&instance);
    return result;
}

int calibrate_build(const struct run *run, const struct manifest *reference, bool *ret_built, struct error *err)
{
    struct backend_record built = {0};
    struct error why = {0};

    *ret_built = false;
    if (reference == NULL) {
        return 0;
    }
    int result = prepare_build(run, reference, &built, &why);
    *ret_built = result == 0 && built.skipped == NULL;
    if (built.skipped != NULL) {
        progress_say(run->progress, "no calibration: %s", built.skipped);
    } else if (result != 0) {
        progress_say(run->progress, "no calibration: %s", why.message);
    }
    backend_record_release(&built);
    return atomic_load(run->stop) ? error_stopped(err) : 0;
}

int calibrate_say(const struct run *run, const struct manifest *reference, struct calibration *ret_calibration,
                  struct error *err)
{
    struct error why = {0};
    char *cores = core_set_text(&run->cores->launched);

    progress_say(run->progress, "calibration: the reference service on cores %s", cores);
    free(cores);
    if (calibrate(run, reference, ret_calibration, &why) != 0) {
        progress_say(run->progress, "no calibration: %s", why.message);
    }
    return atomic_load(run->stop) ? error_stopped(err) : 0;
}
