#include "analysis/warnings/machine_warnings.h"

#include "analysis/capacity/reference.h"
#include "analysis/warnings/warning_list.h"
#include "base/mem.h"
#include "base/units.h"

#include <inttypes.h>
#include <string.h>

/* What the machine is held against: descriptors are for connections, on both ends. */
#define DESCRIPTORS_LEAST 8192
#define PORTS_LEAST       16384
#define BACKLOG_LEAST     4096

static bool known(const char *fact)
{
    return fact != NULL && strcmp(fact, "unknown") != 0;
}

static void warn_of_machine(struct findings *findings)
{
    const struct run_record *run = &findings->log->run;
    const struct machine *machine = &run->machine;

    if (run->cores_shared) {
        warning_add(findings, WARNING_MACHINE,
                    mem_string("generator and service shared their cores: each disturbs the other"), NULL);
    }
    if (machine->other_run) {
        warning_add(findings, WARNING_MACHINE,
                    mem_string("another run of twofold was under way on this machine: each disturbed the other"), NULL);
    }
    if (known(machine->governor) && strcmp(machine->governor, "performance") != 0) {
        warning_add(findings, WARNING_MACHINE, mem_format("the cores' clock is governed by \"%s\"", machine->governor),
                    "cpupower frequency-set -g performance");
    }
    if (machine->load1 > 0.5 * machine->cores) {
        warning_add(findings, WARNING_MACHINE,
                    mem_format("the machine was busy before the run began (load average %.1f on %u cores)",
                               machine->load1, machine->cores),
                    WARNING_WHO_WORKS);
    }
    if (known(machine->virtualization) && strcmp(machine->virtualization, "none") != 0) {
        warning_add(findings, WARNING_MACHINE,
                    mem_format("a virtual machine (%s): neighbours may have taken time from it unseen",
                               machine->virtualization),
                    NULL);
    }
}

/* What was not read is not known to have been in order. */
static void warn_of_hidden(struct findings *findings)
{
    const struct machine *machine = &findings->log->run.machine;

    if (machine->counters_hidden) {
        warning_add(findings, WARNING_MACHINE,
                    mem_string("/proc showed processes only (subset=pid), so these checks are off: stolen time, "
                               "foreign work on the cores, retransmits, overflows of accept queues, swapping and OOM "
                               "kills"),
                    NULL);
    }
    if (machine->processes_hidden) {
        warning_add(findings, WARNING_MACHINE,
                    mem_string("/proc hid the processes of other users (hidepid): a service that ran as another user "
                               "was not watched, and its CPU and memory were not checked"),
                    "sudo mount -o remount,hidepid=0 /proc");
    }
}

static void warn_of_machine_limits(struct findings *findings)
{
    const struct machine *machine = &findings->log->run.machine;
    char size[UNITS_TEXT];

    if (machine->quota_cores > 0) {
        warning_add(findings, WARNING_MACHINE,
                    mem_format("the control group allowed %.2f cores of CPU time: once used up, everything stood still",
                               machine->quota_cores),
                    NULL);
    }
    if (machine->swap_used_bytes > 0) {
        units_write_size(size, machine->swap_used_bytes);
        warning_add(findings, WARNING_MACHINE, mem_format("%s of memory were swapped out when the run began", size),
                    "sudo swapoff -a");
    }
    if (machine->file_descriptor_limit > 0 && machine->file_descriptor_limit < DESCRIPTORS_LEAST) {
        warning_add(findings, WARNING_MACHINE,
                    mem_format("a process might open %" PRIu64 " files only, and a connection is one on either side",
                               machine->file_descriptor_limit),
                    "ulimit -n 65536");
    }
    if (machine->somaxconn > 0 && machine->somaxconn < BACKLOG_LEAST) {
        warning_add(findings, WARNING_MACHINE,
                    mem_format("somaxconn was %" PRIu64 ", which cut every service's accept queue down to that",
                               machine->somaxconn),
                    "sudo sysctl -w net.core.somaxconn=4096");
    }
    if (machine->ports > 0 && machine->ports < PORTS_LEAST) {
        warning_add(findings, WARNING_MACHINE,
                    mem_format("there were %" PRIu64
                               " ports for outgoing connections: the generator may have run out of them",
                               machine->ports),
                    "sudo sysctl -w net.ipv4.ip_local_port_range='1024 65535'");
    }
}

/* Before the trials of one number; whatever the services did then, the machine was not what it was. */
static void warn_of_calibration(struct findings *findings, const struct calibration_record *record, double best)
{
    const struct calibration *measured = &record->measured;
    char here[UNITS_TEXT], most[UNITS_TEXT];

    units_write_count(here, measured->throughput_rps);
    units_write_count(most, (uint64_t)best);
    if (measured->done && (double)measured->throughput_rps < REFERENCE_LOW * best) {
        warning_add(
            findings, WARNING_MACHINE,
            mem_format("before the trials of number %u the reference service answered %s/s, at best %s/s in this "
                       "run: the machine was less than half as fast",
                       record->trial + 1, here, most),
            WARNING_WHO_WORKS);
    } else if (measured->disturbed) {
        warning_add(
            findings, WARNING_MACHINE,
            mem_format("others took from the machine while the reference service was measured before the trials "
                       "of number %u (%s/s), twice: that measurement is left out",
                       record->trial + 1, here),
            WARNING_WHO_WORKS);
    }
}

static void warn_of_calibrations(struct findings *findings)
{
    const struct run_log *log = findings->log;
    double best = reference_best_rps(log);

    if (log->run.calibration.disturbed) {
        warning_add(findings, WARNING_MACHINE,
                    mem_string("others took from the machine while the reference service was measured before the run, "
                               "twice"),
                    WARNING_WHO_WORKS);
    }
    for (size_t i = 0; i < log->calibration_count; i++) {
        warn_of_calibration(findings, &log->calibrations[i], best);
    }
}

void machine_warnings_find(struct findings *findings)
{
    warn_of_calibrations(findings);
    warn_of_machine(findings);
    warn_of_hidden(findings);
    warn_of_machine_limits(findings);
}
