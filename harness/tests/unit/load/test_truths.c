/* What must be true of any load generator, and of many is not. Each truth follows from arithmetic. */
#include "analysis/verdict/verdict.h"
#include "load/loader.h"

#include "load_run.h"
#include "test.h"

#include <math.h>
#include <sched.h>
#include <stdbool.h>
#include <sys/resource.h>
#include <unistd.h>
#include <uv.h>

/* Times are held to wide margins, and a machine that is busy elsewhere misses even those: what holds in one of three
 * attempts is true, since what is wrong by design is wrong in all of them. */
enum { ATTEMPTS = 3 };

static bool near(const char *what, double value, double expected, double margin)
{
    bool is_near = fabs(value - expected) <= margin * expected;
    if (!is_near) {
        print_message("%s is %g, not within %g of %g\n", what, value, margin, expected);
    }
    return is_near;
}

static double quantile(const struct load_record *record, double at)
{
    return (double)histogram_quantile(&record->response, at) / 1e9;
}

/* Each of the longer ones has the length, and the next comes a period later. */
static bool stalls_are_seen(const struct stall_list *list, double d, double t)
{
    double before = -1;
    size_t count = 0;

    for (size_t i = 0; i < list->count; i++) {
        double at = (double)list->stalls[i].at_ns / 1e9, length = (double)list->stalls[i].length_ns / 1e9;
        if (length > d / 2) {
            if (!near("a stall", length, d, 0.25) || (before >= 0 && !near("a period", at - before, t, 0.05))) {
                return false;
            }
            before = at;
            count++;
        }
    }
    return count >= 3;
}

/* A stall of D in every T, seen at its due rate: response time at p is D - (1-p)(1-rho)T, the mean D^2 / (2(1-rho)T).
 */
static bool stall_is_seen(double d, double t)
{
    const struct fault_server_options server = {.fault = FAULT_STALL,
                                                .time_ns = (uint64_t)(d * 1e9),
                                                .period_ns = (uint64_t)(t * 1e9)};
    struct load_record record;

    load_run_once(&server, &(struct loader_options){0},
                  &(struct planned_step){.rate = 400,
                                         .arrivals = ARRIVALS_POISSON,
                                         .seed = 1,
                                         .measure_ns = 4000 * MS,
                                         .interval_count = 20},
                  &record, NULL);
    assert_int_equal(record.tally.good, record.tally.offered);
    bool seen = near("p95", quantile(&record, 0.95), d - 0.05 * t, 0.25) &&
                near("p99", quantile(&record, 0.99), d - 0.01 * t, 0.25) &&
                near("mean", histogram_mean(&record.response) / 1e9, d * d / (2 * t), 0.35) &&
                quantile(&record, 0.5) < 0.02 && stalls_are_seen(&record.stalls, d, t);
    load_record_release(&record);
    return seen;
}

TEST(a_periodic_stall_is_seen_at_its_full_length)
{
    bool seen = false;
    for (int i = 0; i < ATTEMPTS && !seen; i++) {
        seen = stall_is_seen(0.2, 1);
    }
    assert_true(seen);
}

/* The same stall meets four requests each time, of some hundred: the load waits with the service. */
TEST(a_closed_load_hides_the_same_stall)
{
    bool hidden = false;
    for (int i = 0; i < ATTEMPTS && !hidden; i++) {
        struct load_record record;
        load_run_once(&(struct fault_server_options){.fault = FAULT_STALL, .time_ns = 200 * MS, .period_ns = 1000 * MS},
                      &(struct loader_options){0}, &(struct planned_step){.connections = 4, .measure_ns = 2000 * MS},
                      &record, NULL);
        assert_int_equal(record.tally.good, record.tally.offered);
        assert_true((double)record.response.max / 1e9 > 0.15); /* it was there */
        hidden = quantile(&record, 0.99) < 0.05;
        load_record_release(&record);
    }
    assert_true(hidden);
}

/* The last third of the requests is neither answered nor, most of it, sent: none may get lost. */
TEST(a_service_that_freezes_before_the_end_does_not_look_well)
{
    struct load_record record;

    load_run_once(&(struct fault_server_options){.fault = FAULT_FREEZE, .time_ns = 2000 * MS},
                  &(struct loader_options){.deadline_ns = 500 * MS, .connections_most = 50},
                  &(struct planned_step){.rate = 300, .measure_ns = 3000 * MS}, &record, NULL);
    assert_int_equal(record.tally.offered, 900);
    assert_in_range(record.tally.good, 400, 615);
    assert_true(record.censored >= 280);
    assert_in_range(record.tally.failures[FAILURE_UNANSWERED], 1, 50);
    assert_true(record.tally.failures[FAILURE_UNSENT] >= 200);
    assert_true(quantile(&record, 0.99) >= 1.3); /* of ages from 0.5 s to 1.5 s */
    assert_true(quantile(&record, 0.7) >= 0.5);
    assert_true(record.intervals[9].in_flight >= 280);
    assert_false(record.drained);
    load_record_release(&record);
}

TEST(what_is_never_answered_is_at_least_as_old_as_the_deadline)
{
    struct load_record record;
    struct fault_record server;

    load_run_once(&(struct fault_server_options){.fault = FAULT_SILENT, .every = 50},
                  &(struct loader_options){.deadline_ns = 500 * MS},
                  &(struct planned_step){.rate = 500, .measure_ns = 2000 * MS}, &record, &server);
    assert_int_equal(record.tally.offered, 1000);
    assert_true(record.censored >= 20);
    assert_int_equal(record.tally.failures[FAILURE_UNANSWERED], 20);
    assert_int_equal(server.faults, 20);
    assert_true(quantile(&record, 0.99) >= 0.5);
    assert_true(quantile(&record, 0.9) < 0.25);
    load_record_release(&record);
    fault_record_release(&server);
}

/* One worker, exponential service of mean S: response times are exponential, too, with the mean S / (1 - rho). */
static bool queue_is_seen(double s, uint64_t rate)
{
    double mean = s / (1 - s * (double)rate);
    struct load_record record;

    load_run_once(&(struct fault_server_options){.fault = FAULT_QUEUE, .time_ns = (uint64_t)(s * 1e9)},
                  &(struct loader_options){0},
                  &(struct planned_step){.rate = rate,
                                         .arrivals = ARRIVALS_POISSON,
                                         .seed = 3,
                                         .warmup_ns = 200 * MS,
                                         .measure_ns = 4000 * MS},
                  &record, NULL);
    assert_int_equal(record.tally.good, record.tally.offered);
    bool seen = near("mean", histogram_mean(&record.response) / 1e9, mean, 0.4) &&
                near("p50", quantile(&record, 0.5), log(2) * mean, 0.4) &&
                near("p90", quantile(&record, 0.9), log(10) * mean, 0.4) &&
                /* Little's law, of what is on the wire: rate times mean. */
                near("in flight", record.mean_in_flight,
                     (double)record.tally.sent / 4 * histogram_mean(&record.service) / 1e9, 0.1);
    load_record_release(&record);
    return seen;
}

TEST(a_queue_before_one_worker_takes_what_theory_says)
{
    bool seen = false;
    for (int i = 0; i < ATTEMPTS && !seen; i++) {
        seen = queue_is_seen(0.002, 250);
    }
    assert_true(seen);
}

/* Variance over mean of what arrived per 10 ms, first and last slot left out. */
static double received_dispersion(enum arrivals arrivals, uint64_t seed)
{
    struct load_record record;
    struct fault_record server;
    double counts[100] = {0}, sum = 0, squares = 0;

    load_run_once(&(struct fault_server_options){.fault = FAULT_NONE}, &(struct loader_options){.spin = true},
                  &(struct planned_step){.rate = 1000,
                                         .arrivals = arrivals,
                                         .seed = arrivals == ARRIVALS_POISSON ? seed : 0,
                                         .measure_ns = 1020 * MS},
                  &record, &server);
    for (size_t i = 0; i < server.requests; i++) {
        uint64_t slot = (server.arrivals[i] - server.arrivals[0]) / (10 * MS);
        if (slot >= 1 && slot <= 100) {
            counts[slot - 1]++;
        }
    }
    for (int i = 0; i < 100; i++) {
        sum += counts[i];
        squares += counts[i] * counts[i];
    }
    load_record_release(&record);
    fault_record_release(&server);
    return (squares / 100 - sum / 100 * sum / 100) / (sum / 100);
}

TEST(traffic_arrives_as_it_was_scheduled)
{
    bool poisson = false, even = false;

    for (uint64_t seed = 1; seed <= ATTEMPTS && !poisson; seed++) {
        double dispersion = received_dispersion(ARRIVALS_POISSON, seed);
        poisson = dispersion > 0.5 && dispersion < 2;
    }
    for (int i = 0; i < ATTEMPTS && !even; i++) {
        even = received_dispersion(ARRIVALS_EVEN, 0) < 0.5;
    }
    assert_true(poisson);
    assert_true(even);
}

/* --- the generator's own fault ----------------------------------------------------------------------------------- */

static int first_core(void)
{
    cpu_set_t cores;
    int core = 0;

    assert_int_equal(sched_getaffinity(0, sizeof cores, &cores), 0);
    while (!CPU_ISSET(core, &cores)) {
        core++;
    }
    return core;
}

static void run_on(int core)
{
    cpu_set_t cores;

    CPU_ZERO(&cores);
    CPU_SET(core, &cores);
    sched_setaffinity(0, sizeof cores, &cores);
}

/* A thread that needs less than its fair share of a core gets it when it asks, however many spinners there are. With
 * niceness 10 its share beside eight of them is about 1 % of the core, less than any generator needs; with 19 it is a
 * fifth of that, and its first turn comes after a second. */
struct starvation {
    int core, niceness;
    uint64_t until_ns; /* of clock_now_ns(): the spinners' end */
};

/* `context` is a starvation. */
static void run_starved(void *context, unsigned thread)
{
    const struct starvation *starvation = context;

    (void)thread;
    run_on(starvation->core);
    setpriority(PRIO_PROCESS, (id_t)gettid(), starvation->niceness);
}

static void spin(void *context)
{
    const struct starvation *starvation = context;

    run_on(starvation->core);
    while (clock_now_ns() < starvation->until_ns) {
    }
}

enum { SPINNERS = 8 };

/* What is judged of a step whose generator shares its core with spinners until shortly behind the measured time. */
static struct step_verdict verdict_when_starved(int niceness, uint64_t measure_ns)
{
    static const struct limits limits = {.percentile = 0.99, .latency_ns = 5 * MS, .error_share = 0.001};
    struct starvation starvation = {.core = first_core(), .niceness = niceness};
    uv_thread_t spinners[SPINNERS];
    struct step_record step = {0};
    struct step_verdict verdict;
    struct load_run run;

    load_run_start(&run, &(struct fault_server_options){.fault = FAULT_NONE},
                   &(struct loader_options){.spin = true, .on_thread = run_starved, .context = &starvation}, NULL);
    starvation.until_ns = clock_now_ns() + measure_ns + 200 * MS;
    for (int i = 0; i < SPINNERS; i++) {
        assert_int_equal(uv_thread_create(&spinners[i], spin, &starvation), 0);
    }
    load_run_step(&run, &(struct planned_step){.rate = 5000, .seed = 1, .measure_ns = measure_ns, .interval_count = 20},
                  &step.load);
    for (int i = 0; i < SPINNERS; i++) {
        uv_thread_join(&spinners[i]);
    }
    load_run_end(&run, NULL);
    verdict_judge(&step, &(struct host_usage){0}, &(struct verdict_terms){.limits = &limits}, &verdict);
    print_message("without a core for %.2f of the time\n", step.load.starved_thread);
    load_record_release(&step.load);
    return verdict;
}

TEST(spinners_on_the_core_of_the_generator_make_its_step_invalid)
{
    struct step_verdict verdict = verdict_when_starved(10, 1500 * MS);

    assert_int_equal(verdict.verdict, VERDICT_INVALID);
    assert_true(verdict.invalid[INVALID_STARVED]);
}

TEST(a_generator_that_gets_its_first_core_behind_the_measured_time_makes_its_step_invalid)
{
    struct step_verdict verdict = verdict_when_starved(19, 100 * MS);

    assert_int_equal(verdict.verdict, VERDICT_INVALID);
    assert_true(verdict.invalid[INVALID_STARVED]);
}
