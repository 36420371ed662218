#include "host/proc/process_tree.h"

#include "service_fixture.h"
#include "test.h"

#include <signal.h>
#include <sys/prctl.h>

/* A tree read as kernels of all ages and builds allow it, with many files kept open and with none. */
struct way {
    struct proc_abilities abilities;
    unsigned kept;
};

static const struct way ways[] = {
    {{.schedstat = true, .children = true, .counts_file_descriptors = true}, 512},
    {{.schedstat = true, .children = true}, 0},
    {{.children = true}, 3},
    {{.schedstat = true}, 512},
    {{.schedstat = false}, 0},
};

enum { WAYS = sizeof ways / sizeof ways[0] };

/* What this kernel cannot do is not asked of it. */
static struct proc_abilities possible(const struct proc_abilities *wanted)
{
    struct proc_abilities found = proc_abilities_find();

    found.schedstat = found.schedstat && wanted->schedstat;
    found.children = found.children && wanted->children;
    found.counts_file_descriptors = found.counts_file_descriptors && wanted->counts_file_descriptors;
    return found;
}

TEST(descendants_and_file_descriptors_are_the_same_every_way)
{
    struct service *service = start_service("brood", "3", NULL);

    wait_for_word(service, "ready");
    for (size_t i = 0; i < WAYS; i++) {
        struct proc_abilities abilities = possible(&ways[i].abilities);
        struct process_tree tree;
        struct proc_reader reader;
        struct sample sample = {0};
        unsigned before = open_file_descriptors();
        proc_reader_init(&reader, 65536, ways[i].kept);
        process_tree_init(&tree, service_pid(service), &abilities);
        process_tree_read(&tree, &reader, &sample);
        assert_int_equal(sample.processes, 7);
        assert_true(sample.threads >= 7);
        assert_int_equal(sample.file_descriptors, 7 * 3);
        assert_true(sample.rss_bytes > 0);
        assert_true(reader.kept <= ways[i].kept);
        process_tree_release(&tree, &reader);
        assert_int_equal(reader.kept, 0);
        proc_reader_release(&reader);
        assert_int_equal(open_file_descriptors(), before);
    }
    service_free(service);
}

TEST(a_busy_thread_is_seen_every_way)
{
    struct service *service = start_service("busy", "3", NULL);

    wait_for_word(service, "ready");
    for (size_t i = 0; i < WAYS; i++) {
        struct proc_abilities abilities = possible(&ways[i].abilities);
        struct process_tree tree;
        struct proc_reader reader;
        struct sample first = {0}, next = {0};
        uint64_t by_busiest = 0;
        proc_reader_init(&reader, 65536, ways[i].kept);
        process_tree_init(&tree, service_pid(service), &abilities);
        process_tree_read(&tree, &reader, &first);
        assert_int_equal(first.busiest_thread_cpu_ns, 0);
        for (int round = 0; round < PATIENCE_MS / 300 && next.cpu_ns < first.cpu_ns + 100 * CLOCK_MILLISECOND_NS;
             round++) {
            clock_sleep_ns(300 * CLOCK_MILLISECOND_NS);
            struct memory_reading memory;
            process_tree_memory(&tree, &reader, &memory); /* in between: it must not take from the next reading */
            next = (struct sample){0};
            process_tree_read(&tree, &reader, &next);
            assert_true(next.cpu_ns >= first.cpu_ns);
            by_busiest += next.busiest_thread_cpu_ns;
        }
        assert_true(next.cpu_ns >= first.cpu_ns + 100 * CLOCK_MILLISECOND_NS);
        assert_true(by_busiest >= 50 * CLOCK_MILLISECOND_NS);
        assert_int_equal(next.run_delay_ns > 0 || next.context_switches > 0, abilities.schedstat);
        process_tree_release(&tree, &reader);
        proc_reader_release(&reader);
    }
    service_free(service);
}

TEST(children_that_come_later_are_found)
{
    struct proc_abilities abilities = proc_abilities_find();
    struct process_tree tree;
    struct proc_reader reader;
    struct sample sample = {0};

    proc_reader_init(&reader, 65536, 64);
    process_tree_init(&tree, getpid(), &abilities);
    process_tree_read(&tree, &reader, &sample);
    uint64_t before = sample.processes, cpu_before = sample.cpu_ns;
    for (int i = 1; i <= 5; i++) { /* at each reading one more, with nothing else to tell that it is there */
        pid_t pid = fork();
        if (pid == 0) {
            prctl(PR_SET_PDEATHSIG, SIGKILL); /* should this test fail */
            pause();
            _exit(0);
        }
        sample = (struct sample){0};
        process_tree_read(&tree, &reader, &sample);
        assert_int_equal(sample.processes, before + 1);
        kill(pid, SIGKILL);
        waitpid(pid, NULL, 0);
        sample = (struct sample){0};
        process_tree_read(&tree, &reader, &sample);
        assert_int_equal(sample.processes, before);
        assert_true(sample.cpu_ns >= cpu_before);
        cpu_before = sample.cpu_ns;
    }
    process_tree_release(&tree, &reader);
    proc_reader_release(&reader);
}

TEST(threads_that_come_and_go_never_lower_a_counter)
{
    struct proc_abilities abilities = proc_abilities_find();
    struct service *service = start_service("churn", "8", NULL);
    struct process_tree tree;
    struct proc_reader reader;
    struct sample last = {0};

    proc_reader_init(&reader, 65536, 4);
    process_tree_init(&tree, service_pid(service), &abilities);
    for (int i = 0; i < 300; i++) {
        struct sample sample = {0};
        process_tree_read(&tree, &reader, &sample);
        assert_true(sample.cpu_ns >= last.cpu_ns);
        assert_true(sample.run_delay_ns >= last.run_delay_ns);
        assert_true(sample.context_switches >= last.context_switches);
        assert_true(reader.kept <= 4);
        last = sample;
        clock_sleep_ns(CLOCK_MILLISECOND_NS);
    }
    assert_true(last.cpu_ns > 0);
    process_tree_release(&tree, &reader);
    proc_reader_release(&reader);
    service_free(service);
}

int before_tests(int argc, char **argv)
{
    int status;

    if (child_role_played(argc, argv, &status)) {
        return status;
    }
    return RUN_TESTS;
}
