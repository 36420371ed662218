#include "analysis/fault_cost.h"

#include "base/mem.h"
#include "step_builder.h"
#include "test.h"

#include <stdlib.h>
#include <string.h>

/* One class of others, one of faults. */
static struct request classes[] = {{.name = (char *)"read"}, {.name = (char *)"fault", .fault = true}};

static void make_step(struct step_record *ret_step, uint64_t level, uint64_t faults, uint64_t faults_failed)
{
    struct step_builder builder;

    step_builder_init(&builder, level);
    step_builder_fail(&builder, 4, 6, 100, FAILURE_CONNECT);
    step_builder_make(&builder, ret_step);
    load_record_init_requests(&ret_step->load, 2);
    ret_step->load.requests[1].tally =
        (struct tally){.offered = faults, .sent = faults, .failures = {[FAILURE_RESET] = faults_failed}};
    ret_step->load.tally.failures[FAILURE_RESET] += faults_failed;
    ret_step->load.stalls.stalls = mem_new(1, sizeof *ret_step->load.stalls.stalls);
    ret_step->load.stalls.stalls[0] = (struct stall){.length_ns = 450000000};
    ret_step->load.stalls.count = 1;
}

struct case_of {
    struct step_record records[3];
    struct step_finding steps[3];
    struct backend_finding backend;
    struct findings findings;
};

static void begin(struct case_of *made, bool faults)
{
    *made = (struct case_of){0};
    classes[1].fault = faults;
    make_step(&made->records[0], 1000, 2, 2);
    make_step(&made->records[1], 1000, 2, 0);
    make_step(&made->records[2], 500, 1, 1);
    for (size_t i = 0; i < 3; i++) {
        made->steps[i].record = &made->records[i];
        made->steps[i].verdict.verdict = VERDICT_BREAK;
    }
    made->backend = (struct backend_finding){.steps = made->steps, .step_count = 3};
    made->findings.scenario.traffic = (struct traffic){.requests = classes, .request_count = 2};
}

static void end(struct case_of *made)
{
    for (size_t i = 0; i < 3; i++) {
        step_record_release(&made->records[i]);
    }
}

TEST(others_that_were_lost_are_counted_by_level_and_without_the_faults_themselves)
{
    struct case_of made;
    struct fault_cost *costs;

    begin(&made, true);
    assert_int_equal(fault_costs_find(&made.findings, &made.backend, &costs), 2);
    assert_int_equal(costs[0].level, 500);
    assert_int_equal(costs[0].faults, 1);
    assert_int_equal(costs[0].others_lost, 200);
    assert_int_equal(costs[1].level, 1000);
    assert_int_equal(costs[1].faults, 4);
    assert_int_equal(costs[1].others_lost, 400);
    assert_true(fault_cost_lost(&costs[1]) == 100);
    free(costs);
    end(&made);
}

TEST(the_time_below_full_capacity_is_that_of_the_intervals_that_were)
{
    struct case_of made;
    struct fault_cost *costs;

    begin(&made, true);
    assert_int_equal(fault_costs_find(&made.findings, &made.backend, &costs), 2);
    /* Two of twenty in each step; 100 of 125 requests failed, or of 250. */
    assert_int_equal(costs[0].below_ns, 2 * BUILT_INTERVAL_MS * UINT64_C(1000000));
    assert_int_equal(costs[1].below_ns, 4 * BUILT_INTERVAL_MS * UINT64_C(1000000));
    assert_true(fault_cost_below_ns(&costs[1]) == BUILT_INTERVAL_MS * 1e6);
    assert_int_equal(costs[1].silence_ns, 450000000);
    free(costs);
    end(&made);
}

TEST(invalid_steps_say_nothing_and_without_faults_there_is_no_cost)
{
    struct case_of made;
    struct fault_cost *costs;

    begin(&made, true);
    made.steps[2].verdict.verdict = VERDICT_INVALID;
    assert_int_equal(fault_costs_find(&made.findings, &made.backend, &costs), 1);
    assert_int_equal(costs[0].level, 1000);
    free(costs);
    end(&made);
    begin(&made, false);
    assert_int_equal(fault_costs_find(&made.findings, &made.backend, &costs), 0);
    free(costs);
    end(&made);
}
