#include "host/proc/proc_text.h"

#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define AFTER_NAME " S 12 34 34 0 -1 4194304 99 0 0 0 70 5 1 2 20 0 1 0 117829 3133440 391 0\n"

TEST(a_name_may_hold_blanks_parentheses_and_newlines)
{
    static const char *const names[] = {"(node)", "(a b)", "())",         "(()",       "(x) R 1 2 3)",
                                        "()",     "(\n)",  "((a) Z 9 ()", "(tmux: x)", NULL};

    for (size_t i = 0; names[i] != NULL; i++) {
        char line[256];
        struct proc_stat stat;
        snprintf(line, sizeof line, "77 %s%s", names[i], AFTER_NAME);
        assert_int_equal(proc_text_stat(line, &stat), 0);
        assert_int_equal(stat.state, 'S');
        assert_int_equal(stat.parent, 12);
        assert_int_equal(stat.group, 34);
        assert_int_equal(stat.cpu_ticks, 75);
        assert_int_equal(stat.waited_ticks, 3);
        assert_int_equal(stat.start_ticks, 117829);
        assert_int_equal(stat.block_wait_ticks, 0); /* the text ends before it */
    }
}

TEST(a_stat_cut_short_is_refused)
{
    const char whole[] = "77 (a b)" AFTER_NAME;
    struct proc_stat stat = {.parent = 5};

    for (size_t length = 0; length < strlen("77 (a b) S 12 34 34 0 -1 4194304 99 0 0 0 70 5 1 2") - 1; length++) {
        char cut[sizeof whole];
        memcpy(cut, whole, length);
        cut[length] = '\0';
        assert_int_equal(proc_text_stat(cut, &stat), -1);
        assert_int_equal(stat.parent, 5);
    }
}

/* As a kernel of today wrote it, of a service that was stopped. */
TEST(a_whole_stat_is_read_to_its_last_wanted_field)
{
    const char text[] = "23 (sh) T 20 23 23 34816 23 4194304 861 12345 7 9 110 50 4000 321 20 0 1 0 4711 2621440 391 "
                        "18446744073709551615 94046 94130 140722 0 0 0 0 0 65538 1 0 0 17 1 0 0 13 0 0 94146 94151 "
                        "94180 140722 140722 140722 140722 0\n";
    struct proc_stat stat;

    assert_int_equal(proc_text_stat(text, &stat), 0);
    assert_int_equal(stat.state, 'T');
    assert_int_equal(stat.parent, 20);
    assert_int_equal(stat.group, 23);
    assert_int_equal(stat.major_faults, 7);
    assert_int_equal(stat.cpu_ticks, 160);
    assert_int_equal(stat.waited_ticks, 4321);
    assert_int_equal(stat.start_ticks, 4711);
    assert_int_equal(stat.block_wait_ticks, 13);
}

TEST(schedstat_and_statm_are_numbers_only)
{
    struct proc_schedstat schedstat = {0};
    struct proc_statm statm = {0};

    assert_int_equal(proc_text_schedstat("546660 63524 7\n", &schedstat), 0);
    assert_int_equal(schedstat.cpu_ns, 546660);
    assert_int_equal(schedstat.run_delay_ns, 63524);
    assert_int_equal(schedstat.switches, 7);
    assert_int_equal(proc_text_schedstat("1 2", &schedstat), -1);
    assert_int_equal(proc_text_schedstat("1 -2 3", &schedstat), -1);
    assert_int_equal(proc_text_schedstat("", &schedstat), -1);
    assert_int_equal(proc_text_schedstat("1 2\n3", &schedstat), -1);
    assert_int_equal(schedstat.cpu_ns, 546660);
    assert_int_equal(proc_text_statm("732 444 415 6 0 90 0\n", &statm), 0);
    assert_int_equal(statm.size_pages, 732);
    assert_int_equal(statm.rss_pages, 444);
    assert_int_equal(statm.shared_pages, 415);
}

TEST(a_size_is_found_by_its_key_at_the_start_of_a_line)
{
    const char text[] = "Name:\tRss: 9 kB\nSwapPss:\t1 kB\nRss:    1760 kB\nPss_Anon: 3 kB\nPss: none\n";
    uint64_t bytes = 1;

    assert_int_equal(proc_text_bytes(text, "Rss:", &bytes), 0);
    assert_int_equal(bytes, 1760 * 1024);
    assert_int_equal(proc_text_bytes(text, "Pss:", &bytes), -1);
    assert_int_equal(proc_text_bytes(text, "VmHWM:", &bytes), -1);
    assert_int_equal(proc_text_bytes("", "Rss:", &bytes), -1);
    assert_int_equal(bytes, 1760 * 1024);
}

TEST(a_column_is_found_by_its_whole_name)
{
    const char text[] = "IpExt: A B\nIpExt: 1 2\n"
                        "TcpExt: ListenOverflowsX XListenOverflows ListenOverflows ListenDrops\nTcpExt: 1 2 3 4\n"
                        "MPTcpExt: ListenOverflows\nMPTcpExt: 9\n";
    uint64_t value = 0;

    assert_int_equal(proc_text_column(text, "TcpExt:", "ListenOverflows", &value), 0);
    assert_int_equal(value, 3);
    assert_int_equal(proc_text_column(text, "TcpExt:", "ListenDrops", &value), 0);
    assert_int_equal(value, 4);
    assert_int_equal(proc_text_column(text, "TcpExt:", "Nothing", &value), -1);
    assert_int_equal(proc_text_column(text, "UdpLite:", "ListenDrops", &value), -1);
    assert_int_equal(value, 4);
}

TEST(a_column_without_its_value_is_refused)
{
    uint64_t value = 7;

    assert_int_equal(proc_text_column("Tcp: A B C\nTcp: 1 2\n", "Tcp:", "C", &value), -1);
    assert_int_equal(proc_text_column("Tcp: A B C\nTcp: 1 2 -1\n", "Tcp:", "C", &value), -1);
    assert_int_equal(proc_text_column("Tcp: A B C\n", "Tcp:", "C", &value), -1);
    assert_int_equal(proc_text_column("Tcp: A B C", "Tcp:", "C", &value), -1);
    assert_int_equal(proc_text_column("Tcp: A\nUdp: 1\n", "Tcp:", "A", &value), -1);
    assert_int_equal(value, 7);
}

TEST(busy_leaves_out_idle_waiting_and_stolen_time)
{
    struct proc_core_times times;

    assert_int_equal(proc_text_core_times("cpu  1 2 4 8 16 32 64 128 256 512\n", &times), 0);
    assert_int_equal(times.busy_ticks, 1 + 2 + 4 + 32 + 64);
    assert_int_equal(times.idle_ticks, 8 + 16);
    assert_int_equal(times.steal_ticks, 128);
    assert_int_equal(times.kernel_ticks, 32 + 64);
    assert_int_equal(proc_text_core_times("cpu13 1 0 0 0 0 0 0 0\n", &times), 0);
    assert_int_equal(times.busy_ticks, 1);
    assert_int_equal(proc_text_core_times("cpu0 1 2 3\n", &times), -1);
    assert_int_equal(proc_text_core_times("intr 1 2 3 4 5 6 7 8 9\n", &times), -1);
}

TEST(the_last_pid_is_the_fifth_field)
{
    uint64_t pid = 7;

    assert_int_equal(proc_text_last_pid("0.20 0.18 0.12 1/80 11206\n", &pid), 0);
    assert_int_equal(pid, 11206);
    assert_int_equal(proc_text_last_pid("0.20 0.18 0.12 1/80\n", &pid), -1);
    assert_int_equal(proc_text_last_pid("", &pid), -1);
    assert_int_equal(pid, 11206);
}

TEST(pressure_is_a_percentage)
{
    double percent = 0;

    assert_int_equal(proc_text_pressure("some avg10=12.34 avg60=1.00 avg300=0.00 total=5\nfull avg10=0.00\n", &percent),
                     0);
    assert_true(percent > 12.339 && percent < 12.341);
    assert_int_equal(proc_text_pressure("some avg10=0.05 ", &percent), 0);
    assert_true(percent > 0.049 && percent < 0.051);
    assert_int_equal(proc_text_pressure("full avg10=1.00\n", &percent), -1);
    assert_int_equal(proc_text_pressure("some avg10=\n", &percent), -1);
    assert_true(percent > 0.049 && percent < 0.051);
}

TEST(a_number_is_found_by_its_key)
{
    const char text[] = "nr_throttled 3\nthrottled_usec 17\noom_killer 4\noom_kill 5\n";
    uint64_t number = 1;

    assert_int_equal(proc_text_number(text, "throttled_usec ", &number), 0);
    assert_int_equal(number, 17);
    assert_int_equal(proc_text_number(text, "oom_kill ", &number), 0);
    assert_int_equal(number, 5);
    assert_int_equal(proc_text_number(text, "pswpin ", &number), -1);
    assert_int_equal(proc_text_number("max\n", "", &number), -1);
    assert_int_equal(number, 5);
}

TEST(the_limit_of_open_files_is_the_soft_one)
{
    const char head[] = "Limit                     Soft Limit           Hard Limit           Units     \n";
    char text[400];
    uint64_t limit = 1;

    snprintf(text, sizeof text, "%sMax open files            1024                 524288               files     \n",
             head);
    assert_int_equal(proc_text_file_descriptor_limit(text, &limit), 0);
    assert_int_equal(limit, 1024);
    snprintf(text, sizeof text, "%sMax open files            unlimited            unlimited            files     \n",
             head);
    assert_int_equal(proc_text_file_descriptor_limit(text, &limit), 0);
    assert_true(limit == UINT64_MAX);
    assert_int_equal(proc_text_file_descriptor_limit(head, &limit), -1);
}
