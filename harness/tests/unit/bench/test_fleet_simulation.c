/* A fleet of 64 generators with skewed clocks, simulated on what real services did: the recorded steps of
 * harness/tests/runs are sent again by 64, some of which are late, lag or are lost, and the bench's own policy and the
 * analysis' own verdict say what follows. Nothing is simulated but the generators. */
#include "analysis/usage/step_usage.h"
#include "analysis/verdict/verdict.h"
#include "base/mem.h"
#include "base/random.h"
#include "bench/crew/fleet_order.h"
#include "bench/policy.h"
#include "shared_runs.h"
#include "test.h"

#include <stdlib.h>
#include <string.h>

#define GENERATORS 64
#define MS         UINT64_C(1000000)

const struct test_group test_group = {shared_runs_read, shared_runs_release};

/* ---- the sum ---- */

/* The same values, all at the lowest of their buckets, so that parts of it can be made. */
static void copy_histogram(const struct histogram *from, struct histogram *into)
{
    struct histogram_walk walk = {0};

    while (histogram_next(from, &walk)) {
        uint64_t low, width;
        histogram_bucket(from, walk.index, &low, &width);
        histogram_record_many(into, low, walk.count);
    }
}

/* Moves a part, at random, of what is left of each bucket; all of it to the last generator. */
static void take_part(struct histogram *left, struct histogram *part, struct random *random, bool last)
{
    for (uint32_t i = 0; i < left->count_length; i++) {
        uint64_t low, width, count = left->counts[i];
        if (count > 0) {
            count = last ? count : random_below(random, count / 8 + 2) % (count + 1);
            histogram_bucket(left, i, &low, &width);
            histogram_record_many(part, low, count);
            left->counts[i] -= count;
        }
    }
}

static void check_same_histogram(const struct histogram *a, const struct histogram *b)
{
    struct histogram_walk one = {0}, other = {0};
    bool more = true;

    assert_int_equal(a->total, b->total);
    assert_int_equal(a->min, b->min);
    assert_int_equal(a->max, b->max);
    while (more) {
        more = histogram_next(a, &one);
        assert_int_equal(histogram_next(b, &other), more);
        assert_true(!more || (one.index == other.index && one.count == other.count));
    }
}

/* As a generator's result goes to the leader: written, read and added. */
static void send_part(const struct load_record *part, unsigned rank, struct load_record *sum)
{
    struct generator_load generator = {.rank = rank, .host = (char *)"gen"}, came;
    struct load_record read;
    struct error err = {0};
    size_t length;

    fleet_order_describe(&generator, part);
    char *text = fleet_order_write_result(&generator, part, &length);
    if (fleet_order_read_result(text, length, &came, &read, &err) != 0) {
        fail_msg("%s", err.message);
    }
    load_record_add(sum, &read);
    load_record_release(&read);
    free(came.host);
    free(text);
}

static void check_sum(const struct load_record *load, uint64_t seed)
{
    struct load_record whole, left, sum;
    struct random random;

    random_init(&random, seed, 0);
    load_record_init(&whole, 1);
    load_record_init(&left, 1);
    load_record_init(&sum, 1);
    copy_histogram(&load->response, &whole.response);
    copy_histogram(&load->send_lag, &whole.send_lag);
    copy_histogram(&whole.response, &left.response);
    copy_histogram(&whole.send_lag, &left.send_lag);
    for (unsigned i = 0; i < GENERATORS; i++) {
        struct load_record part;
        load_record_init(&part, 1);
        take_part(&left.response, &part.response, &random, i == GENERATORS - 1);
        take_part(&left.send_lag, &part.send_lag, &random, i == GENERATORS - 1);
        part.tally.offered = part.tally.completed = part.response.total;
        send_part(&part, i, &sum);
        load_record_release(&part);
    }
    assert_true(whole.response.total >= 200);
    assert_int_equal(sum.tally.completed, whole.response.total);
    check_same_histogram(&sum.response, &whole.response);
    check_same_histogram(&sum.send_lag, &whole.send_lag);
    load_record_release(&whole);
    load_record_release(&left);
    load_record_release(&sum);
}

/* The first step of the run with so many requests. */
static const struct load_record *large_step(const struct run_log *log)
{
    size_t i = 0;

    while (log->steps[i].load.response.total < 200) {
        assert_true(++i < log->step_count);
    }
    return &log->steps[i].load;
}

TEST(the_histograms_of_64_generators_add_up_to_that_of_one)
{
    assert_true(shared_run_count > 3);
    for (size_t i = 0; i < shared_run_count; i += 2) {
        check_sum(large_step(&shared_runs[i].log), i);
    }
}

/* ---- the policy ---- */

/* What becomes of a trial whose steps were recorded. */
struct replay {
    const struct findings *findings;
    const struct backend_finding *backend;
    struct random random;
    double fault;     /* the chance of a generator to be late or to lag, a step */
    size_t lost_step; /* in which a rank is lost; SIZE_MAX: in none */
    size_t steps, invalid;
    bool lost;
    uint64_t held, broke;
};

/* A valid step of the first trial at that level. */
static const struct step_finding *recorded(const struct replay *replay, uint64_t level)
{
    for (size_t i = 0; i < replay->backend->step_count; i++) {
        const struct step_finding *step = &replay->backend->steps[i];
        if (step->record->level == level && step->record->trial == replay->backend->steps[0].record->trial &&
            step->verdict.verdict != VERDICT_INVALID) {
            return step;
        }
    }
    return NULL;
}

static uint64_t lag_most_ns(const struct replay *replay)
{
    uint64_t latency_ns = replay->findings->scenario.limits.latency_ns;
    return (latency_ns > 0 ? latency_ns : 10 * MS) / 10;
}

/* In equal shares, with clocks that are up to a millisecond off; every one good enough, but for those that are not.
 * Returns the first of these; GENERATORS: none. */
static unsigned make_fleet(struct replay *replay, const struct step_record *step, struct generator_loads *loads)
{
    const struct load_record *load = &step->load;
    uint64_t share = load->tally.offered / GENERATORS + 1, most_ns = lag_most_ns(replay);
    unsigned bad = GENERATORS;

    loads->items = mem_new(GENERATORS, sizeof *loads->items);
    loads->count = GENERATORS;
    for (unsigned i = 0; i < GENERATORS; i++) {
        loads->items[i] = (struct generator_load){.rank = i,
                                                  .host = mem_format("gen%u", i),
                                                  .offered = share,
                                                  .sent = share,
                                                  .completed = share,
                                                  .p99_ns = 1,
                                                  .p99_samples = share,
                                                  .send_lag_p99_ns = random_below(&replay->random, most_ns),
                                                  .connections = 8,
                                                  .late_ns = random_below(&replay->random, most_ns),
                                                  .clock_error_ns = random_below(&replay->random, MS)};
        if (random_unit(&replay->random) < replay->fault) {
            struct generator_load *its = &loads->items[i];
            *(random_below(&replay->random, 2) == 0 ? &its->late_ns : &its->send_lag_p99_ns) = 3 * most_ns;
            bad = bad == GENERATORS ? i : bad;
        }
    }
    return bad;
}

static struct step_verdict judge(const struct replay *replay, const struct step_record *record)
{
    const struct scenario *scenario = &replay->findings->scenario;
    const struct verdict_terms terms = {.limits = &scenario->limits,
                                        .traffic = &scenario->traffic,
                                        .request_limits = &scenario->request_limits,
                                        .cores_shared = replay->findings->log->run.cores_shared};
    struct step_verdict verdict;
    struct step_usage usage;

    step_usage_find(record, replay->backend->core_count, &usage);
    verdict_judge(record, &usage.host, &terms, &verdict);
    return verdict;
}

/* The recorded step as the fleet would have sent it. */
static struct step_verdict send(struct replay *replay, const struct step_finding *step)
{
    struct step_record record = *step->record;

    record.generators = (struct generator_loads){0};
    unsigned bad = make_fleet(replay, &record, &record.generators);
    struct step_verdict verdict = judge(replay, &record);
    if (bad == GENERATORS) { /* a clock's error changes nothing */
        assert_string_equal(verdict_name(verdict.verdict), verdict_name(step->verdict.verdict));
    } else {
        bool late = verdict.invalid[INVALID_LATE_START];
        assert_int_equal(verdict.verdict, VERDICT_INVALID);
        assert_true(late || verdict.invalid[INVALID_SEND_LAG]);
        assert_true(strncmp(verdict.blamed[late ? INVALID_LATE_START : INVALID_SEND_LAG], "gen", 3) == 0);
    }
    memset(verdict.blamed, 0, sizeof verdict.blamed);
    generator_loads_release(&record.generators);
    return verdict;
}

static void run(struct replay *replay)
{
    struct plan plan;
    struct policy policy;
    struct policy_step next;

    plan_make(&plan, &replay->findings->scenario, &(struct plan_options){1, 1, PROFILE_QUICK});
    policy_init(&policy, &plan, &replay->findings->scenario, 0);
    while (policy_next(&policy, &next) && !replay->lost) {
        const struct step_finding *step = recorded(replay, next.planned.level);
        if (next.stage != POLICY_LADDER || step == NULL) {
            policy_give_up(&policy);
            continue;
        }
        replay->lost = replay->steps == replay->lost_step;
        if (!replay->lost) { /* a step with a lost rank has no record: it says nothing, and the run ends */
            struct step_verdict verdict = send(replay, step);
            replay->steps++;
            replay->invalid += verdict.verdict == VERDICT_INVALID;
            policy_learn(&policy, &next, &verdict, step->record->death.died);
        }
    }
    policy_bracket(&policy, &replay->held, &replay->broke);
    policy_release(&policy);
    plan_release(&plan);
}

static struct replay replayed(size_t run_index, size_t backend, double fault, size_t lost_step, uint64_t seed)
{
    const struct findings *findings = &shared_runs[run_index].findings;
    struct replay replay = {.findings = findings,
                            .backend = &findings->backends[backend],
                            .fault = fault,
                            .lost_step = lost_step};

    random_init(&replay.random, seed, 1);
    if (replay.backend->step_count > 0) {
        run(&replay);
    }
    return replay;
}

/* What is told of all services of all runs. */
struct account {
    size_t services, steps, invalid, lost, same;
};

/* A fault may leave less to be said, never another thing: what held holds, what broke breaks. */
static void compare(struct account *account, const struct replay *alone, const struct replay *fleet)
{
    account->services++;
    account->steps += fleet->steps;
    account->invalid += fleet->invalid;
    account->lost += fleet->lost;
    account->same += fleet->held == alone->held && fleet->broke == alone->broke;
    assert_true(fleet->held <= alone->held);
    assert_true(fleet->broke == 0 || (alone->broke > 0 && fleet->broke >= alone->broke));
}

static struct account simulate(double fault, bool lose)
{
    struct account account = {0};

    for (size_t i = 0; i < shared_run_count; i++) {
        for (size_t k = 0; k < shared_runs[i].findings.backend_count; k++) {
            struct replay alone = replayed(i, k, 0, SIZE_MAX, 1);
            struct replay fleet = replayed(i, k, fault, lose ? alone.steps / 2 : SIZE_MAX, 100 * i + k);
            if (alone.steps > 1) {
                compare(&account, &alone, &fleet);
            }
        }
    }
    print_message("%zu services, faults of %.2f %%: %zu steps, %zu invalid, %zu runs ended by a lost rank; %zu as "
                  "without, %zu with less to say\n",
                  account.services, 100 * fault, account.steps, account.invalid, account.lost, account.same,
                  account.services - account.same);
    assert_true(account.services > 5);
    return account;
}

TEST(skewed_clocks_of_64_generators_change_no_verdict)
{
    struct account account = simulate(0, false);

    assert_int_equal(account.same, account.services);
    assert_int_equal(account.invalid, 0);
}

/* With a fault of a generator in a thousand, a step in sixteen is invalid: it is run again, and the trial goes on. */
TEST(steps_with_a_bad_generator_are_run_again_and_the_bracket_stays)
{
    struct account account = simulate(0.001, false);

    assert_true(account.invalid > 0);
    assert_true(10 * account.same >= 8 * account.services);
}

/* One in fifty: three steps in four are invalid. Little is said then, and nothing wrong. */
TEST(a_fleet_that_is_bad_most_of_the_time_says_less_and_nothing_wrong)
{
    struct account account = simulate(0.02, false);

    assert_true(2 * account.invalid > account.steps);
    assert_true(account.same < account.services);
}

TEST(a_lost_rank_ends_the_trial_and_what_was_measured_until_then_stands)
{
    struct account account = simulate(0, true);

    assert_int_equal(account.lost, account.services);
    assert_int_equal(account.invalid, 0);
}
