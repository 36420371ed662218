#include "host/machine/advice.h"

#include "test.h"

#include <stdbool.h>
#include <string.h>

/* A machine with nothing wrong; each test makes one thing wrong. */
static struct facts good_machine(void)
{
    return (struct facts){
        .machine = {.virtualization = "none",
                    .governor = "performance",
                    .clocksource = "tsc",
                    .cores = 8,
                    .file_descriptor_limit = 1048576,
                    .somaxconn = 4096,
                    .turbo_known = true,
                    .load1 = 0.2},
        .file_descriptor_hard_limit = 1048576,
        .port_first = 32768,
        .port_last = 60999,
        .turbo_off = "echo 1 > no_turbo",
    };
}

static void check_only(const struct facts *facts, enum advice_severity severity, const char *word, const char *command)
{
    struct advice_list list;

    advice_make(&list, facts);
    assert_int_equal(list.count, 1);
    assert_int_equal(list.items[0].severity, severity);
    if (strstr(list.items[0].text, word) == NULL) {
        fail_msg("\"%s\" does not say \"%s\"", list.items[0].text, word);
    }
    if (command == NULL) {
        assert_null(list.items[0].command);
    } else {
        assert_non_null(list.items[0].command);
        assert_non_null(strstr(list.items[0].command, command));
    }
    advice_release(&list);
}

static void check_nothing(const struct facts *facts)
{
    struct advice_list list;

    advice_make(&list, facts);
    if (list.count > 0) {
        fail_msg("%s", list.items[0].text);
    }
    advice_release(&list);
}

TEST(a_hidden_proc_is_told_with_what_cannot_be_checked)
{
    struct facts facts = good_machine();

    facts.machine.counters_hidden = true;
    check_only(&facts, ADVICE_WARNING, "foreign work on the cores, retransmits", NULL);
    facts.machine.counters_hidden = false;
    facts.machine.processes_hidden = true;
    check_only(&facts, ADVICE_WARNING, "hides the processes of other users", "hidepid=0");
}

TEST(a_good_machine_needs_no_advice)
{
    struct facts facts = good_machine();
    check_nothing(&facts);
}

TEST(what_is_not_known_is_not_held_against_the_machine)
{
    struct facts facts = {.machine = {.virtualization = "unknown", .governor = "unknown", .clocksource = "unknown"}};
    check_nothing(&facts);
}

TEST(each_clock_that_is_wrong_is_named_with_its_command)
{
    struct facts facts = good_machine();

    facts.machine.governor = "powersave";
    check_only(&facts, ADVICE_WARNING, "powersave", "scaling_governor");
    facts = good_machine();
    facts.machine.clocksource = "hpet";
    check_only(&facts, ADVICE_WARNING, "hpet", NULL);
    facts.clocksources = "tsc hpet";
    check_only(&facts, ADVICE_WARNING, "hpet", "echo tsc | sudo tee");
    facts = good_machine();
    facts.machine.turbo = true;
    check_only(&facts, ADVICE_NOTE, "boost", "no_turbo");
    facts.machine.turbo_known = false;
    check_nothing(&facts);
}

TEST(each_limit_that_is_low_is_named_with_its_command)
{
    struct facts facts = good_machine();

    facts.machine.file_descriptor_limit = 1024;
    check_only(&facts, ADVICE_WARNING, "1024 files", "ulimit -n 65536");
    facts.file_descriptor_hard_limit = 4096;
    check_only(&facts, ADVICE_WARNING, "1024 files", "sudo prlimit");
    facts = good_machine();
    facts.machine.somaxconn = 128;
    check_only(&facts, ADVICE_WARNING, "128", "net.core.somaxconn=4096");
    facts = good_machine();
    facts.port_first = 60000;
    check_only(&facts, ADVICE_WARNING, "1000 ports", "ip_local_port_range");
}

TEST(ports_that_are_still_held_and_memory_that_is_rationed_are_told)
{
    struct facts facts = good_machine();

    facts.machine.ports = 28232;
    facts.ports_waiting = 7000;
    check_nothing(&facts);
    facts.ports_waiting = 8000;
    check_only(&facts, ADVICE_WARNING, "8000 of 28232 ports", "sleep");
    facts = good_machine();
    facts.machine.memory_bytes = UINT64_C(8) << 30;
    facts.machine.group_memory_limit_bytes = UINT64_C(2) << 30;
    check_only(&facts, ADVICE_NOTE, "2.00 GiB", NULL);
    facts.machine.group_memory_limit_bytes = UINT64_C(16) << 30;
    check_nothing(&facts);
}

TEST(cores_that_are_few_rationed_or_taken_are_told)
{
    struct facts facts = good_machine();

    facts.machine.cores = 1;
    check_only(&facts, ADVICE_WARNING, "one core only", NULL);
    facts = good_machine();
    facts.machine.quota_cores = 1.5;
    check_only(&facts, ADVICE_WARNING, "1.50 cores", NULL);
    facts = good_machine();
    facts.machine.load1 = 1.75;
    check_only(&facts, ADVICE_WARNING, "1.75", "ps ");
    facts.machine.cores = 64; /* the same load is little there */
    check_nothing(&facts);
}

TEST(swap_and_neighbours_are_told)
{
    struct facts facts = good_machine();

    facts.machine.swap_used_bytes = 3 << 20;
    check_only(&facts, ADVICE_WARNING, "3.00 MiB", "swapoff");
    facts = good_machine();
    facts.machine.virtualization = "kvm";
    check_only(&facts, ADVICE_NOTE, "kvm", NULL);
    facts = good_machine();
    facts.machine.steal_share = 0.005;
    check_only(&facts, ADVICE_NOTE, "hypervisor", NULL);
    facts.machine.steal_share = 0.05;
    check_only(&facts, ADVICE_WARNING, "hypervisor", NULL);
}

TEST(pacing_of_what_services_send_is_told)
{
    struct facts facts = good_machine();

    facts.machine.congestion_control = "cubic";
    check_nothing(&facts);
    facts.machine.congestion_control = "bbr";
    check_only(&facts, ADVICE_NOTE, "bbr", "tcp_congestion_control=cubic");
}

TEST(warnings_come_before_notes)
{
    struct facts facts = good_machine();
    struct advice_list list;

    facts.machine.turbo = true;
    facts.machine.virtualization = "kvm";
    facts.machine.somaxconn = 128;
    facts.machine.governor = "powersave";
    advice_make(&list, &facts);
    assert_int_equal(list.count, 4);
    assert_int_equal(list.items[0].severity, ADVICE_WARNING);
    assert_non_null(strstr(list.items[0].text, "governor"));
    assert_int_equal(list.items[1].severity, ADVICE_WARNING);
    assert_int_equal(list.items[2].severity, ADVICE_NOTE);
    assert_non_null(strstr(list.items[2].text, "boost"));
    assert_int_equal(list.items[3].severity, ADVICE_NOTE);
    advice_release(&list);
    assert_int_equal(list.count, 0);
}
