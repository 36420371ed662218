/* What is said of the machine: settings and limits that spoil measurements, each with the command that mends it. */
#include "base/mem.h"
#include "log_builder.h"
#include "test.h"
#include "warned.h"

#include <stdlib.h>
#include <string.h>

TEST(limits_of_the_machine_are_warned_of_with_the_command_that_mends_them)
{
    struct run_log log;

    warned_quiet_run(&log);
    log.run.machine.file_descriptor_limit = 1024;
    warned_check(&log, WARNING_MACHINE, "a process might open 1024 files only, and a connection is one on either side",
                 "ulimit -n 65536");
    log.run.machine.file_descriptor_limit = 8192;
    log.run.machine.somaxconn = 128;
    warned_check(&log, WARNING_MACHINE, "somaxconn was 128, which cut every service's accept queue down to that",
                 "sudo sysctl -w net.core.somaxconn=4096");
    log.run.machine.somaxconn = 4096;
    log.run.machine.ports = 1000;
    warned_check(&log, WARNING_MACHINE,
                 "there were 1000 ports for outgoing connections: the generator may have run out of them",
                 "sudo sysctl -w net.ipv4.ip_local_port_range='1024 65535'");
    log.run.machine.ports = 28232;
    log.run.machine.swap_used_bytes = 3 << 20;
    warned_check(&log, WARNING_MACHINE, "3.00 MiB of memory were swapped out when the run began", "sudo swapoff -a");
    log.run.machine.swap_used_bytes = 0;
    log.run.machine.quota_cores = 1.5;
    warned_check(&log, WARNING_MACHINE,
                 "the control group allowed 1.50 cores of CPU time: once used up, everything stood still", NULL);
    run_log_release(&log);
}

TEST(another_run_on_the_machine_is_warned_of)
{
    struct run_log log;

    warned_quiet_run(&log);
    log.run.machine.other_run = true;
    warned_check(&log, WARNING_MACHINE,
                 "another run of twofold was under way on this machine: each disturbed the other", NULL);
    run_log_release(&log);
}

TEST(a_hidden_proc_is_warned_of_with_the_checks_that_are_off)
{
    struct run_log log;

    warned_quiet_run(&log);
    log.run.machine.counters_hidden = true;
    warned_check(&log, WARNING_MACHINE,
                 "/proc showed processes only (subset=pid), so these checks are off: stolen time, foreign work on the "
                 "cores, retransmits, overflows of accept queues, swapping and OOM kills",
                 NULL);
    log.run.machine.counters_hidden = false;
    log.run.machine.processes_hidden = true;
    warned_check(&log, WARNING_MACHINE,
                 "/proc hid the processes of other users (hidepid): a service that ran as another user was not "
                 "watched, and its CPU and memory were not checked",
                 "sudo mount -o remount,hidepid=0 /proc");
    run_log_release(&log);
}

TEST(shared_cores_are_warned_of)
{
    struct run_log log;

    warned_quiet_run(&log);
    log.run.cores_shared = true;
    warned_check(&log, WARNING_MACHINE, "generator and service shared their cores: each disturbs the other", NULL);
    run_log_release(&log);
}

TEST(a_governor_that_saves_power_is_warned_of_with_the_command_against_it)
{
    struct run_log log;

    warned_quiet_run(&log);
    warned_replace(&log.run.machine.governor, "powersave");
    warned_check(&log, WARNING_MACHINE, "the cores' clock is governed by \"powersave\"",
                 "cpupower frequency-set -g performance");
    warned_replace(&log.run.machine.governor, "unknown");
    warned_check_silent(&log);
    warned_replace(&log.run.machine.governor, NULL);
    warned_check_silent(&log);
    run_log_release(&log);
}

TEST(a_virtual_machine_is_warned_of)
{
    struct run_log log;

    warned_quiet_run(&log);
    warned_replace(&log.run.machine.virtualization, "kvm");
    warned_check(&log, WARNING_MACHINE, "a virtual machine (kvm): neighbours may have taken time from it unseen", NULL);
    warned_replace(&log.run.machine.virtualization, "unknown");
    warned_check_silent(&log);
    warned_replace(&log.run.machine.virtualization, NULL);
    warned_check_silent(&log);
    run_log_release(&log);
}

TEST(a_machine_that_was_busy_before_is_warned_of_from_half_its_cores_on)
{
    struct run_log log;

    warned_quiet_run(&log);
    log.run.machine.load1 = 2;
    warned_check_silent(&log);
    log.run.machine.load1 = 2.1;
    warned_check(&log, WARNING_MACHINE, "the machine was busy before the run began (load average 2.1 on 4 cores)",
                 "ps -eo pcpu,pid,comm --sort=-pcpu | head");
    run_log_release(&log);
}

TEST(a_run_with_every_fault_of_machine_and_run_names_them_all)
{
    struct run_log log;

    warned_quiet_run(&log);
    log.warning = mem_string("torn");
    log.end.interrupted = true;
    warned_replace(&log.run.profile, "quick");
    log.run.cores_shared = true;
    log.run.trials = 1;
    log.run.machine.load1 = 9;
    warned_replace(&log.run.machine.governor, "powersave");
    warned_replace(&log.run.machine.virtualization, "kvm");
    struct findings findings = log_builder_findings(&log);
    assert_int_equal(findings.warning_count, 8);
    findings_release(&findings);
    run_log_release(&log);
}
