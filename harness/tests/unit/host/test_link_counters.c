#include "host/machine/link_counters.h"

#include "host/machine/machine_counters.h"
#include "test.h"

#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *const dev =
    "Inter-|   Receive                                                |  Transmit\n"
    " face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier\n"
    "    lo: 900000     500    0    0    0     0          0         0   900000     500    0    0    0     0       0 0\n"
    "  eth0: 1000       20     0    3    0     0          0         0   70000      60    0    0    0     0       0 0\n"
    "docker0: 400        4     0    0    0     0          0         0   300         3    0    0    0     0       0 0\n"
    "enp3s0f1:4294967297 4     0    0    0     0          0         0   5           1    0    0    0     0       0 0\n";

static char root[] = "/tmp/twofold-links-XXXXXX";

static void put(const char *file, const char *text)
{
    char path[256];

    snprintf(path, sizeof path, "%s/%s", root, file);
    for (char *at = path + 1; (at = strchr(at, '/')) != NULL; at++) {
        *at = '\0';
        mkdir(path, 0700);
        *at = '/';
    }
    FILE *out = fopen(path, "w");
    assert_non_null(out);
    fputs(text, out);
    fclose(out);
}

static struct sample read_with(const struct link_counters *links)
{
    struct sample sample = {0};

    link_counters_read(links, dev, &sample);
    return sample;
}

TEST(without_hardware_all_interfaces_but_loopback_count)
{
    struct link_counters links;

    link_counters_find(&links, "/nowhere");
    struct sample sample = read_with(&links);
    assert_int_equal(sample.link_received_bytes, 4294967297 + 1000 + 400);
    assert_int_equal(sample.link_sent_bytes, 70000 + 300 + 5);
    assert_int_equal(sample.link_bytes_per_s, 0);
    link_counters_release(&links);
}

TEST(what_a_bridge_carries_does_not_count_beside_the_hardware_below_it)
{
    struct link_counters links;

    assert_non_null(mkdtemp(root));
    put("sys/class/net/lo/speed", "");
    put("sys/class/net/docker0/speed", "10000\n"); /* made up: there is no device */
    put("sys/class/net/eth0/speed", "100\n");
    put("sys/class/net/eth0/device/vendor", "0x1af4\n");
    link_counters_find(&links, root);
    struct sample sample = read_with(&links);
    assert_int_equal(sample.link_received_bytes, 1000);
    assert_int_equal(sample.link_sent_bytes, 70000);
    assert_int_equal(sample.link_bytes_per_s, 12500000);
    link_counters_release(&links);

    put("sys/class/net/enp3s0f1/device/vendor", "0x8086\n");
    put("sys/class/net/enp3s0f1/speed", "-1\n"); /* of two the rate of one is not known: that of both is not */
    link_counters_find(&links, root);
    sample = read_with(&links);
    assert_int_equal(sample.link_sent_bytes, 70005);
    assert_int_equal(sample.link_bytes_per_s, 0);
    link_counters_release(&links);
    char remove[300];
    snprintf(remove, sizeof remove, "rm -rf %s", root);
    assert_int_equal(system(remove), 0);
}

/* A new network namespace has sent nothing; this machine has. */
TEST(the_network_that_is_read_is_that_of_the_service)
{
    struct machine_counters counters;
    struct proc_reader reader;
    struct core_set cores = {0};
    struct sample own = {0}, its = {0}, again = {0};
    int ready[2];
    char byte;

    assert_int_equal(pipe(ready), 0);
    pid_t child = fork();
    if (child == 0) {
        byte = unshare(CLONE_NEWNET) == 0 ? 'y' : 'n';
        if (write(ready[1], &byte, 1) == 1) {
            pause();
        }
        _exit(0);
    }
    assert_int_equal(read(ready[0], &byte, 1), 1);
    if (byte == 'n') {
        print_message("no network namespace may be made here\n");
        goto done;
    }
    proc_reader_init(&reader, machine_counters_buffer(), 16);
    machine_counters_init(&counters);
    link_counters_release(&counters.links); /* all interfaces */
    machine_counters_read(&counters, &reader, &cores, &own);
    machine_counters_follow(&counters, &reader, child);
    machine_counters_read(&counters, &reader, &cores, &its);
    assert_int_equal(its.link_sent_bytes + its.link_received_bytes, 0);
    assert_int_equal(its.retransmits, 0);
    assert_true(its.busy_ns >= own.busy_ns); /* the rest is the machine's */
    machine_counters_follow(&counters, &reader, getpid());
    machine_counters_read(&counters, &reader, &cores, &again);
    assert_true(again.link_sent_bytes >= own.link_sent_bytes);
    assert_true(again.retransmits >= own.retransmits);
    assert_int_equal(counters.network_of, 0);
    machine_counters_release(&counters, &reader);
    proc_reader_release(&reader);
done:
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    close(ready[0]);
    close(ready[1]);
}
