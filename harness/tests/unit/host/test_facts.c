#include "host/machine/facts.h"

#include "test.h"

#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#define CASES TESTS_FOLDER "/cases/facts/"

TEST(a_laptop_is_read_whole)
{
    struct facts facts;

    facts_read(&facts, CASES "laptop");
    const struct machine *machine = &facts.machine;
    assert_string_equal(machine->cpu, "Example Core 7 (TM) CPU @ 2.00GHz");
    assert_string_equal(machine->system, "Example GNU/Linux 12 (exemplar)");
    assert_string_equal(machine->virtualization, "none");
    assert_string_equal(machine->governor, "powersave");
    assert_string_equal(machine->clocksource, "hpet");
    assert_string_equal(facts.clocksources, "tsc hpet acpi_pm");
    assert_int_equal(machine->memory_bytes, UINT64_C(16000000) * 1024);
    assert_int_equal(machine->swap_bytes, UINT64_C(2000000) * 1024);
    assert_int_equal(facts.machine.swap_used_bytes, 1000 * 1024);
    assert_int_equal(machine->somaxconn, 128);
    assert_string_equal(machine->congestion_control, "bbr");
    assert_true(machine->turbo_known);
    assert_true(machine->turbo);
    assert_non_null(strstr(facts.turbo_off, "echo 1 |"));
    assert_true(machine->load1 == 1.75);
    assert_true(machine->steal_share > 0.00499 && machine->steal_share < 0.00501);
    assert_int_equal(facts.port_first, 50000);
    assert_int_equal(facts.port_last, 60000);
    assert_true(facts.machine.quota_cores == 0);
    facts_release(&facts);
}

TEST(an_arm_machine_in_the_cloud_is_read_whole)
{
    struct facts facts;

    facts_read(&facts, CASES "arm_cloud");
    assert_string_equal(facts.machine.cpu, "implementer 0x41 part 0xd0c");
    assert_string_equal(facts.machine.system, "Plain");
    assert_string_equal(facts.machine.virtualization, "amazon");
    assert_string_equal(facts.machine.governor, "unknown");
    assert_string_equal(facts.machine.clocksource, "arch_sys_counter");
    assert_true(facts.machine.turbo_known);
    assert_false(facts.machine.turbo);
    assert_int_equal(facts.machine.swap_bytes, 0);
    assert_int_equal(facts.machine.swap_used_bytes, 0);
    assert_true(facts.machine.steal_share == 0);
    facts_release(&facts);
}

TEST(a_hidden_proc_is_known_by_its_mount)
{
    struct facts facts;

    facts_read(&facts, CASES "hidden_counters");
    assert_true(facts.machine.counters_hidden);
    assert_false(facts.machine.processes_hidden); /* hidepid does not hold for this user */
    facts_release(&facts);
    facts_read(&facts, CASES "hidden_processes");
    assert_false(facts.machine.counters_hidden); /* a mount below hides the first one */
    assert_true(facts.machine.processes_hidden);
    facts_release(&facts);
    facts_read(&facts, CASES "laptop");
    assert_false(facts.machine.counters_hidden || facts.machine.processes_hidden);
    facts_release(&facts);
}

static void check_unknown(const char *root)
{
    struct facts facts;

    facts_read(&facts, root);
    assert_string_equal(facts.machine.cpu, "unknown");
    assert_string_equal(facts.machine.system, "unknown");
    assert_string_equal(facts.machine.governor, "unknown");
    assert_string_equal(facts.machine.clocksource, "unknown");
    assert_false(facts.machine.turbo_known);
    assert_int_equal(facts.machine.memory_bytes, 0);
    assert_int_equal(facts.machine.swap_used_bytes, 0);
    assert_int_equal(facts.machine.somaxconn, 0);
    assert_int_equal(facts.port_first, 0);
    assert_int_equal(facts.port_last, 0);
    assert_true(facts.machine.load1 == 0);
    assert_true(facts.machine.steal_share == 0);
    assert_true(facts.machine.quota_cores == 0);
    facts_release(&facts);
}

TEST(what_is_missing_or_makes_no_sense_is_unknown)
{
    check_unknown("/nowhere");
    check_unknown(CASES "hostile");
}

TEST(this_machine_is_read)
{
    struct facts facts;
    struct rlimit limit;

    facts_read(&facts, "");
    getrlimit(RLIMIT_NOFILE, &limit);
    assert_int_equal(facts.machine.file_descriptor_limit, limit.rlim_cur);
    assert_true(facts.machine.cores >= 1);
    assert_true(facts.machine.memory_bytes > 0);
    assert_string_not_equal(facts.machine.kernel, "unknown");
    assert_string_not_equal(facts.machine.architecture, "unknown");
    assert_non_null(facts.machine.virtualization);
    facts_release(&facts);
    assert_null(facts.machine.cpu);
    facts_release(&facts); /* twice is once */
}
