/* What others took from a step, just within each bound and just past it; and what is said of it. */
#include "analysis/verdict/disturbance.h"

#include "judging.h"
#include "log_builder.h"
#include "test.h"
#include "warned.h"

#include <string.h>

static struct disturbance disturbance_of(const struct step_builder *builder, double kernel_cores, bool cores_shared)
{
    struct step_record record;
    struct step_usage usage;
    struct disturbance found;

    step_builder_make(builder, &record);
    step_usage_find(&record, JUDGING_CORES, &usage);
    usage.host.kernel_cores = kernel_cores;
    disturbance_find(&record.load,
                     &(struct disturbance_terms){.host = &usage.host,
                                                 .service_core_count = JUDGING_CORES,
                                                 .cores_shared = cores_shared},
                     &found);
    step_record_release(&record);
    return found;
}

/* Nothing but `only` disturbed it; DISTURBANCE_COUNT: nothing at all. */
static void check_only(const struct step_builder *builder, enum disturbance_kind only)
{
    struct disturbance found = disturbance_of(builder, 0, false);

    assert_int_equal(found.any, only != DISTURBANCE_COUNT);
    for (int i = 0; i < DISTURBANCE_COUNT; i++) {
        assert_int_equal(found.by[i], i == (int)only);
    }
}

/* Of two cores the service uses `own`, anyone `own` and `foreign` more. */
static struct step_builder shared_with(double own, double foreign)
{
    struct step_builder builder = healthy_step();
    builder.host.cores = own;
    builder.host.cores_busy = own + foreign;
    return builder;
}

TEST(a_healthy_step_is_not_disturbed)
{
    struct step_builder builder = healthy_step();
    check_only(&builder, DISTURBANCE_COUNT);
}

TEST(others_may_use_fifteen_percent_of_the_services_cores)
{
    struct step_builder within = shared_with(0.2, 0.29), beyond = shared_with(0.2, 0.31);

    check_only(&within, DISTURBANCE_COUNT);
    check_only(&beyond, DISTURBANCE_FOREIGN);
    assert_float_equal(disturbance_of(&beyond, 0, false).shares[DISTURBANCE_FOREIGN], 0.155, 1e-6);
}

TEST(receiving_packets_is_nobodys_work)
{
    struct step_builder builder = shared_with(0.2, 0.5);

    assert_true(disturbance_of(&builder, 0.1, false).by[DISTURBANCE_FOREIGN]);
    assert_false(disturbance_of(&builder, 0.3, false).by[DISTURBANCE_FOREIGN]);
}

TEST(the_generator_on_the_services_cores_is_not_foreign)
{
    struct step_builder builder = shared_with(0.2, 0.5);
    struct step_record record;

    step_builder_make(&builder, &record);
    assert_true(record.load.cpu_ns > 0);
    step_record_release(&record);
    assert_true(disturbance_of(&builder, 0, false).by[DISTURBANCE_FOREIGN]);
    assert_false(disturbance_of(&builder, 0, true).by[DISTURBANCE_FOREIGN]);
}

TEST(the_hypervisor_may_take_a_twentieth_of_the_services_cores)
{
    const struct load_record quiet = {.busiest_thread = 0.3};
    struct host_usage host = {.known = true, .service_steal_cores = 0.098};
    const struct disturbance_terms terms = {.host = &host, .service_core_count = 2};
    struct disturbance found;

    disturbance_find(&quiet, &terms, &found);
    assert_false(found.any);
    host.service_steal_cores = 0.102;
    disturbance_find(&quiet, &terms, &found);
    assert_true(found.any && found.by[DISTURBANCE_STEAL] && !found.by[DISTURBANCE_FOREIGN]);
    assert_float_equal(found.shares[DISTURBANCE_STEAL], 0.051, 1e-6);
}

TEST(a_generator_without_a_core_or_without_rest_disturbs)
{
    struct step_builder builder = healthy_step();

    builder.starved_thread = 0.10;
    builder.busiest_thread = 0.90;
    check_only(&builder, DISTURBANCE_COUNT);
    builder.starved_thread = 0.11;
    check_only(&builder, DISTURBANCE_STARVED);
    builder.starved_thread = 0.10;
    builder.busiest_thread = 0.91;
    check_only(&builder, DISTURBANCE_BUSY);
}

/* Steps from 500/s on, each with so much foreign work on two cores. */
static void climb(struct run_log *log, const double *foreign, size_t count)
{
    log_builder_init(log);
    log_builder_backend(log, "go");
    for (size_t i = 0; i < count; i++) {
        struct step_builder builder;
        step_builder_init(&builder, UINT64_C(500) << i);
        builder.index = (unsigned)i;
        builder.host.cores_busy = builder.host.cores + foreign[i];
        log_builder_step(log, &builder);
    }
}

TEST(steps_that_held_disturbed_are_warned_of_by_their_loads)
{
    const double one[] = {0, 0.4, 0}, two[] = {0.4, 0, 0.5}, five[] = {0.4, 0.4, 0.4, 0.4, 0.4};
    static const struct {
        const char *text;
    } said[] = {
        {"other programs took up to 20 % of the service's cores while go held 1,000: its response times there are "
         "longer than its own"},
        {"other programs took up to 25 % of the service's cores while go held 500 and 2,000: its response times there "
         "are longer than its own"},
        {"other programs took up to 20 % of the service's cores while go held 500, 1,000, 2,000 and 2 more: its "
         "response times there are longer than its own"},
    };
    const double *climbs[] = {one, two, five};
    const size_t counts[] = {3, 3, 5};

    for (size_t i = 0; i < 3; i++) {
        struct run_log log;
        climb(&log, climbs[i], counts[i]);
        warned_check(&log, WARNING_MACHINE, (char *)said[i].text, "ps -eo pcpu,pid,comm --sort=-pcpu | head");
        run_log_release(&log);
    }
}

TEST(a_level_that_is_disturbed_in_two_trials_is_named_once)
{
    const double foreign[] = {0.4};
    struct run_log log;
    struct step_builder builder;

    climb(&log, foreign, 1);
    step_builder_init(&builder, 500);
    builder.trial = 1;
    builder.host.cores_busy = builder.host.cores + 0.6;
    log_builder_step(&log, &builder);
    warned_check(&log, WARNING_MACHINE,
                 "other programs took up to 30 % of the service's cores while go held 500: its response times there "
                 "are longer than its own",
                 "ps -eo pcpu,pid,comm --sort=-pcpu | head");
    run_log_release(&log);
}

TEST(each_kind_has_a_name_of_its_own)
{
    for (int i = 0; i < DISTURBANCE_COUNT; i++) {
        for (int j = 0; j < i; j++) {
            assert_string_not_equal(disturbance_name((enum disturbance_kind)i),
                                    disturbance_name((enum disturbance_kind)j));
        }
    }
}
