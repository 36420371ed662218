#include "host/sampler.h"

#include "sampler_fixture.h"
#include "test.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

TEST(a_reading_tells_its_moment_and_its_cost)
{
    struct sampler_fixture fixture = start_ready("calm", NULL);
    uint64_t before = clock_now_ns(), cpu_before = clock_thread_cpu_ns();
    struct sample sample = read_one(&fixture);

    assert_true(before <= sample.at_ns);
    assert_true(sample.at_ns <= clock_now_ns());
    assert_true(sample.cost_ns > 0);
    assert_true(sample.cost_ns <= clock_thread_cpu_ns() - cpu_before);
    assert_int_equal(sample.processes, 1);
    assert_true(sample.cpu_ns > 0);
    assert_true(sample.context_switches > 0);
    assert_true(sample.rss_bytes > sample.anonymous_bytes);
    assert_true(sample.busy_ns > 0);
    assert_true(sample.busy_ns >= sample.service_cores_busy_ns);
    assert_true(sample.service_cores_busy_ns >= sample.service_cores_kernel_ns);
    assert_true(sample.service_cores_steal_ns <= sample.steal_ns);
    assert_true(sample.pressure_cpu >= 0 || sample.pressure_cpu == -1);
    assert_true(sample.pressure_memory <= 100 && sample.pressure_io <= 100);
    end(&fixture);
}

TEST(the_busy_thread_among_idle_ones_is_seen)
{
    struct sampler_fixture fixture = start_ready("busy", "30");
    struct sample first = read_one(&fixture), last = first;

    assert_int_equal(first.busiest_thread_cpu_ns, 0); /* nothing stands before the first reading */
    assert_true(first.threads >= 32);
    for (int i = 0; i < PATIENCE_MS / 100 && last.cpu_ns - first.cpu_ns < 200 * CLOCK_MILLISECOND_NS; i++) {
        clock_sleep_ns(100 * CLOCK_MILLISECOND_NS);
        struct sample next = read_one(&fixture);
        assert_true(next.cpu_ns >= last.cpu_ns);
        assert_true(next.run_delay_ns >= last.run_delay_ns);
        assert_true(next.busiest_thread_cpu_ns <= next.cpu_ns - last.cpu_ns + 20 * CLOCK_MILLISECOND_NS);
        last = next;
    }
    uint64_t used = last.cpu_ns - first.cpu_ns, before = clock_now_ns();
    assert_true(used >= 200 * CLOCK_MILLISECOND_NS);
    assert_true(used <=
                before - first.at_ns + 20 * CLOCK_MILLISECOND_NS); /* one thread, so never more than time passed */
    /* A kernel tick is the grain of these counters. */
    assert_true(last.busiest_thread_cpu_ns > 0);
    assert_true(last.busy_ns >= first.busy_ns);
    end(&fixture);
}

TEST(the_busiest_thread_uses_most_of_what_a_one_thread_service_uses)
{
    struct sampler_fixture fixture = start_ready("busy", "3");
    struct sample first = read_one(&fixture);
    uint64_t used = 0, by_busiest = 0;

    /* Whoever reads may be kept from its core between the process and its threads: many readings, of which only the
     * ends can differ. */
    for (int i = 0; i < PATIENCE_MS / 100 && used < 500 * CLOCK_MILLISECOND_NS; i++) {
        clock_sleep_ns(100 * CLOCK_MILLISECOND_NS);
        struct sample next = read_one(&fixture);
        used = next.cpu_ns - first.cpu_ns;
        by_busiest += next.busiest_thread_cpu_ns;
    }
    assert_true(used >= 500 * CLOCK_MILLISECOND_NS);
    assert_true(by_busiest > used / 2);
    end(&fixture);
}

TEST(descendants_are_summed_as_they_come)
{
    struct sampler_fixture alone = start_ready("calm", NULL);
    struct sampler_fixture fixture = start("brood", "3"); /* read while it is still forking */
    struct sample sample = read_one(&fixture);

    assert_true(sample.processes >= 1);
    wait_for_word(fixture.service, "ready");
    sample = read_one(&fixture);
    assert_int_equal(sample.processes, 7);
    assert_true(sample.threads >= 7);
    struct sample single = read_one(&alone);
    assert_true(sample.rss_bytes > single.rss_bytes);
    assert_true(sample.file_descriptors >= 7 * 3);
    struct memory_reading memory;
    sampler_memory(fixture.sampler, &memory);
    assert_true(memory.pss_bytes > 0);
    assert_true(memory.pss_bytes < memory.rss_bytes); /* forked: they share their pages */
    end(&fixture);
    end(&alone);
}

TEST(what_ended_descendants_used_stays_counted)
{
    struct sampler_fixture fixture = start_ready("family", "3");
    struct sample before = read_one(&fixture), after;

    assert_int_equal(before.processes, 7);
    kill(-service_pid(fixture.service), SIGKILL);
    assert_true(wait_for_end(fixture.service, 20 * CLOCK_SECOND_NS));
    for (int i = 0; i < PATIENCE_MS; i++) {
        after = read_one(&fixture);
        assert_true(after.cpu_ns >= before.cpu_ns);
        assert_true(after.context_switches >= before.context_switches);
        assert_true(after.run_delay_ns >= before.run_delay_ns);
        if (after.processes == 0 && after.file_descriptors == 0) { /* memory goes first, files after */
            break;
        }
        clock_sleep_ns(CLOCK_MILLISECOND_NS);
    }
    assert_int_equal(after.processes, 0);
    assert_int_equal(after.threads, 0);
    assert_int_equal(after.rss_bytes, 0);
    assert_int_equal(after.file_descriptors, 0);
    end(&fixture);
}

TEST(a_process_that_was_never_there_is_an_empty_reading)
{
    struct core_set cores = {{0}};
    struct sampler *sampler = sampler_new(0x3ffffff, 1, &cores);
    struct memory_reading memory;
    struct sample sample;

    sampler_read(sampler, &sample);
    assert_int_equal(sample.processes, 0);
    assert_int_equal(sample.cpu_ns, 0);
    assert_int_equal(sample.accept_queue, 0);
    assert_true(sample.busy_ns > 0);
    assert_int_equal(sample.service_cores_busy_ns, 0);
    sampler_memory(sampler, &memory);
    assert_int_equal(memory.rss_bytes, 0);
    assert_int_equal(sampler_reset_peak(sampler), 0);
    sampler_free(sampler);
    sampler_free(NULL);
}

TEST(a_name_made_to_confuse_is_no_trouble)
{
    struct sampler_fixture fixture = start_ready("busy", "1"); /* it calls itself ") R 1 (x y" */
    struct sample sample = read_one(&fixture);

    assert_int_equal(sample.processes, 1);
    assert_true(sample.threads >= 3);
    end(&fixture);
}

TEST(hundreds_of_threads_are_counted_with_few_open_files)
{
    struct sampler_fixture fixture = start_ready("threads", "400");
    struct sample sample = read_one(&fixture);

    assert_true(sample.threads >= 401);
    sample = read_one(&fixture);
    assert_true(sample.threads >= 401);
    assert_true(open_file_descriptors() < 600);
    end(&fixture);
}

TEST(a_service_whose_first_thread_has_ended_still_has_memory)
{
    struct sampler_fixture fixture = start_ready("headless", "2");
    struct sample sample = {0};

    for (int i = 0; i < 200; i++) { /* the first thread ends somewhere in here */
        sample = read_one(&fixture);
        assert_int_equal(sample.processes, 1);
        assert_true(sample.rss_bytes > 0);
        assert_true(sample.file_descriptors >= 3);
        clock_sleep_ns(CLOCK_MILLISECOND_NS);
    }
    struct memory_reading memory;
    sampler_memory(fixture.sampler, &memory);
    assert_true(memory.rss_bytes > 0);
    assert_true(memory.peak_bytes >= memory.rss_bytes);
    end(&fixture);
}

TEST(file_descriptors_are_counted)
{
    struct sampler_fixture few = start_ready("files", "0"), many = start_ready("files", "500");
    struct sample one = read_one(&few), other = read_one(&many);

    assert_int_equal(other.file_descriptors - one.file_descriptors, 500);
    assert_true(one.file_descriptors >= 3);
    struct rlimit limit;
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &limit), 0);
    assert_int_equal(other.file_descriptors_most, other.file_descriptors);
    assert_int_equal(other.file_descriptor_limit, limit.rlim_cur);
    end(&few);
    end(&many);
}

TEST(an_accept_queue_that_is_full_counts_as_overflow)
{
    struct sampler_fixture fixture = start_ready("deaf", "1"); /* its backlog is 64 */
    struct sample before = read_one(&fixture), after = before;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fds[80];

    address.sin_port = htons(fixture.port);
    for (int i = 0; i < 80; i++) {
        fds[i] = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
        assert_true(connect(fds[i], (struct sockaddr *)&address, sizeof address) == 0 || errno == EINPROGRESS);
    }
    for (int i = 0; i < PATIENCE_MS && after.listen_overflows == before.listen_overflows; i++) {
        clock_sleep_ns(CLOCK_MILLISECOND_NS);
        after = read_one(&fixture);
    }
    assert_true(after.listen_overflows > before.listen_overflows);
    assert_true(after.retransmits >= before.retransmits);
    assert_int_equal(after.accept_queue, 65); /* the backlog and one */
    for (int i = 0; i < 80; i++) {
        close(fds[i]);
    }
    end(&fixture);
}

TEST(a_sampler_leaves_no_file_descriptor_open)
{
    struct sampler_fixture fixture = start_ready("family", "2");
    unsigned before = open_file_descriptors();

    for (int i = 0; i < 3; i++) {
        struct sampler *sampler = sampler_new(service_pid(fixture.service), fixture.port, &fixture.cores);
        struct sample sample;
        sampler_read(sampler, &sample);
        sampler_free(sampler);
    }
    assert_int_equal(open_file_descriptors(), before);
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
