/* What one generator among many does to the verdict: 64 of them with skewed clocks, of which some are late, slow or
 * lost. */
#include "analysis/verdict/validity.h"
#include "analysis/warnings/fleet_warnings.h"

#include "base/mem.h"
#include "base/random.h"
#include "judging.h"
#include "test.h"

#include <stdlib.h>
#include <string.h>

#define GENERATORS 64

/* A step that passes, or breaks, sent in equal shares by hosts that were all good enough, with clocks that are up to a
 * millisecond off. */
static void make(struct step_record *ret_record, bool slow, uint64_t seed)
{
    struct step_builder builder = healthy_step();
    struct generator_loads *loads = &ret_record->generators;
    struct random random;

    if (slow) {
        step_builder_slow(&builder, 4, 20, 60, 75);
    }
    step_builder_make(&builder, ret_record);
    random_init(&random, seed, 0);
    loads->items = mem_new(GENERATORS, sizeof *loads->items);
    loads->count = GENERATORS;
    for (unsigned i = 0; i < GENERATORS; i++) {
        loads->items[i] = (struct generator_load){.rank = i,
                                                  .host = mem_format("gen%u", i),
                                                  .offered = 10000 / GENERATORS,
                                                  .sent = 10000 / GENERATORS,
                                                  .completed = 10000 / GENERATORS,
                                                  .p99_ns = 4 * MS,
                                                  .p99_samples = 2000,
                                                  .send_lag_p99_ns = random_below(&random, 2 * MS),
                                                  .busiest_thread = 0.3,
                                                  .mean_in_flight = 1,
                                                  .connections = 8,
                                                  .late_ns = random_below(&random, MS),
                                                  .clock_error_ns = random_below(&random, MS)};
    }
}

static void check(const struct step_record *record, enum verdict expected, int only, const char *host)
{
    struct step_verdict verdict = judge_record(record, &usual_limits, NULL, false);

    assert_string_equal(verdict_name(verdict.verdict), verdict_name(expected));
    for (int i = 0; i < INVALIDITY_COUNT; i++) {
        assert_int_equal(verdict.invalid[i], i == only);
    }
    if (only >= 0 && host != NULL) {
        assert_non_null(verdict.blamed[only]);
        assert_string_equal(verdict.blamed[only], host);
    }
}

TEST(sixty_four_good_generators_are_as_good_as_one)
{
    for (uint64_t seed = 1; seed <= 20; seed++) {
        for (int slow = 0; slow <= 1; slow++) {
            struct step_record record;
            make(&record, slow == 1, seed);
            check(&record, slow == 1 ? VERDICT_BREAK : VERDICT_PASS, -1, NULL);
            step_record_release(&record);
        }
    }
}

/* However good the other 63 are: their lag hides its own in the sum. */
TEST(one_generator_that_lags_makes_the_step_invalid_and_is_named)
{
    for (unsigned which = 0; which < GENERATORS; which += 7) {
        struct step_record record;
        make(&record, which % 2 == 1, which);
        record.generators.items[which].send_lag_p99_ns = 6 * MS;
        check(&record, VERDICT_INVALID, INVALID_SEND_LAG, record.generators.items[which].host);
        step_record_release(&record);
    }
}

TEST(of_several_the_worst_is_named)
{
    struct step_record record;

    make(&record, false, 1);
    record.generators.items[3].send_lag_p99_ns = 6 * MS;
    record.generators.items[40].send_lag_p99_ns = 60 * MS;
    record.generators.items[50].send_lag_p99_ns = 20 * MS;
    check(&record, VERDICT_INVALID, INVALID_SEND_LAG, "gen40");
    step_record_release(&record);
}

TEST(a_start_may_be_late_by_a_tenth_of_the_latency_limit)
{
    struct step_record record;

    make(&record, false, 1);
    record.generators.items[9].late_ns = 5 * MS;
    check(&record, VERDICT_PASS, -1, NULL);
    record.generators.items[9].late_ns = 5 * MS + 1;
    check(&record, VERDICT_INVALID, INVALID_LATE_START, "gen9");
    step_record_release(&record);
}

TEST(one_generator_that_left_requests_unsent_with_connections_free_is_named)
{
    struct step_record record;

    make(&record, false, 1);
    record.generators.items[11].sent -= 10;
    check(&record, VERDICT_INVALID, INVALID_UNSENT, "gen11");
    record.generators.items[11].mean_in_flight = 7.5; /* they were not free: the service is slow */
    check(&record, VERDICT_PASS, -1, NULL);
    record.generators.items[11].mean_in_flight = 1;
    record.generators.items[11].connect_failures = 1; /* it refused them */
    check(&record, VERDICT_PASS, -1, NULL);
    step_record_release(&record);
}

/* As for one: a busy one makes times look worse, which hides nothing where all limits held. */
TEST(a_busy_generator_is_named_only_where_a_limit_broke)
{
    for (int slow = 0; slow <= 1; slow++) {
        struct step_record record;
        make(&record, slow == 1, 1);
        record.generators.items[20].busiest_thread = record.load.busiest_thread = 0.95;
        check(&record, slow == 1 ? VERDICT_INVALID : VERDICT_PASS, slow == 1 ? INVALID_GENERATOR_BUSY : -1, "gen20");
        step_record_release(&record);
    }
}

/* Lost ranks end the run before there is a record: what is there of a step is of all of them, whoever they were. */
TEST(a_fleet_that_lost_ranks_before_the_step_is_judged_by_those_that_are_left)
{
    struct step_record record;

    make(&record, false, 1);
    while (record.generators.count > 1) {
        free(record.generators.items[--record.generators.count].host);
        check(&record, VERDICT_PASS, -1, NULL);
    }
    record.generators.items[0].send_lag_p99_ns = 6 * MS;
    check(&record, VERDICT_INVALID, INVALID_SEND_LAG, "gen0");
    step_record_release(&record);
}

TEST(a_p99_that_differs_from_the_others_by_over_a_fifth_is_told)
{
    static const struct {
        double own_ms;
        bool told;
    } cases[] = {{4.8, false}, {4.81, true}, {3.34, false}, {3.33, true}, {40, true}, {4, false}};

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct step_record record;
        uint64_t others_ns = 0;
        make(&record, false, 1);
        record.generators.items[30].p99_ns = (uint64_t)(cases[i].own_ms * 1e6);
        const struct generator_load *odd = fleet_odd_one(&record.generators, &others_ns);
        assert_int_equal(odd != NULL, cases[i].told);
        if (odd != NULL) {
            assert_string_equal(odd->host, "gen30");
            assert_int_equal(others_ns, 4 * MS);
        }
        record.generators.items[2].p99_samples = 999; /* too few to say so */
        assert_null(fleet_odd_one(&record.generators, &others_ns));
        step_record_release(&record);
    }
}
