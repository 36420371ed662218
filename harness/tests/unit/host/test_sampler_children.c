/* The CPU time of children that end, read from real processes that fork and wait. All by counts of the kernel: no test
 * looks at how long anything took. */
#include "sampler_fixture.h"

#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Clock ticks, in which the kernel shows what parents were charged: two for each process that waits. */
#define ROUNDING (20 * CLOCK_MILLISECOND_NS)

static uint64_t spent(struct service *service)
{
    char *output = service_output(service);
    const char *told = strstr(output, "spent=");
    uint64_t ns = told != NULL ? strtoull(told + strlen("spent="), NULL, 10) : 0;

    free(output);
    return ns;
}

/* The service works while it is read; what it says that it has used, and the last reading. */
struct told {
    uint64_t spent_ns;
    struct sample last;
    uint64_t most_processes;
};

static struct told read_while_it_works(const char *role, const char *number, uint64_t every_ns)
{
    struct sampler_fixture fixture = start_ready(role, number);
    struct told told = {0};
    uint64_t last_ns = 0;

    read_one(&fixture);
    kill(service_pid(fixture.service), SIGUSR1);
    for (int i = 0; i < PATIENCE_MS && told.spent_ns == 0; i++) {
        clock_sleep_ns(every_ns);
        told.spent_ns = spent(fixture.service);
        told.last = read_one(&fixture);
        assert_true(told.last.cpu_ns >= last_ns);
        last_ns = told.last.cpu_ns;
        told.most_processes = told.last.processes > told.most_processes ? told.last.processes : told.most_processes;
    }
    assert_true(told.spent_ns > 0);
    print_message("%s: spent %.3f s, seen %.3f s\n", role, (double)told.spent_ns / 1e9, (double)told.last.cpu_ns / 1e9);
    end(&fixture);
    return told;
}

/* What the service uses after it has told: to print, and to wait. */
static void check_seen(const struct told *told, double least, double most)
{
    assert_true((double)told->last.cpu_ns + ROUNDING >= least * (double)told->spent_ns);
    assert_true((double)told->last.cpu_ns <= most * (double)told->spent_ns + ROUNDING);
}

/* As a service that forks for each request: 150 errands, 4 ms each and more, in two generations. */
TEST(children_that_live_less_than_a_sample_are_seen)
{
    struct told told = read_while_it_works("errands", "150", 100 * CLOCK_MILLISECOND_NS);

    assert_true(told.spent_ns > 150 * 4 * CLOCK_MILLISECOND_NS);
    check_seen(&told, 0.95, 1.05);
}

/* Each is alive in several readings, and in the charge of its parent when it has ended. */
TEST(children_that_were_seen_and_waited_for_are_counted_once)
{
    struct told told = read_while_it_works("shifts", "5", 10 * CLOCK_MILLISECOND_NS);

    assert_true(told.most_processes > 1);
    check_seen(&told, 0.95, 1.05);
}

/* Nobody is charged for them, so what they used after they were last seen is lost: 10 ms of 40 each, and more on a
 * machine with other work. */
TEST(children_that_nobody_waits_for_are_counted_as_they_were_seen)
{
    struct told told = read_while_it_works("careless", "5", 5 * CLOCK_MILLISECOND_NS);

    assert_true(told.most_processes > 1);
    check_seen(&told, 0.3, 1.05);
}

TEST(what_a_daemon_of_the_service_uses_is_counted_to_it)
{
    struct sampler_fixture fixture = start_ready("stray", "2");

    sampler_adopt(fixture.sampler, service_mark(fixture.service));
    struct sample sample = read_one(&fixture);
    assert_int_equal(sample.processes, 2);
    uint64_t before_ns = sample.cpu_ns, rss = sample.rss_bytes;
    assert_true(rss > 0);
    for (int i = 0; i < PATIENCE_MS && sample.cpu_ns < before_ns + 50 * CLOCK_MILLISECOND_NS; i++) {
        clock_sleep_ns(CLOCK_MILLISECOND_NS);
        sample = read_one(&fixture);
    }
    assert_true(sample.cpu_ns >= before_ns + 50 * CLOCK_MILLISECOND_NS);
    end(&fixture);
}

TEST(a_stopped_process_of_the_service_is_seen)
{
    struct sampler_fixture fixture = start_ready("brood", "3");
    struct sample sample = read_one(&fixture);

    assert_int_equal(sample.stopped_processes, 0);
    kill(service_pid(fixture.service), SIGSTOP);
    for (int i = 0; i < PATIENCE_MS && sample.stopped_processes == 0; i++) {
        clock_sleep_ns(CLOCK_MILLISECOND_NS);
        sample = read_one(&fixture);
    }
    assert_int_equal(sample.stopped_processes, 1);
    assert_int_equal(sample.processes, 7);
    kill(service_pid(fixture.service), SIGCONT);
    for (int i = 0; i < PATIENCE_MS && sample.stopped_processes > 0; i++) {
        clock_sleep_ns(CLOCK_MILLISECOND_NS);
        sample = read_one(&fixture);
    }
    assert_int_equal(sample.stopped_processes, 0);
    end(&fixture);
}

/* As one that waits for a disk is. */
TEST(a_process_that_cannot_be_interrupted_is_seen)
{
    struct sampler_fixture fixture = start_ready("blocked", NULL);
    struct sample sample = read_one(&fixture);

    for (int i = 0; i < PATIENCE_MS && sample.blocked_processes == 0; i++) {
        clock_sleep_ns(CLOCK_MILLISECOND_NS);
        sample = read_one(&fixture);
    }
    assert_int_equal(sample.blocked_processes, 1);
    assert_int_equal(sample.stopped_processes, 0);
    end(&fixture);
}

/* One thread works, thirty sleep, once all of them have begun. */
TEST(only_threads_at_work_are_active)
{
    struct sampler_fixture fixture = start_ready("busy", "30");
    struct sample sample = read_one(&fixture);

    assert_int_equal(sample.active_threads, 0); /* nothing stands before the first reading */
    for (int i = 0; i < PATIENCE_MS / 20 && (sample.active_threads < 1 || sample.active_threads > 3); i++) {
        clock_sleep_ns(20 * CLOCK_MILLISECOND_NS);
        sample = read_one(&fixture);
    }
    assert_in_range(sample.active_threads, 1, 3);
    assert_true(sample.threads >= 32);
    end(&fixture);
}

int before_tests(int argc, char **argv)
{
    int status;

    if (child_role_played(argc, argv, &status)) {
        return status;
    }
    return RUN_TESTS;
}
